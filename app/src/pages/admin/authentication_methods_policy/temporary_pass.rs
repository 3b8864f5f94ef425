//! `/admin/authentication-methods-policy/temporary-access-pass`

use leptos::prelude::*;
use regain_core::policy::yes_no;
use regain_core::temporary_pass::{LENGTHS, LIFETIMES, PassSettings, field};

use super::super::password_reset::{self as tabs, Draft};
use super::{back_link, crumbs};
use crate::services::passes::PassSettingsView;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, Form, Panel, Purpose, Segmented, SettingsForm, TextField};
use crate::visit::visit;

/// The address.
pub const PATH: &str = "/admin/authentication-methods-policy/temporary-access-pass";

/// *Temporary Access Pass*: whether there are any, for how long, how often.
#[component]
pub fn TemporaryAccessPass() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = Draft::refused(visit.form.clone());
    Suspend::new(async move {
        match services.passes.settings(&visit).await {
            Ok(saved) => view! { <Page saved draft/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(saved: PassSettingsView, draft: Draft) -> impl IntoView {
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let PassSettings { enabled, one_time, .. } = saved.settings;
    let enabled = form.field(field::ENABLED).or(yes_no(enabled));
    let one_time = form.field(field::ONE_TIME).or(yes_no(one_time));
    let numbers = numbers(form, &saved.settings);
    view! {
        <AdminPage heading=t("pass-settings") current=super::PATH crumbs=crumbs() form lead=t("pass-settings-lead")>
            <SettingsForm action=PATH read_only={!saved.may_save} unsaved>
                {tabs::version_field(&draft, saved.version)}
                <Panel>
                    <Segmented field=enabled choices=tabs::yes_no() legend=tabs::label(field::ENABLED)
                        hint=t("pass-enabled-hint")/>
                    <Segmented field=one_time choices=tabs::yes_no() legend=tabs::label(field::ONE_TIME)
                        hint=t("pass-one-time-hint")/>
                    {numbers}
                </Panel>
            </SettingsForm>
            {back_link()}
        </AdminPage>
    }
}

fn numbers(form: Form, saved: &PassSettings) -> impl IntoView + use<> {
    let lifetimes = [
        (field::MIN, saved.min_minutes),
        (field::MAX, saved.max_minutes),
        (field::DEFAULT, saved.default_minutes),
    ];
    let (least, most) = (LIFETIMES.start().to_string(), LIFETIMES.end().to_string());
    let hint = t_args("pass-lifetime-bounds", &[("min", least), ("max", most)]);
    let lifetimes = lifetimes
        .map(|(name, saved)| {
            let field = form.field(name).or(saved.to_string());
            view! {
                <TextField field label=tabs::label(name) hint=hint.clone() purpose=Purpose::Number
                    suffix=t("pass-minutes")/>
            }
        })
        .collect_view();
    let (least, most) = (LENGTHS.start().to_string(), LENGTHS.end().to_string());
    let hint = t_args("pass-length-bounds", &[("min", least), ("max", most)]);
    let length = form.field(field::LENGTH).or(saved.length.to_string());
    view! {
        {lifetimes}
        <TextField field=length label=tabs::label(field::LENGTH) hint purpose=Purpose::Number
            suffix=t("protection-characters")/>
    }
}
