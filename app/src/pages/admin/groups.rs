//! `/admin/groups`

use leptos::prelude::*;

use super::listing::{done, pager, place};
use crate::outcome::end_page;
use crate::services::groups::{GroupList, GroupRow};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{
    AdminPage, Button, ButtonLink, Column, DataTable, EmptyState, Field, Look, Purpose, Sign, Tag, TextField,
    Tone,
};
use crate::visit::visit;

pub mod add_members;
pub mod delete;
pub mod group;
pub mod new;

/// The address.
pub const PATH: &str = "/admin/groups";
const SEARCH: &str = "q";

/// The address of a group's page.
pub fn path_of(id: &str) -> String {
    format!("{PATH}/{id}")
}

/// The list.
#[component]
pub fn Groups() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        let search = visit.query_value(SEARCH).unwrap_or_default().trim().to_owned();
        match services.groups.list(&visit, &search, &place(&visit)).await {
            Ok(list) => {
                let status = done(&visit, "groups-done", &["deleted"]);
                view! { <Page list search status/> }.into_any()
            }
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(list: GroupList, search: String, status: Option<String>) -> impl IntoView {
    let actions = list
        .may_create
        .then(|| view! { <ButtonLink href=new::PATH label=t("groups-new") look=Look::Primary/> }.into_any());
    let pager = pager(&list.page, PATH, &[(SEARCH, &search)]);
    let searched = !search.is_empty();
    let content = if list.page.rows.is_empty() {
        view! {
            <EmptyState text=t(if searched { "groups-none-match" } else { "groups-none" }) sign=Sign::Group>
                {searched.then(|| view! { <ButtonLink href=PATH label=t("people-clear")/> })}
            </EmptyState>
        }
        .into_any()
    } else {
        let columns = ["groups-name", "groups-description", "groups-members", "groups-used-by"];
        let columns = columns.iter().map(|column| Column::new(t(column))).collect();
        let rows = list.page.rows.into_iter().map(row).collect();
        view! { <DataTable caption=t("ui-menu-groups") columns rows pager/> }.into_any()
    };
    view! {
        <AdminPage heading=t("ui-menu-groups") current=PATH lead=t("groups-lead")
            status actions>
            <form class="filters" method="get" action=PATH role="search">
                <TextField field=Field::new(SEARCH).or(search) label=t("groups-search") purpose=Purpose::Search/>
                <Button label=t("people-apply") look=Look::Secondary/>
            </form>
            {content}
        </AdminPage>
    }
}

fn row(group: GroupRow) -> Vec<AnyView> {
    let href = path_of(&group.id);
    let members = members_text(&group);
    let tag = |shown: bool, text: &str| shown.then(|| view! { <Tag text=t(text) tone=Tone::Info/> });
    let reset = tag(group.in_use, "ui-menu-password-reset");
    let methods = tag(group.names_methods, "ui-menu-methods-policy");
    let used = view! { {reset}" "{methods} }.into_any();
    vec![
        view! { <a href=href dir="auto">{group.name}</a> }.into_any(),
        view! { <bdi>{group.description}</bdi> }.into_any(),
        members.into_any(),
        used,
    ]
}

/// *21 people*, or *24 people, 21 directly*.
fn members_text(group: &GroupRow) -> String {
    let people = ("people", group.people.to_string());
    if group.people == group.direct {
        t_args("groups-people", &[people])
    } else {
        t_args("groups-people-nested", &[people, ("direct", group.direct.to_string())])
    }
}
