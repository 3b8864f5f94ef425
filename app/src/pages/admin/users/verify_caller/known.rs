//! What the call tells so far, and what is missing.

use leptos::prelude::*;
use regain_core::caller::{Missing, Origin};
use regain_core::method::{Delivery, Method};

use crate::pages::admin::listing::moment;
use crate::services::passes::{Known, Question};
use crate::text::{t, t_args};
use crate::ui::{Banner, DescriptionList, Fact, Panel, Tone};

/// That it is enough for a pass, if it is: why, and for how long.
pub fn known_banner(known: &Known) -> Option<impl IntoView + use<>> {
    let until = known.enough()?;
    let (how, tone) = if known.missing.is_nothing() {
        ("caller-known-proved", Tone::Ok)
    } else {
        ("caller-known-override", Tone::Warn)
    };
    Some(view! {
        <Banner tone title=t("caller-known")>
            <p>{t(how)}" "{t("caller-known-until")}" "{moment(until)}</p>
        </Banner>
    })
}

/// What a reset demands, what was proved, what is missing.
pub(super) fn so_far(known: &Known) -> impl IntoView + use<> {
    let kinds = |key: &str, number: usize| t_args(key, &[("number", number.to_string())]);
    let proved = if known.proved.is_empty() {
        view! { <p>{t("caller-proved-nothing")}</p> }.into_any()
    } else {
        known.proved.iter().map(|one| view! { <p>{proof(one)}</p> }).collect_view().into_any()
    };
    let missing = match known.missing {
        Missing { device: true, .. } => t("caller-missing-device"),
        Missing { kinds: 0, settled: false, .. } => t("caller-missing-nothing"),
        Missing { kinds: 0, settled: true, .. } => t("caller-missing-settled"),
        Missing { kinds: number, .. } => kinds("caller-missing-kinds", number),
    };
    let mut facts = vec![
        Fact::new(t("caller-demanded"), kinds("caller-demanded-kinds", known.demanded)),
        Fact::new(t("caller-proved"), proved),
        Fact::new(t("caller-missing"), missing),
    ];
    facts.extend(known.until.map(|until| Fact::new(t("caller-until"), moment(until))));
    view! {
        <Panel heading=t("caller-so-far")>
            <p class="hint">{t("caller-so-far-what")}</p>
            <DescriptionList facts/>
        </Panel>
    }
}

/// What was asked, and who says that it is the person's.
fn proof(question: &Question) -> String {
    let key = match (question.method, question.delivery) {
        (Method::Email, _) => "caller-proved-email",
        (Method::AppNotification, _) => "caller-proved-push",
        (_, Delivery::Call) => "caller-proved-call",
        (_, Delivery::Text) => "caller-proved-phone",
    };
    let text = t_args(key, &[("to", question.masked.clone())]);
    match question.origin {
        Origin::Registered => text,
        Origin::Entered => t_args("caller-proved-entered", &[("proof", text)]),
    }
}
