//! `/admin/authentication-methods-policy/migration-guide/confirm`: asks once more before the guide ends.

use leptos::prelude::*;
use regain_core::policy::{PolicyMethod, methods_field as field};

use super::super::password_reset::{self as tabs, Draft, VERSION};
use super::{crumbs, guide, name_of};
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, ConfirmPanel, DescriptionList, Fact, Panel};
use crate::visit::visit;

/// The address.
pub const PATH: &str = "/admin/authentication-methods-policy/migration-guide/confirm";
/// Where the act is posted.
const MIGRATE: &str = "/admin/authentication-methods-policy/migrate";

/// The question.
#[component]
pub fn ConfirmMigration() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = Draft::from_query(&visit, &guide::FIELDS);
    Suspend::new(async move {
        match services.methods_policy.migration(&visit).await {
            Ok(_) => view! { <Page draft/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(draft: Draft) -> impl IntoView {
    let back = draft.link(guide::PATH);
    let chosen = draft.form.values(field::CHOSEN).to_vec();
    let office = draft.form.value(field::OFFICE).to_owned();
    let facts = facts(&chosen);
    let mut hidden = vec![(VERSION, draft.version().unwrap_or_default()), (field::OFFICE, office)];
    hidden.extend(chosen.into_iter().map(|name| ("chosen[]", name)));
    let mut levels = crumbs();
    levels.push((t("methods-policy-guide"), Some(back.clone())));
    view! {
        <AdminPage heading=t("methods-policy-confirm") current=super::PATH crumbs=levels>
            <Panel>
                <ConfirmPanel action=MIGRATE confirm=t("methods-policy-migrate") cancel_href=back hidden>
                    <p>{t("methods-policy-confirm-what")}</p>
                    <DescriptionList facts/>
                </ConfirmPanel>
            </Panel>
        </AdminPage>
    }
}

/// What will be on and what will be off.
fn facts(chosen: &[String]) -> Vec<Fact> {
    let listed = |on: bool| {
        let methods =
            PolicyMethod::all().filter(|method| chosen.iter().any(|name| name == method.as_str()) == on);
        let names: Vec<_> = methods.map(name_of).collect();
        if names.is_empty() { t("methods-policy-no-method") } else { names.join(", ") }
    };
    vec![
        Fact::new(t("methods-policy-will-be-on"), listed(true)),
        Fact::new(t("methods-policy-will-be-off"), listed(false)),
    ]
}
