//! `/`: where people land who were going nowhere in particular. It tells that they are in and what is set up; what it
//! leads to asks for more.

use leptos::prelude::*;
use regain_core::method::Method;

use super::register::parts::method_name;
use super::security_info::standing::{held, standing};
use crate::outcome::{end_page, lead_to};
use crate::services::security_info::Home as View;
use crate::services::services;
use crate::text::t;
use crate::ui::{ButtonLink, EmptyState, Look, Sign, UserPage};
use crate::visit::{Visit, visit};

/// The person's start page, or sign-in.
#[component]
pub fn Home() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        if visit.session.is_none() {
            lead_to("/signin");
            return ().into_any();
        }
        match services.security_info.home(&visit).await {
            Ok(home) => page(&home, &visit),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn page(home: &View, visit: &Visit) -> AnyView {
    let session = visit.session.as_ref();
    let lead = session.map(|session| session.upn.clone()).unwrap_or_default();
    let portal = session.is_some_and(|session| !session.roles.is_empty() && !session.by_pass);
    let portal = portal.then(|| view! { <ButtonLink href="/admin" label=t("ui-admin-center")/> });
    let methods = if home.methods.is_empty() {
        view! { <EmptyState text=t("security-info-empty") sign=Sign::Shield/> }.into_any()
    } else {
        let row = |method: &Method| {
            let name = method_name(*method);
            view! { <li><div class="list-text"><strong>{name}</strong></div></li> }
        };
        let rows = home.methods.iter().map(row).collect_view();
        view! { <ul class="list" role="list">{rows}</ul> }.into_any()
    };
    let (standing, held) = (standing(&home.standing), held(home.held_until));
    view! {
        <UserPage heading=t("home-heading") lead>
            {standing}
            {held}
            <section class="stack">
                <h2>{t("security-info-methods")}</h2>
                {methods}
            </section>
            <div class="actions">
                <ButtonLink href="/security-info" label=t("security-info") look=Look::Primary/>
                <ButtonLink href="/security-info/change-password" label=t("security-info-change-password")/>
                {portal}
            </div>
        </UserPage>
    }
    .into_any()
}
