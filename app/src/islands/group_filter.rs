use leptos::prelude::*;
use web_sys::{HtmlElement, HtmlInputElement};

use super::dom::{by_id, each, in_browser, listen, set};
use super::fold::folded;

/// Narrows a list of choices while one types. Without scripts the search field is a form of its own.
#[island]
pub fn GroupFilter(
    /// Id of the search field.
    input: String,
    /// Id of the element around the choices; each is a child `.choice`.
    list: String,
    /// Id of the status that tells how many are left.
    status: String,
    /// With `{n}` for how many.
    found: String,
) -> impl IntoView {
    in_browser(move || {
        let input: HtmlInputElement = by_id(&input)?;
        let list: HtmlElement = by_id(&list)?;
        let status: HtmlElement = by_id(&status)?;
        let target = input.clone();
        listen(&target, "input", move |_| {
            let wanted = folded(input.value().trim());
            let mut left = 0_u32;
            each(&list, ".choice", |choice| {
                // What is chosen stays in sight.
                let chosen = choice.query_selector(":checked").is_ok_and(|found| found.is_some());
                let text = folded(&choice.text_content().unwrap_or_default());
                if chosen || text.contains(&wanted) {
                    left += 1;
                    let _ = choice.remove_attribute("hidden");
                } else {
                    set(&choice, "hidden", "");
                }
            });
            status.set_text_content(Some(&found.replace("{n}", &left.to_string())));
        })
    });
}
