//! `/admin/password-reset/notifications`

use leptos::prelude::*;
use regain_core::policy::{Tab, field};
use regain_core::role::Right;

use super::{Draft, crumbs, ended, form_of, label, path_of, version_field, yes_no};
use crate::pages::admin::messages;
use crate::services::policy::Settings;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, Banner, DescriptionList, Fact, Form, Panel, Segmented, SettingsForm, Tone};
use crate::visit::visit;

/// Who is mailed after a reset.
#[component]
pub fn Notifications() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = form_of(&visit, Tab::Notifications);
    Suspend::new(async move {
        match services.policy.settings(&visit, Tab::Notifications).await {
            Ok(settings) => view! { <Page settings draft/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(settings: Settings, draft: Draft) -> impl IntoView {
    let path = path_of(Tab::Notifications);
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let saved = &settings.policy.notifications;
    let users = form.field(field::NOTIFY_USERS).or(regain_core::policy::yes_no(saved.users));
    let admins = form.field(field::NOTIFY_ADMINS).or(regain_core::policy::yes_no(saved.admins));
    let text = visit().may(Right::EditMessages).then(|| {
        let href = format!("{}/notice-password-reset", messages::PATH);
        view! { <p><a href=href>{t("policy-notify-users-text")}</a></p> }
    });
    let always = ["method", "blocked", "policy"].map(|what| {
        let value = t(&format!("policy-notify-always-{what}-when"));
        Fact::new(t(&format!("policy-notify-always-{what}")), value)
    });
    view! {
        <AdminPage heading=t("ui-menu-notifications") current=path.clone() crumbs=crumbs() form>
            <SettingsForm action=path read_only={!settings.may_save} unsaved>
                {version_field(&draft, settings.version)}
                <Segmented field=users choices=yes_no() legend=label(field::NOTIFY_USERS)
                    hint=t("policy-notify-users-hint")/>
                <div class="depends-no">
                    <Banner tone=Tone::Warn title=t("policy-notify-users-warning-title")>
                        <p>{t("policy-notify-users-warning")}</p>
                    </Banner>
                </div>
                {text}
                <Segmented field=admins choices=yes_no() legend=label(field::NOTIFY_ADMINS)
                    hint=t("policy-notify-admins-hint")/>
            </SettingsForm>
            <div class="admin-form">
                <Panel heading=t("policy-notify-always")><DescriptionList facts=Vec::from(always)/></Panel>
            </div>
        </AdminPage>
    }
}
