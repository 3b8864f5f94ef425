//! Whether a person can reset the password on their own, in a sentence.

use leptos::prelude::*;
use regain_core::coverage::NotReady;
use regain_core::time::Timestamp;

use super::hold;
use crate::pages::register::parts::counts;
use crate::services::security_info::Standing;
use crate::text::{t, t_args, when};
use crate::ui::{Banner, Tone};

/// What the person can, and what is missing.
pub fn standing(standing: &Standing) -> impl IntoView + use<> {
    let Standing { coverage, progress, ready_from, .. } = standing;
    let moment = |at: Timestamp| [("at", when::moment(at))];
    let (tone, title, text) = match (coverage.ready, *ready_from) {
        _ if !coverage.in_scope => {
            (Tone::Info, t("security-info-not-enabled"), t("security-info-not-enabled-hint"))
        }
        (Ok(()), _) => {
            let numbers = [("have", progress.have), ("required", progress.required)];
            let numbers = numbers.map(|(name, number)| (name, number.to_string()));
            (Tone::Ok, t("security-info-can"), t_args("security-info-can-hint", &numbers))
        }
        (Err(NotReady::Locked(until)), _) => {
            let title = t_args("security-info-locked", &moment(until));
            (Tone::Warn, title, t("security-info-locked-hint"))
        }
        (_, Some(from)) => {
            let title = t_args("security-info-soon", &moment(from));
            (Tone::Warn, title, t("security-info-soon-hint"))
        }
        _ if progress.missing() > 0 => {
            let text = t_args("security-info-cannot-hint", &counts(*progress));
            (Tone::Warn, t("security-info-cannot"), text)
        }
        _ => (Tone::Warn, t("security-info-cannot"), t("security-info-cannot-else")),
    };
    view! { <Banner tone title><p>{text}</p></Banner> }
}

/// That methods stay as they are for a time after a reset.
pub fn held(until: Option<Timestamp>) -> Option<impl IntoView + use<>> {
    until.map(|until| {
        let text = t_args("hold-lead", &[("until", when::moment(until))]);
        view! {
            <Banner tone=Tone::Info title=t("hold-heading")>
                <p>{text}</p>
                <p><a href=hold::PATH>{t("hold-more")}</a></p>
            </Banner>
        }
    })
}
