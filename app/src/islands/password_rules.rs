use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use regain_core::password::problem::PasswordProblem;
use regain_core::password::profile::PasswordProfile;
use regain_core::password::strength::{Judgement, Reason, judge};
use web_sys::{HtmlElement, HtmlInputElement};

use super::dom::{after, by_id, each, in_browser, listen, reveal, set};
use super::fold::{folded, nfkc};

/// How long one must pause before the level is read out, in milliseconds.
const PAUSE: i32 = 700;

/// Judges a new password as one types: ticks the rules, and draws the strength indicator. Nothing is sent; the lists
/// are the server's, which decides.
#[island]
#[allow(clippy::too_many_arguments, reason = "an island takes its texts and ids one by one")]
pub fn PasswordRules(
    /// Id of the password field.
    input: String,
    /// Id of the element around the rules; each is an `li` whose `data-rule` is the code of what breaks it.
    rules: String,
    /// Id of the meter; its parent is hidden without scripts.
    meter: String,
    /// Id of the text under the meter.
    word: String,
    /// The rules' numbers.
    profile: PasswordProfile,
    /// The parts of names that it must not contain.
    names: Vec<String>,
    /// The name of each level, 0 to 4.
    levels: Vec<String>,
    /// What to do about each reason, in the order of `Reason::ALL`.
    reasons: Vec<String>,
    /// What to do about a broken rule that is not on the list.
    unlisted: String,
    /// The text while nothing is typed.
    empty: String,
    /// Read before a rule that is met.
    met: String,
) -> impl IntoView {
    let status = format!("{meter}-status");
    in_browser({
        let status = status.clone();
        move || {
            let input: HtmlInputElement = by_id(&input)?;
            let meter: HtmlElement = by_id(&meter)?;
            let page = Page {
                rules: by_id(&rules)?,
                word: by_id(&word)?,
                status: by_id(&status)?,
                levels,
                reasons,
                unlisted,
                empty,
                met,
                meter,
                typed: Rc::default(),
            };
            reveal(&page.meter.parent_element()?);
            let target = input.clone();
            let show = move || {
                let typed = input.value();
                let normalized = nfkc(&typed);
                let judgement = judge(&typed, &normalized, &folded(&typed), &profile, &names);
                page.show(&judgement, typed.is_empty());
            };
            // A browser may have kept what was typed before the island woke.
            show();
            listen(&target, "input", move |_| show())
        }
    });
    view! { <span class="visually-hidden" role="status" id=status></span> }
}

struct Page {
    rules: HtmlElement,
    meter: HtmlElement,
    word: HtmlElement,
    status: HtmlElement,
    levels: Vec<String>,
    reasons: Vec<String>,
    unlisted: String,
    empty: String,
    met: String,
    /// Counts what was typed, to notice a pause.
    typed: Rc<Cell<u32>>,
}

impl Page {
    fn show(&self, judgement: &Judgement, is_empty: bool) {
        let is_listed = self.tick_rules(&judgement.problems, is_empty);
        let level = if is_empty { 0 } else { judgement.strength.level.value() };
        let (name, text) = if is_empty {
            (self.empty.as_str(), self.empty.clone())
        } else {
            let name = self.levels.get(usize::from(level)).map_or("", String::as_str);
            let reason = judgement.strength.reason;
            let advice = if reason == Reason::Rules && !is_listed {
                self.unlisted.as_str()
            } else {
                self.advice(reason)
            };
            (name, [name, advice].join(" "))
        };
        let digit = char::from(b'0' + level).to_string();
        set(&self.meter, "data-level", &digit);
        set(&self.meter, "aria-valuenow", &digit);
        set(&self.meter, "aria-valuetext", name);
        self.word.set_text_content(Some(&text));
        if !is_empty {
            self.announce(text);
        }
    }

    fn advice(&self, reason: Reason) -> &str {
        let at = Reason::ALL.iter().position(|other| *other == reason);
        at.and_then(|at| self.reasons.get(at)).map_or("", String::as_str)
    }

    /// Whether the list shows a broken rule.
    fn tick_rules(&self, problems: &[PasswordProblem], is_empty: bool) -> bool {
        let mut is_listed = false;
        each(&self.rules, "[data-rule]", |rule| {
            let code = rule.get_attribute("data-rule").unwrap_or_default();
            let is_met = !is_empty && problems.iter().all(|problem| problem.code() != code);
            is_listed |= !is_met;
            set(&rule, "data-state", if is_met { "met" } else { "open" });
            each(&rule, "[data-met]", |said| said.set_text_content(is_met.then_some(&self.met)));
        });
        is_listed
    }

    /// Reads the level out once the person pauses.
    fn announce(&self, text: String) {
        let now = self.typed.get().wrapping_add(1);
        self.typed.set(now);
        let (typed, status) = (self.typed.clone(), self.status.clone());
        after(PAUSE, move || {
            if typed.get() == now {
                status.set_text_content(Some(&text));
            }
        });
    }
}
