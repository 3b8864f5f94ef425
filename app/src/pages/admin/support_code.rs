//! `/admin/support-code`: what happened to the person who reads a support code out.

use leptos::prelude::*;

use super::audit_logs::{actor, result_tag};
use super::listing::exact_moment;
use crate::outcome::end_page;
use crate::services::audit::{Entry, Story, filter};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, Banner, Button, Column, DataTable, EmptyState, Form, Purpose, TextField, Tone};
use crate::visit::visit;

const PATH: &str = "/admin/support-code";

/// The help desk's page: a code, and the story behind it.
#[component]
pub fn SupportCode() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        match services.audit.story(&visit).await {
            Ok(story) => view! { <Page story/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(story: Story) -> impl IntoView {
    let form = Form::new(story.form.clone());
    view! {
        <AdminPage heading=t("support-heading") current=PATH lead=t("support-lead") form>
            <form class="panel stack" method="get" action=PATH novalidate>
                <TextField field=form.field(filter::CODE) label=t("audit-code") hint=t("support-hint")
                    purpose=Purpose::SavedCode/>
                <div class="actions"><Button label=t("support-look-up")/></div>
            </form>
            {found(story)}
        </AdminPage>
    }
}

fn found(story: Story) -> Option<AnyView> {
    if story.code.is_empty() {
        return None;
    }
    if story.entries.is_empty() {
        return Some(
            view! { <EmptyState text=t_args("support-empty", &[("code", story.code)])/> }.into_any(),
        );
    }
    let more = story.more.then(|| view! { <Banner tone=Tone::Info><p>{t("support-more")}</p></Banner> });
    let reason = exact_reason(&story.entries);
    let columns = ["time", "activity", "target", "actor", "result", "reason"];
    let columns = columns.map(|name| Column::new(t(&format!("audit-column-{name}")))).into();
    let rows = story.entries.into_iter().map(row).collect();
    Some(
        view! {
            {reason}
            {more}
            <DataTable caption=t_args("support-story", &[("code", story.code)]) columns rows/>
        }
        .into_any(),
    )
}

/// What went wrong last, unless something went well after it.
fn exact_reason(entries: &[Entry]) -> Option<AnyView> {
    let last = entries.last().filter(|entry| !entry.success)?;
    let reason = if last.reason.is_empty() { last.activity.clone() } else { last.reason.clone() };
    Some(view! { <Banner tone=Tone::Warn title=t("support-reason")><p>{reason}</p></Banner> }.into_any())
}

fn row(entry: Entry) -> Vec<AnyView> {
    vec![
        exact_moment(entry.at).into_any(),
        entry.activity.clone().into_any(),
        view! { <bdi>{entry.target_name.clone()}</bdi> }.into_any(),
        view! { <bdi>{actor(&entry)}</bdi> }.into_any(),
        result_tag(entry.success),
        entry.reason.into_any(),
    ]
}
