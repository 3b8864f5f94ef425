//! `/admin/password-reset/customization`

use leptos::prelude::*;
use regain_core::policy::{Helpdesk, Tab, field};

use super::{Draft, crumbs, ended, form_of, label, path_of, version_field, yes_no};
use crate::services::policy::Settings;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, Form, Panel, Purpose, Segmented, SettingsForm, TextField};
use crate::visit::visit;

/// Where *Contact your administrator* leads.
#[component]
pub fn Customization() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = form_of(&visit, Tab::Customization);
    Suspend::new(async move {
        match services.policy.settings(&visit, Tab::Customization).await {
            Ok(settings) => view! { <Page settings draft/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(settings: Settings, draft: Draft) -> impl IntoView {
    let path = path_of(Tab::Customization);
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let saved = &settings.policy.helpdesk;
    let customized = form.field(field::HELPDESK_CUSTOMIZED).or(regain_core::policy::yes_no(saved.customized));
    let target = form.field(field::HELPDESK_TARGET).or(saved.target.as_str());
    let preview = preview(saved);
    view! {
        <AdminPage heading=t("ui-menu-customization") current=path.clone() crumbs=crumbs() form>
            <SettingsForm action=path read_only={!settings.may_save} unsaved>
                {version_field(&draft, settings.version)}
                <Segmented field=customized choices=yes_no() legend=label(field::HELPDESK_CUSTOMIZED)
                    hint=t("policy-helpdesk-hint")/>
                <div class="depends nested">
                    <TextField field=target label=label(field::HELPDESK_TARGET) hint=t("policy-helpdesk-target-hint")
                        purpose=Purpose::Link/>
                </div>
            </SettingsForm>
            <div class="admin-form">{preview}</div>
        </AdminPage>
    }
}

/// What people see with the settings that are saved.
fn preview(saved: &Helpdesk) -> impl IntoView + use<> {
    let link = saved.link();
    let explanation = match &link {
        Some(regain_core::policy::HelpdeskLink::Url(_)) => t("policy-helpdesk-opens-url"),
        Some(regain_core::policy::HelpdeskLink::Email(_)) => t("policy-helpdesk-opens-mail"),
        None => t("policy-helpdesk-mails"),
    };
    let href = link.as_ref().map_or_else(|| "/help".to_owned(), regain_core::policy::HelpdeskLink::href);
    view! {
        <Panel heading=t("policy-helpdesk-preview")>
            <p class="preview">
                <a href=href target="_blank" rel="noopener noreferrer">{t("ui-contact")}</a>
            </p>
            <p class="hint">{explanation}</p>
        </Panel>
    }
}
