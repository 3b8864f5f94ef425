//! `/admin/audit-logs/retention`

use leptos::prelude::*;
use regain_core::policy::audit_field::KEPT_DAYS;

use super::super::password_reset::{self as tabs, Draft};
use crate::services::audit::RetentionView;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, ButtonLink, Form, Look, Panel, Purpose, SettingsForm, TextField};
use crate::visit::visit;

/// The address.
pub const PATH: &str = "/admin/audit-logs/retention";

/// For how many days records are kept.
#[component]
pub fn Retention() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = Draft::refused(visit.form.clone());
    Suspend::new(async move {
        match services.audit.retention(&visit).await {
            Ok(saved) => view! { <Page saved draft/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(saved: RetentionView, draft: Draft) -> impl IntoView {
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let crumbs = vec![(t("audit-heading"), Some(super::PATH.to_owned()))];
    let days = form.field(KEPT_DAYS).or(saved.days.to_string());
    let (least, most) = (saved.least.to_string(), saved.most.to_string());
    let hint = t_args("audit-retention-hint", &[("min", least), ("max", most)]);
    view! {
        <AdminPage heading=t("audit-retention") current=super::PATH crumbs form lead=t("audit-retention-lead")>
            <SettingsForm action=PATH read_only={!saved.may_save} unsaved>
                {tabs::version_field(&draft, saved.version)}
                <Panel>
                    <TextField field=days label=tabs::label(KEPT_DAYS) hint purpose=Purpose::Number
                        suffix=t("audit-retention-days")/>
                </Panel>
            </SettingsForm>
            <div class="actions"><ButtonLink href=super::PATH label=t("audit-retention-back") look=Look::Subtle/></div>
        </AdminPage>
    }
}
