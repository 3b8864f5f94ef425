//! `/admin/audit-logs/{number}`: one row, with what changed.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::super::listing::exact_moment;
use super::{PATH, actor, result_tag};
use crate::outcome::end_page;
use crate::services::audit::{Change, Entry, filter};
use crate::services::services;
use crate::text::{exists, t, t_args};
use crate::ui::{AdminPage, Column, DataTable, DescriptionList, Fact, Panel};
use crate::visit::visit;

/// One row of the log.
#[component]
pub fn AuditEntry() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let seq = use_params_map().with_untracked(|params| params.get("seq")).unwrap_or_default();
    Suspend::new(async move {
        match services.audit.entry(&visit, &seq).await {
            Ok(entry) => view! { <Page entry/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(entry: Entry) -> impl IntoView {
    let crumbs = vec![(t("audit-heading"), Some(PATH.to_owned()))];
    let changes = changes(entry.changes.clone());
    let lead = t_args("audit-entry-lead", &[("number", entry.seq.to_string())]);
    view! {
        <AdminPage heading=entry.activity.clone() current=PATH crumbs lead>
            {changes}
            <Panel heading=t("audit-entry-record")><DescriptionList facts=facts(entry)/></Panel>
        </AdminPage>
    }
}

fn facts(entry: Entry) -> Vec<Fact> {
    let of_code = format!("{PATH}?{}={}", filter::CODE, entry.code);
    let mut facts = vec![
        Fact::new(t("audit-column-time"), exact_moment(entry.at)),
        Fact::new(t("audit-result"), result_tag(entry.success)),
    ];
    let name = if entry.actor_upn.is_empty() { String::new() } else { entry.actor_name.clone() };
    let details = [
        ("audit-column-reason", entry.reason.clone()),
        ("audit-service", entry.service.clone()),
        ("audit-category", entry.category.clone()),
        ("audit-column-actor", actor(&entry)),
        ("audit-actor-name", name),
        ("audit-address", entry.address.clone()),
        ("audit-client", entry.client.clone()),
        ("audit-column-target", entry.target_name.clone()),
        ("audit-target-kind", entry.target_kind.clone()),
    ];
    let known = details.into_iter().filter(|(_, value)| !value.is_empty());
    facts.extend(known.map(|(key, value)| Fact::new(t(key), view! { <bdi>{value}</bdi> })));
    let code = view! { <bdi class="mono" dir="ltr">{entry.code.clone()}</bdi> };
    facts.push(Fact::new(t("audit-code"), code).action(t("audit-whole-flow"), entry.code.clone(), of_code));
    facts.extend(entry.facts.into_iter().map(|(name, value)| Fact::new(name, view! { <bdi>{value}</bdi> })));
    facts
}

fn changes(changes: Vec<Change>) -> Option<AnyView> {
    if changes.is_empty() {
        return None;
    }
    let columns = ["audit-setting", "audit-old", "audit-new"].map(|key| Column::new(t(key))).into();
    let rows = changes.into_iter().map(|change| {
        let property = setting(&change.property);
        vec![property.into_any(), value(change.old), value(change.new)]
    });
    Some(view! { <DataTable caption=t("audit-changes") columns rows=rows.collect()/> }.into_any())
}

/// The setting's own label, where it has one; the name of a directory's property otherwise.
fn setting(property: &str) -> String {
    let key = format!("policy-setting-{property}");
    if exists(&key) { t(&key) } else { property.to_owned() }
}

fn value(value: String) -> AnyView {
    if value.is_empty() {
        return view! { <span class="muted">{t("audit-no-value")}</span> }.into_any();
    }
    view! { <bdi>{value}</bdi> }.into_any()
}
