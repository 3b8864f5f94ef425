//! `/admin/hardware-tokens`

use leptos::prelude::*;

use super::listing::{done, pager, place};
use super::users::path_of as user_path;
use crate::outcome::end_page;
use crate::services::hardware_tokens::{TokenList, TokenQuery, TokenRow};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{
    AdminPage, Button, ButtonLink, Column, DataTable, EmptyState, Field, FileField, Form, Look, Panel,
    PostForm, Purpose, SelectField, Sign, Tag, TextField, Tone,
};
use crate::visit::{Visit, visit};

pub mod activate;
pub mod delete;
mod report;

/// The address.
pub const PATH: &str = "/admin/hardware-tokens";
/// Where a file is posted.
pub const UPLOAD: &str = "/admin/hardware-tokens/upload";
/// *File*.
pub const FILE: &str = "file";
/// The flag of the page that says what an upload did.
pub const UPLOADED: &str = "uploaded";
const SEARCH: &str = "q";
const SHOW: &str = "show";
const ACTIVE: &str = "active";
const WAITING: &str = "waiting";

/// The list, and the form above it.
#[component]
pub fn HardwareTokens() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let form = Form::new(visit.form.clone());
    Suspend::new(async move {
        let (query, show) = query_of(&visit);
        let report = visit.has_flag(UPLOADED);
        match services.hardware_tokens.list(&visit, &query, &place(&visit), report).await {
            Ok(list) => {
                let status = done(&visit, "token-done", &["activated", "deleted"]);
                view! { <Page list query show status form/> }.into_any()
            }
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn query_of(visit: &Visit) -> (TokenQuery, String) {
    let search = visit.query_value(SEARCH).unwrap_or_default().trim().to_owned();
    let show = visit.query_value(SHOW).unwrap_or_default();
    let active = match show.as_str() {
        ACTIVE => Some(true),
        WAITING => Some(false),
        _ => None,
    };
    (TokenQuery { search, active }, if active.is_some() { show } else { String::new() })
}

#[component]
fn Page(
    list: TokenList,
    query: TokenQuery,
    show: String,
    status: Option<String>,
    form: Form,
) -> impl IntoView {
    let filtered = !query.search.is_empty() || !show.is_empty();
    let pager = pager(&list.page, PATH, &[(SEARCH, &query.search), (SHOW, &show)]);
    let may_manage = list.may_manage;
    let content = if list.page.rows.is_empty() {
        view! {
            <EmptyState text=t(if filtered { "token-none-match" } else { "token-none" }) sign=Sign::Key>
                {filtered.then(|| view! { <ButtonLink href=PATH label=t("people-clear")/> })}
            </EmptyState>
        }
        .into_any()
    } else {
        let columns = ["token-serial", "token-user", "token-made-by", "token-model", "token-state"];
        let mut columns: Vec<Column> = columns.iter().map(|column| Column::new(t(column))).collect();
        if may_manage {
            columns.push(Column::new(t("people-method-action")));
        }
        let rows = list.page.rows.into_iter().map(|token| row(token, may_manage)).collect();
        view! { <DataTable caption=t("ui-menu-hardware-tokens") columns rows pager/> }.into_any()
    };
    let report = list.report.map(report::report);
    view! {
        <AdminPage heading=t("ui-menu-hardware-tokens") current=PATH lead=t("token-lead") status form>
            {report}
            {may_manage.then(|| upload(form))}
            {filters(&query, show)}
            {content}
        </AdminPage>
    }
}

fn upload(form: Form) -> impl IntoView {
    view! {
        <Panel heading=t("token-upload-heading")>
            <PostForm action=UPLOAD class="stack" file=true>
                <FileField field=form.field(FILE) label=t("token-file") hint=t("token-file-hint") accept=".csv,text/csv"/>
                <div class="actions"><Button label=t("token-upload") look=Look::Primary/></div>
            </PostForm>
        </Panel>
    }
}

fn filters(query: &TokenQuery, show: String) -> impl IntoView + use<> {
    let choice = |value: &str, text: &str| (value.to_owned(), t(text));
    let options =
        vec![choice("", "token-show-all"), choice(ACTIVE, "token-active"), choice(WAITING, "token-waiting")];
    view! {
        <form class="filters" method="get" action=PATH role="search">
            <TextField field=Field::new(SEARCH).or(query.search.clone()) label=t("token-search")
                hint=t("token-search-hint") purpose=Purpose::Search/>
            <SelectField field=Field::new(SHOW).or(show) label=t("people-show") options/>
            <Button label=t("people-apply") look=Look::Secondary/>
        </form>
    }
}

fn row(token: TokenRow, may_manage: bool) -> Vec<AnyView> {
    let state = if token.active {
        view! { <Tag text=t("token-active") tone=Tone::Ok/> }.into_any()
    } else {
        view! { <Tag text=t("token-waiting") tone=Tone::Warn/> }.into_any()
    };
    let serial = token.serial.clone();
    let period = t_args("token-period", &[("n", token.period.to_string())]);
    let model = if token.model.is_empty() { period } else { format!("{}, {period}", token.model) };
    let mut cells = vec![
        view! { <bdi dir="ltr">{serial.clone()}</bdi> }.into_any(),
        view! { <a href=user_path(&token.user_id)><bdi dir="ltr">{token.upn}</bdi></a> }.into_any(),
        view! { <bdi>{token.manufacturer}</bdi> }.into_any(),
        view! { <bdi>{model}</bdi> }.into_any(),
        state,
    ];
    if may_manage {
        let link = |what: &str, text: &str| {
            let href = format!("{PATH}/{}/{what}", token.id);
            let serial = serial.clone();
            view! { <a class="link-button" href=href>{t(text)}<span class="visually-hidden">" "{serial}</span></a> }
        };
        let activate = (!token.active).then(|| link("activate", "token-activate"));
        let delete = link("delete", "token-delete");
        cells.push(view! { <span class="actions">{activate}{delete}</span> }.into_any());
    }
    cells
}
