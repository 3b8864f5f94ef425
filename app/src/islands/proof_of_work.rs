use js_sys::Reflect;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use regain_core::pow;
use web_sys::{HtmlElement, HtmlFormElement, HtmlInputElement};

use super::dom::{after, by_id, in_browser, listen, set};

/// Numbers tried before the page gets its turn: some ten milliseconds on a slow phone.
const SLICE: u64 = 4_000;

/// Computes the proof of work in slices, so that the page stays responsive, and fills it in. A form that is sent sooner,
/// with no characters typed, waits for it.
#[island]
pub fn ProofOfWork(
    /// Id of the hidden field for what it finds.
    solution: String,
    /// Id of the status.
    status: String,
    /// Id of the field for the characters.
    characters: String,
    /// The challenge's seed.
    seed: String,
    /// How many leading zero bits it wants.
    bits: u8,
    /// Said while it computes.
    working: String,
    /// Said when it is done: *Checked*.
    done: String,
) -> impl IntoView {
    in_browser(move || {
        let solution: HtmlInputElement = by_id(&solution)?;
        let form = solution.form()?;
        let search = Search {
            solution,
            status: by_id(&status)?,
            characters: by_id(&characters)?,
            seed,
            bits,
            done,
            form,
        };
        search.status.set_text_content(Some(&working));
        search.hold_form();
        after(0, move || search.run(0))
    });
}

struct Search {
    solution: HtmlInputElement,
    status: HtmlElement,
    characters: HtmlInputElement,
    seed: String,
    bits: u8,
    done: String,
    form: HtmlFormElement,
}

impl Search {
    fn hold_form(&self) {
        let (solution, characters) = (self.solution.clone(), self.characters.clone());
        let status = self.status.clone();
        listen(&self.form, "submit", move |event| {
            // *New picture* carries a value; the buttons that go on carry none.
            let submitter = Reflect::get(&event, &"submitter".into()).ok();
            let button: Option<HtmlElement> = submitter.and_then(|button| button.dyn_into().ok());
            let goes_on = button.is_none_or(|button| !button.has_attribute("value"));
            // A passkey's form is sent by its own script, when the browser has answered.
            if goes_on
                && !event.default_prevented()
                && solution.value().is_empty()
                && characters.value().is_empty()
            {
                event.prevent_default();
                set(&status, "data-held", "");
            }
        });
    }

    fn run(self, start: u64) {
        match pow::solve_from(&self.seed, self.bits, start, SLICE) {
            Some(nonce) => {
                self.solution.set_value(&nonce.to_string());
                set(&self.status, "data-state", "done");
                self.status.set_text_content(Some(&self.done));
                let _ = self.characters.remove_attribute("aria-invalid");
                if self.status.has_attribute("data-held") {
                    let _ = self.form.request_submit();
                }
            }
            None => {
                after(0, move || self.run(start + SLICE));
            }
        }
    }
}
