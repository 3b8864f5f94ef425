//! `/admin/password-reset/registration`

use leptos::prelude::*;
use regain_core::policy::{Tab, field};

use super::{Draft, crumbs, ended, form_of, label, path_of, version_field, yes_no};
use crate::services::policy::Settings;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, Form, Purpose, Segmented, SettingsForm, TextField};
use crate::visit::visit;

/// When people are asked to register and to reconfirm.
#[component]
pub fn Registration() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = form_of(&visit, Tab::Registration);
    Suspend::new(async move {
        match services.policy.settings(&visit, Tab::Registration).await {
            Ok(settings) => view! { <Page settings draft/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(settings: Settings, draft: Draft) -> impl IntoView {
    let path = path_of(Tab::Registration);
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let saved = &settings.policy.registration;
    let required =
        form.field(field::REGISTRATION_REQUIRED).or(regain_core::policy::yes_no(saved.required_at_sign_in));
    let days = form.field(field::RECONFIRM_DAYS).or(saved.reconfirm_days.to_string());
    view! {
        <AdminPage heading=t("ui-menu-registration") current=path.clone() crumbs=crumbs() form>
            <SettingsForm action=path read_only={!settings.may_save} unsaved>
                {version_field(&draft, settings.version)}
                <Segmented field=required choices=yes_no() legend=label(field::REGISTRATION_REQUIRED)
                    hint=t("policy-registration-hint")/>
                <div class="depends nested">
                    <TextField field=days label=label(field::RECONFIRM_DAYS) hint=t("policy-reconfirm-hint")
                        purpose=Purpose::Number suffix=t("policy-days")/>
                </div>
            </SettingsForm>
        </AdminPage>
    }
}
