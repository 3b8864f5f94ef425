//! `/admin/usage-insights/users`: person by person.

use leptos::prelude::*;
use regain_core::role::Right;

use super::super::coverage::{ready, yes_no};
use super::super::listing::{address, moment, pager, place};
use super::super::password_reset::{ended, method_name};
use super::super::users;
use super::{PATH as ROOT, Tab, help, tabs};
use crate::services::people::Listed;
use crate::services::services;
use crate::services::usage::{RegistrationRow, query};
use crate::text::t;
use crate::ui::{
    AdminPage, Button, ButtonLink, Column, DataTable, EmptyState, Field, Look, Purpose, Sign, TextField,
};
use crate::visit::visit;

/// The address.
pub const PATH: &str = "/admin/usage-insights/users";
/// The same as a file.
const DOWNLOAD: &str = "/admin/usage-insights/users.csv";

/// The list.
#[component]
pub fn People() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let links = visit.may(Right::ReadUsers);
    let search = visit.query_value(query::SEARCH).unwrap_or_default().trim().to_owned();
    Suspend::new(async move {
        match services.usage.people(&visit, &place(&visit)).await {
            Ok(list) => view! { <Page list search links/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(list: Listed<RegistrationRow>, search: String, links: bool) -> impl IntoView {
    let repeated = [(query::SEARCH, search.as_str())];
    let download = address(DOWNLOAD, &repeated);
    let actions = view! { <ButtonLink href=download label=t("usage-download")/> }.into_any();
    let pager = pager(&list, PATH, &repeated);
    let content = if list.rows.is_empty() {
        let filtered = !search.is_empty();
        view! {
            <EmptyState text=t(if filtered { "people-none-match" } else { "people-none" }) sign=Sign::User>
                {filtered.then(|| view! { <ButtonLink href=PATH label=t("people-clear")/> })}
            </EmptyState>
        }
        .into_any()
    } else {
        let columns = [
            "people-upn-short",
            "people-name",
            "coverage-in-scope",
            "coverage-registered",
            "coverage-ready",
            "people-methods",
            "usage-updated",
        ];
        let columns = columns.iter().map(|column| Column::new(t(column))).collect();
        let rows = list.rows.into_iter().map(|person| row(person, links)).collect();
        view! { <DataTable caption=t("usage-tab-users") columns rows pager/> }.into_any()
    };
    view! {
        <AdminPage heading=t("ui-menu-usage-insights") current=ROOT lead=t("usage-lead")
            crumbs=vec![(t("ui-menu-protection"), None)] actions>
            {tabs(Tab::Users)}
            {help()}
            <form class="filters" method="get" action=PATH role="search">
                <TextField field=Field::new(query::SEARCH).or(search) label=t("usage-search")
                    hint=t("people-search-hint") purpose=Purpose::Search/>
                <Button label=t("people-apply") look=Look::Secondary/>
            </form>
            {content}
        </AdminPage>
    }
}

fn row(person: RegistrationRow, links: bool) -> Vec<AnyView> {
    let methods: Vec<String> = person.methods.iter().map(|method| method_name(*method)).collect();
    let coverage = person.coverage;
    let upn = view! { <bdi dir="ltr">{person.upn}</bdi> };
    let upn = if links {
        view! { <a href=users::path_of(&person.id)>{upn}</a> }.into_any()
    } else {
        upn.into_any()
    };
    vec![
        upn,
        view! { <bdi>{person.display_name}</bdi> }.into_any(),
        yes_no(coverage.in_scope),
        yes_no(coverage.registered),
        ready(coverage.ready),
        if methods.is_empty() { t("people-no-methods").into_any() } else { methods.join(", ").into_any() },
        person.updated.map_or_else(|| t("usage-never").into_any(), |at| moment(at).into_any()),
    ]
}
