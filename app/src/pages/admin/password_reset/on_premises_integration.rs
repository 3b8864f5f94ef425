//! `/admin/password-reset/on-premises-integration`

use leptos::prelude::*;
use regain_core::policy::{Tab, field};

use super::{Draft, crumbs, ended, form_of, label, path_of, version_field, yes_no};
use crate::services::policy::Settings;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, Banner, Form, Segmented, SettingsForm};
use crate::visit::visit;

/// Directories, and unlocking without a reset.
#[component]
pub fn OnPremisesIntegration() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = form_of(&visit, Tab::OnPremisesIntegration);
    Suspend::new(async move {
        match services.policy.settings(&visit, Tab::OnPremisesIntegration).await {
            Ok(settings) => view! { <Page settings draft/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(settings: Settings, draft: Draft) -> impl IntoView {
    let path = path_of(Tab::OnPremisesIntegration);
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let unlock =
        form.field(field::UNLOCK_ALLOWED).or(regain_core::policy::yes_no(settings.policy.unlock_allowed));
    view! {
        <AdminPage heading=t("ui-menu-on-premises") current=path.clone() crumbs=crumbs() form>
            <Banner title=t("policy-directory-none-title")><p>{t("policy-directory-none")}</p></Banner>
            <SettingsForm action=path read_only={!settings.may_save} unsaved>
                {version_field(&draft, settings.version)}
                <Segmented field=unlock choices=yes_no() legend=label(field::UNLOCK_ALLOWED)
                    hint=t("policy-unlock-hint")/>
            </SettingsForm>
        </AdminPage>
    }
}
