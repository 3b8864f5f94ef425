//! `/security-info/lost`: what would still work if a device, number or mailbox were gone, and what to do if it is.

use leptos::prelude::*;
use regain_core::method::Method;

use super::SignOutElsewhere;
use super::remove::called;
use crate::pages::register::parts::{counts, shown};
use crate::services::registration::Known;
use crate::services::security_info::Lost;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::visit;

/// The question, and its answer.
#[component]
pub fn LostPage() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let id = visit.query_value("method").unwrap_or_default();
    Suspend::new(async move {
        let lost = services.security_info.lost(&visit, &id).await;
        shown(lost, |lost| page(&lost, &id))
    })
}

/// *Lost this device?*, in the words for what it is.
pub(super) fn question(known: &Known) -> String {
    t(match known.method {
        Method::AppCode if known.token.is_some() => "security-info-lost-token",
        Method::Email => "security-info-lost-mailbox",
        Method::OfficePhone => "security-info-lost-number",
        Method::RecoveryCode => "security-info-lost-codes",
        _ => "security-info-lost-device",
    })
}

fn page(lost: &Lost, id: &str) -> AnyView {
    let lead = t_args("security-info-lost-lead", &[("name", called(&lost.known))]);
    let with_it = (!lost.with_it.is_empty()).then(|| {
        let names = lost.with_it.iter().map(called).collect::<Vec<_>>().join(", ");
        view! { <p>{t_args("security-info-lost-with-it", &[("names", names)])}</p> }
    });
    let still = if lost.still.is_empty() {
        view! { <p>{t("security-info-lost-nothing")}</p> }.into_any()
    } else {
        let rows = lost.still.iter().map(row).collect_view();
        view! { <ul class="list" role="list">{rows}</ul> }.into_any()
    };
    let add = lost.can_add.then(|| {
        view! {
            <section class="stack">
                <h2>{t("security-info-lost-now")}</h2>
                <p>{t(if can_still(lost) { "security-info-lost-add" } else { "security-info-lost-add-now" })}</p>
                <div class="actions"><ButtonLink href="/security-info/add" label=t("security-info-add") look=Look::Primary/></div>
            </section>
        }
    });
    let elsewhere = lost.elsewhere.then(|| {
        view! { <p>{t("security-info-lost-elsewhere")}</p><SignOutElsewhere/> }
    });
    let (heading, standing) = (question(&lost.known), standing(lost));
    let remove = format!("/security-info/remove?id={id}");
    view! {
        <UserPage heading lead back="/security-info" wide=true>
            {standing}
            {with_it}
            <section class="stack">
                <h2>{t("security-info-lost-still")}</h2>
                {still}
            </section>
            {add}
            <section class="stack">
                <h2>{t("security-info-lost-if")}</h2>
                <p>{t("security-info-lost-remove")}</p>
                <div class="actions">
                    <ButtonLink href=remove label=t("security-info-remove")/>
                </div>
                {elsewhere}
            </section>
        </UserPage>
    }
    .into_any()
}

fn can_still(lost: &Lost) -> bool {
    lost.enabled && lost.after.missing() == 0
}

/// Whether the person could still reset the password.
fn standing(lost: &Lost) -> AnyView {
    let (tone, title, text) = if lost.enabled {
        let (tone, stem) = if can_still(lost) {
            (Tone::Ok, "security-info-lost-can")
        } else {
            (Tone::Warn, "security-info-lost-cannot")
        };
        (tone, t(stem), t_args("security-info-lost-have", &counts(lost.after)))
    } else {
        (Tone::Info, t("security-info-not-enabled"), t("security-info-not-enabled-hint"))
    };
    view! { <Banner tone title><p>{text}</p></Banner> }.into_any()
}

fn row(known: &Known) -> impl IntoView + use<> {
    let text = if known.label.is_empty() { known.destination.clone() } else { Some(known.label.clone()) };
    view! {
        <li>
            <div class="list-text">
                <strong>{super::name(known)}</strong>
                {text.map(|text| view! { <bdi class="wrap">{text}</bdi> })}
            </div>
        </li>
    }
}
