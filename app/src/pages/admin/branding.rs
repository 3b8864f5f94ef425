//! `/admin/branding`

use leptos::prelude::*;
use regain_core::account::ORGANIZATION_CHARS;

use super::password_reset::{self as tabs, Draft};
use crate::services::branding::BrandingSettings;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, Form, SettingsForm, TextField};
use crate::visit::visit;

const PATH: &str = "/admin/branding";
/// *Organization name*.
pub const NAME: &str = "organization_name";

/// How the organisation presents itself.
#[component]
pub fn Branding() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = Draft::refused(visit.form.clone());
    Suspend::new(async move {
        match services.branding.settings(&visit).await {
            Ok(saved) => view! { <Page saved draft/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(saved: BrandingSettings, draft: Draft) -> impl IntoView {
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let name = form.field(NAME).or(saved.name);
    view! {
        <AdminPage heading=t("ui-menu-branding") current=PATH crumbs=vec![(t("ui-menu-settings"), None)] form>
            <SettingsForm action=PATH unsaved>
                {tabs::version_field(&draft, saved.version)}
                <TextField field=name label=tabs::label(NAME) most=ORGANIZATION_CHARS hint=t("branding-name-hint")/>
            </SettingsForm>
        </AdminPage>
    }
}
