use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{
    Document, Event, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlOptionElement, HtmlTextAreaElement,
};

use super::dom::{by_id, document, each, in_browser, listen, set, window};

/// Says whether a settings form has changes that are not saved, and asks before leaving with them.
#[island]
pub fn DirtyGuard(
    /// Id of the form.
    form: String,
    /// Id of the text beside *Save* and *Discard*.
    state: String,
    /// *No changes yet*.
    clean: String,
    /// *You have unsaved changes*.
    dirty: String,
    /// The server rendered changes that are not saved.
    unsaved: bool,
) -> impl IntoView {
    in_browser(move || {
        let form: HtmlFormElement = by_id(&form)?;
        let state: HtmlElement = by_id(&state)?;
        let leaving = Rc::new(Cell::new(false));
        let changed = form.clone();
        let show = move || {
            let (name, text) =
                if unsaved || is_changed(&changed) { ("dirty", &dirty) } else { ("clean", &clean) };
            if state.text_content().as_deref() != Some(text) {
                set(&state, "data-state", name);
                state.set_text_content(Some(text));
            }
        };
        // Somebody may have typed before the island woke.
        show();
        listen(&form, "input", move |_| show())?;
        guard(&document()?, form, leaving, unsaved)
    });
}

/// Any form that is sent, *Save* and *Discard* alike, leaves on purpose.
fn guard(document: &Document, form: HtmlFormElement, leaving: Rc<Cell<bool>>, unsaved: bool) -> Option<()> {
    let on_submit = leaving.clone();
    listen(document, "submit", move |_| on_submit.set(true))?;
    listen(window()?.as_ref(), "beforeunload", move |event: Event| {
        if !leaving.get() && (unsaved || is_changed(&form)) {
            event.prevent_default();
        }
    })
}

/// Whether a control differs from what the server rendered.
fn is_changed(form: &HtmlFormElement) -> bool {
    let mut changed = false;
    each(form, "input", |element| {
        let input: HtmlInputElement = element.unchecked_into();
        changed |= match input.type_().as_str() {
            "radio" | "checkbox" => input.checked() != input.default_checked(),
            "hidden" => false,
            _ => input.value() != input.default_value(),
        };
    });
    each(form, "textarea", |element| {
        let area: HtmlTextAreaElement = element.unchecked_into();
        changed |= area.default_value().is_ok_and(|rendered| rendered != area.value());
    });
    each(form, "option", |element| {
        let option: HtmlOptionElement = element.unchecked_into();
        changed |= option.selected() != option.default_selected();
    });
    changed
}
