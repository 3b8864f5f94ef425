//! In scope, registered, ready: how every page of the portal says it, of one person and of all.

use leptos::prelude::*;
use regain_core::coverage::{Coverage, NotReady, Ready};
use regain_core::eligibility::Refusal;

use crate::services::usage::Covered;
use crate::text::{t, t_args, when};
use crate::ui::{Fact, Tag, Tone};

/// How many people are in scope, registered, ready.
pub fn of_all(covered: Option<&Covered>) -> String {
    let Some(covered) = covered else { return t("coverage-pending") };
    let Covered { users, in_scope, registered, ready, .. } = covered;
    let numbers = [("users", users), ("in-scope", in_scope), ("registered", registered), ("ready", ready)];
    t_args("coverage-numbers", &numbers.map(|(name, number)| (name, number.to_string())))
}

/// The three facts about a person.
pub fn facts(coverage: Coverage) -> [Fact; 3] {
    [
        Fact::new(t("coverage-in-scope"), yes_no(coverage.in_scope)),
        Fact::new(t("coverage-registered"), yes_no(coverage.registered)),
        Fact::new(t("coverage-ready"), ready(coverage.ready)),
    ]
}

/// *Yes*, or *No* and why. Who is not meant to be ready is no cause for alarm.
pub fn ready(ready: Ready) -> AnyView {
    let why = match ready {
        Ok(()) => return yes_no(true),
        Err(NotReady::Locked(until)) => t_args("coverage-not-locked", &[("until", when::moment(until))]),
        Err(NotReady::Refused(refusal)) => t(&format!("coverage-not-{refusal}")),
    };
    let tone = match ready {
        Err(NotReady::Locked(_) | NotReady::Refused(Refusal::Blocked)) => Tone::Bad,
        Err(NotReady::Refused(Refusal::SwitchedOff | Refusal::NoPolicy | Refusal::NotInScope)) => Tone::Info,
        _ => Tone::Warn,
    };
    view! { <span><Tag text=t("people-no") tone/>" "{why}</span> }.into_any()
}

/// *Yes* or *No*.
pub fn yes_no(yes: bool) -> AnyView {
    let (text, tone) = if yes { ("people-yes", Tone::Ok) } else { ("people-no", Tone::Warn) };
    view! { <Tag text=t(text) tone/> }.into_any()
}
