use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlElement};

use super::dom::{after, by_id, in_browser, listen, reveal, window};

/// How long *Copied* stands, in milliseconds.
const SHOWN_FOR: i32 = 2_000;

/// *Copy*: puts the text of an element on the clipboard and says so for two seconds.
#[island]
pub fn CopyButton(
    /// Id of the button, hidden without scripts; its `span` holds the label.
    button: String,
    /// Id of the element whose text is copied.
    source: String,
    /// *Copy*.
    label: String,
    /// *Copied*.
    copied: String,
) -> impl IntoView {
    let status = format!("{button}-status");
    in_browser({
        let status = status.clone();
        move || {
            let button: HtmlButtonElement = by_id(&button)?;
            let source: HtmlElement = by_id(&source)?;
            let text: HtmlElement = button.query_selector("span").ok()??.unchecked_into();
            // Undefined outside a secure context.
            let clipboard = window()?.navigator().clipboard();
            if clipboard.is_undefined() {
                return None;
            }
            reveal(&button);
            listen(&button, "click", move |_| {
                let _ = clipboard.write_text(&source.text_content().unwrap_or_default());
                say(&text, &status, &copied);
                let (text, status, label) = (text.clone(), status.clone(), label.clone());
                after(SHOWN_FOR, move || {
                    text.set_text_content(Some(&label));
                    if let Some(status) = by_id::<HtmlElement>(&status) {
                        status.set_text_content(None);
                    }
                });
            })
        }
    });
    view! { <span class="visually-hidden" role="status" id=status></span> }
}

fn say(text: &HtmlElement, status: &str, copied: &str) {
    text.set_text_content(Some(copied));
    if let Some(status) = by_id::<HtmlElement>(status) {
        status.set_text_content(Some(copied));
    }
}
