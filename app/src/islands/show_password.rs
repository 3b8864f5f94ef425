use leptos::prelude::*;
use web_sys::{HtmlButtonElement, HtmlInputElement};

use super::dom::{by_id, in_browser, listen, reveal, set};

/// *Show password*: a button shows what was typed, and hides it before the form is sent, so that no browser
/// remembers it as ordinary text.
#[island]
pub fn ShowPassword(
    /// Id of the button, hidden without scripts.
    button: String,
    /// Id of the password field.
    input: String,
    /// Id of a second field it shows too; may be empty.
    also: String,
    /// Said when the password became visible.
    shown: String,
    /// Said when it is hidden again.
    hidden: String,
) -> impl IntoView {
    let status = format!("{button}-status");
    in_browser({
        let status = status.clone();
        move || {
            let button: HtmlButtonElement = by_id(&button)?;
            let inputs: Vec<HtmlInputElement> = [input, also].iter().filter_map(|id| by_id(id)).collect();
            let form = inputs.first()?.form()?;
            let on_submit = inputs.clone();
            let target = button.clone();
            reveal(&button);
            listen(&target, "click", move |_| {
                let show = inputs.first().is_some_and(|input| input.type_() == "password");
                show_all(&inputs, show);
                set(&button, "aria-pressed", if show { "true" } else { "false" });
                if let Some(status) = by_id::<web_sys::HtmlElement>(&status) {
                    status.set_text_content(Some(if show { &shown } else { &hidden }));
                }
            });
            listen(&form, "submit", move |_| show_all(&on_submit, false))
        }
    });
    view! { <span class="visually-hidden" role="status" id=status></span> }
}

fn show_all(inputs: &[HtmlInputElement], show: bool) {
    for input in inputs {
        input.set_type(if show { "text" } else { "password" });
    }
}
