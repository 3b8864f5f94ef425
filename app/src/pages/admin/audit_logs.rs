//! `/admin/audit-logs`

use leptos::prelude::*;

use super::listing::exact_moment;
use crate::outcome::end_page;
use crate::services::audit::{AuditPage, Entry, filter};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{
    AdminPage, Button, ButtonLink, Column, DataTable, EmptyState, Form, Look, Pager, Purpose, SelectField,
    Tag, TextField, Tone,
};
use crate::visit::visit;

pub mod entry;
pub mod retention;

const PATH: &str = "/admin/audit-logs";

/// The log, newest first, under a filter.
#[component]
pub fn AuditLogs() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        match services.audit.page(&visit).await {
            Ok(page) => view! { <Page page/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(page: AuditPage) -> impl IntoView {
    let form = Form::new(page.form.clone());
    let lead = t_args("audit-lead", &[("days", page.kept_days.to_string())]);
    let downloads = ["csv", "json"].map(|format| {
        let href = with_query(&format!("{PATH}/export.{format}"), &page.query);
        view! { <ButtonLink href label=t(&format!("audit-download-{format}"))/> }
    });
    let keeping = view! { <ButtonLink href=retention::PATH label=t("audit-retention") look=Look::Subtle/> };
    let downloads = view! { {downloads.collect_view()}{keeping} }.into_any();
    view! {
        <AdminPage heading=t("audit-heading") current=PATH lead=lead form actions=downloads>
            {filters(form, &page)}
            {table(page)}
        </AdminPage>
    }
}

fn filters(form: Form, page: &AuditPage) -> impl IntoView + use<> {
    let options = |all: &'static str, names: &'static [&'static str]| {
        let all = (String::new(), t(all));
        std::iter::once(all)
            .chain(names.iter().map(|name| ((*name).into(), (*name).into())))
            .collect::<Vec<_>>()
    };
    let results = ["", "success", "failure"].map(|result| (result.to_owned(), result_text(result)));
    let newest = page.paged.then(|| {
        let href = with_query(PATH, &page.query);
        view! { <ButtonLink href label=t("audit-newest")/> }
    });
    let clear = (!page.query.is_empty()).then(|| {
        view! { <ButtonLink href=PATH label=t("audit-clear") look=Look::Subtle/> }
    });
    view! {
        <form class="panel stack" method="get" action=PATH novalidate>
            <div class="filters">
                <SelectField field=form.field(filter::ACTIVITY) label=t("audit-activity")
                    options=options("audit-any-activity", page.activities)/>
                <SelectField field=form.field(filter::SERVICE) label=t("audit-service")
                    options=options("audit-any-service", page.services)/>
                <SelectField field=form.field(filter::RESULT) label=t("audit-result") options=results.into()/>
                <TextField field=form.field(filter::PERSON) label=t("audit-person") purpose=Purpose::TheirUsername/>
                <TextField field=form.field(filter::CODE) label=t("audit-code") purpose=Purpose::SavedCode/>
                <TextField field=form.field(filter::FROM) label=t("audit-from") purpose=Purpose::Date/>
                <TextField field=form.field(filter::UNTIL) label=t("audit-until") purpose=Purpose::Date/>
            </div>
            <div class="actions"><Button label=t("audit-apply")/>{clear}{newest}</div>
        </form>
    }
}

fn table(page: AuditPage) -> AnyView {
    if page.entries.is_empty() {
        return view! { <EmptyState text=t("audit-empty")/> }.into_any();
    }
    let pager = Pager {
        summary: t_args("audit-showing", &[("n", page.entries.len().to_string())]),
        previous: None,
        next: page.older.map(|query| with_query(PATH, &query)),
    };
    let rows = page.entries.into_iter().map(row).collect();
    let columns = ["time", "activity", "actor", "target", "result", "reason", "code"];
    let columns = columns.map(|name| Column::new(t(&format!("audit-column-{name}")))).into();
    view! { <DataTable caption=t("audit-heading") columns rows pager/> }.into_any()
}

fn row(entry: Entry) -> Vec<AnyView> {
    let (href, code) = (format!("{PATH}/{}", entry.seq), entry.code.clone());
    let of_code = format!("{PATH}?{}={code}", filter::CODE);
    vec![
        view! { <a href=href>{exact_moment(entry.at)}</a> }.into_any(),
        entry.activity.clone().into_any(),
        view! { <bdi>{actor(&entry)}</bdi> }.into_any(),
        view! { <bdi>{entry.target_name.clone()}</bdi> }.into_any(),
        result_tag(entry.success),
        // Some are codes of one long word.
        view! { <bdi>{entry.reason.clone()}</bdi> }.into_any(),
        view! { <a class="mono" href=of_code><bdi dir="ltr">{code}</bdi></a> }.into_any(),
    ]
}

/// Who did it, by the name that is unique where there is one.
pub(super) fn actor(entry: &Entry) -> String {
    let known = [&entry.actor_upn, &entry.actor_name].into_iter().find(|name| !name.is_empty());
    known.cloned().unwrap_or_else(|| t("audit-nobody"))
}

pub(super) fn result_tag(success: bool) -> AnyView {
    let (key, tone) = if success { ("success", Tone::Ok) } else { ("failure", Tone::Bad) };
    view! { <Tag text=result_text(key) tone/> }.into_any()
}

fn result_text(result: &str) -> String {
    t(&format!("audit-{}", if result.is_empty() { "any-result" } else { result }))
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
