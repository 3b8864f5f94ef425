use leptos::prelude::*;
use regain_core::pow;
use web_sys::{HtmlButtonElement, HtmlElement, HtmlInputElement};

use super::dom::{after, by_id, in_browser, listen, reveal, set};

/// Numbers tried before the page gets its turn: some ten milliseconds on a slow phone.
const SLICE: u64 = 4_000;

/// *Check without typing*: computes the proof of work in slices, so that the page stays responsive, and fills it in.
#[island]
#[allow(clippy::too_many_arguments, reason = "an island takes its texts and ids one by one")]
pub fn ProofOfWork(
    /// Id of the button, hidden without scripts.
    button: String,
    /// Id of the hidden field for the solution.
    answer: String,
    /// Id of the status beside the button.
    status: String,
    /// The challenge's seed.
    seed: String,
    /// How many leading zero bits it wants.
    bits: u8,
    /// Said while it computes.
    working: String,
    /// Said when it is done: *Checked*.
    done: String,
    /// Id of the hint of the field that it spares.
    hint: String,
    /// The hint that names this way.
    hint_text: String,
    /// Id of the picture.
    picture: String,
    /// The picture's alternative that names this way.
    alt: String,
) -> impl IntoView {
    in_browser(move || {
        let button: HtmlButtonElement = by_id(&button)?;
        let (answer, status) = (by_id(&answer)?, by_id(&status)?);
        let target = button.clone();
        reveal(&button);
        by_id::<HtmlElement>(&hint)?.set_text_content(Some(&hint_text));
        let picture: HtmlElement = by_id(&picture)?;
        set(&picture, "alt", &alt);
        let mut search = Some(Search { button, answer, status, seed, bits, done });
        listen(&target, "click", move |_| {
            // Once: the second click finds nothing to start.
            if let Some(search) = search.take() {
                set(&search.button, "aria-disabled", "true");
                search.status.set_text_content(Some(&working));
                after(0, move || search.run(0));
            }
        })
    });
}

struct Search {
    button: HtmlButtonElement,
    answer: HtmlInputElement,
    status: HtmlElement,
    seed: String,
    bits: u8,
    done: String,
}

impl Search {
    fn run(self, start: u64) {
        match pow::solve_from(&self.seed, self.bits, start, SLICE) {
            Some(nonce) => {
                self.answer.set_value(&nonce.to_string());
                set(&self.status, "data-state", "done");
                self.status.set_text_content(Some(&self.done));
            }
            None => {
                after(0, move || self.run(start + SLICE));
            }
        }
    }
}
