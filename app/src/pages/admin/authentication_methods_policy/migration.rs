//! `/admin/authentication-methods-policy/migration`: *Manage migration*.

use leptos::prelude::*;
use regain_core::policy::{Migration, methods_field as field};

use super::super::password_reset::{self as tabs, Draft};
use super::{back_link, crumbs, guide};
use crate::services::methods_policy::MigrationView;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, ButtonLink, Choice, Form, Look, Panel, RadioList, SettingsForm, TextField};
use crate::visit::visit;

/// The address.
pub const PATH: &str = "/admin/authentication-methods-policy/migration";

/// The state of the migration.
#[component]
pub fn ManageMigration() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = Draft::refused(visit.form.clone());
    Suspend::new(async move {
        match services.methods_policy.migration(&visit).await {
            Ok(found) => view! { <Page found draft/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(found: MigrationView, draft: Draft) -> impl IntoView {
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let state = form.field(field::MIGRATION).or(found.migration.as_str());
    let choices = Migration::ALL.iter().map(|migration| choice(*migration, found.began)).collect();
    let reason = (found.migration == Migration::Complete).then(|| {
        view! {
            <TextField field=form.field(field::REASON) label=tabs::label(field::REASON)
                hint=t("methods-policy-reason-hint")/>
        }
    });
    let guided = (found.may_save && found.migration.heeds_boxes()).then(|| {
        view! {
            <Panel heading=t("methods-policy-guide")>
                <p>{t("methods-policy-guide-lead")}</p>
                <div class="actions">
                    <ButtonLink href=guide::PATH label=t("methods-policy-guide-start") look=Look::Secondary/>
                </div>
            </Panel>
        }
    });
    view! {
        <AdminPage heading=t("methods-policy-manage-migration") current=super::PATH crumbs=crumbs() form
            lead=t("methods-policy-migration-lead")>
            {guided}
            <SettingsForm action=PATH read_only={!found.may_save} unsaved>
                {tabs::version_field(&draft, found.version)}
                <RadioList field=state choices legend=tabs::label(field::MIGRATION)/>
                {reason}
            </SettingsForm>
            {back_link()}
        </AdminPage>
    }
}

fn choice(migration: Migration, began: Migration) -> Choice {
    let possible = Migration::may_become(migration, began);
    let hint = if possible {
        format!("methods-policy-state-{migration}")
    } else {
        "methods-policy-began".to_owned()
    };
    Choice::new(migration.as_str(), t(&format!("policy-choice-{migration}")))
        .hint(t(&hint))
        .disabled(!possible)
}
