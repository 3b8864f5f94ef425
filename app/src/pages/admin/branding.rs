//! `/admin/branding`

use leptos::prelude::*;

use super::password_reset::{self as tabs, Draft};
use crate::services::branding::BrandingSettings;
use crate::services::services;
use crate::services::site::Logo;
use crate::text::{Zone, t};
use crate::ui::{
    AdminPage, Button, FileField, Form, Look, Panel, PostForm, Purpose, SettingsForm, TextField,
};
use crate::visit::visit;

const PATH: &str = "/admin/branding";
/// *Organization name*.
pub const NAME: &str = "organization_name";
/// *Time zone*.
pub const TIME_ZONE: &str = "time_zone";
/// *Logo*.
pub const LOGO: &str = "organization_logo";
/// Where a logo is posted.
pub const UPLOAD: &str = "/admin/branding/logo";

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
    // A refused logo is no change of the settings.
    let unsaved = draft.is_unsaved() && draft.form.problem(LOGO).is_none();
    let field = |name, saved: &str| {
        let field = form.field(name);
        if unsaved { field } else { field.showing(saved) }
    };
    let (name, zone) = (field(NAME, &saved.name), field(TIME_ZONE, &saved.time_zone));
    let logo = logo(form, saved.logo);
    view! {
        <AdminPage heading=t("ui-menu-branding") current=PATH crumbs=vec![(t("ui-menu-settings"), None)] form>
            <SettingsForm action=PATH unsaved>
                {tabs::version_field(&draft, saved.version)}
                <TextField field=name label=tabs::label(NAME) hint=t("branding-name-hint")/>
                <TextField field=zone label=tabs::label(TIME_ZONE) hint=t("branding-time-zone-hint")
                    purpose=Purpose::TimeZone offers=Zone::names()/>
            </SettingsForm>
            <Panel heading=tabs::label(LOGO)>{logo}</Panel>
        </AdminPage>
    }
}

/// The logo that pages show, and the forms that replace and remove it.
fn logo(form: Form, shown: Option<Logo>) -> impl IntoView + use<> {
    let shown = shown.map(|logo| {
        view! {
            <div class="row">
                <span class="preview">
                    <img class="org-logo" src=logo.address width=logo.width height=logo.height alt=t("branding-logo-shown")/>
                </span>
                <PostForm action="/admin/branding/remove-logo">
                    <Button label=t("branding-logo-remove") look=Look::Danger/>
                </PostForm>
            </div>
        }
    });
    view! {
        {shown}
        <PostForm action=UPLOAD class="stack" file=true>
            <FileField field=form.field(LOGO) label=t("branding-logo-choose") hint=t("branding-logo-hint")
                accept="image/png"/>
            <div class="actions"><Button label=t("branding-logo-upload") look=Look::Secondary/></div>
        </PostForm>
    }
}
