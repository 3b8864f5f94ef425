//! `/admin/users`

use leptos::prelude::*;

use super::coverage;
use super::listing::{done, pager, place};
use super::password_reset::method_name;
use crate::outcome::end_page;
use crate::services::people::{UserList, UserQuery, UserRow};
use crate::services::services;
use crate::text::t;
use crate::ui::{
    AdminPage, Button, ButtonLink, Column, DataTable, EmptyState, Field, Look, Purpose, SelectField, Sign,
    Tag, TextField, Tone,
};
use crate::visit::{Visit, visit};

pub mod delete;
pub mod new;
pub mod temporary_pass;
pub mod user;
pub mod verify_caller;

/// The address.
pub const PATH: &str = "/admin/users";
const SEARCH: &str = "q";
const SHOW: &str = "show";
const ADMINISTRATORS: &str = "administrators";
const BLOCKED: &str = "blocked";

/// The address of a user's page.
pub fn path_of(id: &str) -> String {
    format!("{PATH}/{id}")
}

/// The list.
#[component]
pub fn Users() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        let (query, show) = query_of(&visit);
        match services.people.list(&visit, &query, &place(&visit)).await {
            Ok(list) => {
                let status = done(&visit, "people-done", &["deleted"]);
                view! { <Page list query show status/> }.into_any()
            }
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn query_of(visit: &Visit) -> (UserQuery, String) {
    let search = visit.query_value(SEARCH).unwrap_or_default().trim().to_owned();
    let show = visit.query_value(SHOW).unwrap_or_default();
    let query = UserQuery { search, administrators: show == ADMINISTRATORS, blocked: show == BLOCKED };
    let known = query.administrators || query.blocked;
    (query, if known { show } else { String::new() })
}

#[component]
fn Page(list: UserList, query: UserQuery, show: String, status: Option<String>) -> impl IntoView {
    let actions = list
        .may_create
        .then(|| view! { <ButtonLink href=new::PATH label=t("people-new") look=Look::Primary/> }.into_any());
    let filtered = !query.search.is_empty() || !show.is_empty();
    let pager = pager(&list.page, PATH, &[(SEARCH, &query.search), (SHOW, &show)]);
    let content = if list.page.rows.is_empty() {
        view! {
            <EmptyState text=t(if filtered { "people-none-match" } else { "people-none" }) sign=Sign::User>
                {filtered.then(|| view! { <ButtonLink href=PATH label=t("people-clear")/> })}
            </EmptyState>
        }
        .into_any()
    } else {
        let columns = ["people-name", "people-upn-short", "coverage-ready", "people-methods", "people-state"];
        let columns = columns.iter().map(|column| Column::new(t(column))).collect();
        let rows = list.page.rows.into_iter().map(row).collect();
        view! { <DataTable caption=t("ui-menu-users") columns rows pager/> }.into_any()
    };
    view! {
        <AdminPage heading=t("ui-menu-users") current=PATH lead=t("people-lead") status
            actions>
            {filters(&query, show)}
            {content}
        </AdminPage>
    }
}

fn filters(query: &UserQuery, show: String) -> impl IntoView + use<> {
    let choice = |value: &str, text: &str| (value.to_owned(), t(text));
    let options = vec![
        choice("", "people-show-all"),
        choice(ADMINISTRATORS, "people-show-administrators"),
        choice(BLOCKED, "people-show-blocked"),
    ];
    view! {
        <form class="filters" method="get" action=PATH role="search">
            <TextField field=Field::new(SEARCH).or(query.search.clone()) label=t("people-search")
                hint=t("people-search-hint") purpose=Purpose::Search/>
            <SelectField field=Field::new(SHOW).or(show) label=t("people-show") options/>
            <Button label=t("people-apply") look=Look::Secondary/>
        </form>
    }
}

fn row(user: UserRow) -> Vec<AnyView> {
    let href = path_of(&user.id);
    let methods: Vec<String> = user.methods.iter().map(|method| method_name(*method)).collect();
    let state = if user.blocked {
        view! { <Tag text=t("people-blocked") tone=Tone::Bad/> }.into_any()
    } else if user.administrator {
        view! { <Tag text=t("people-administrator")/> }.into_any()
    } else {
        ().into_any()
    };
    vec![
        view! { <a href=href dir="auto">{user.display_name}</a> }.into_any(),
        view! { <bdi dir="ltr">{user.upn}</bdi> }.into_any(),
        coverage::ready(user.coverage.ready),
        if methods.is_empty() { t("people-no-methods").into_any() } else { methods.join(", ").into_any() },
        state,
    ]
}
