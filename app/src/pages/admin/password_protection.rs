//! `/admin/password-protection`

use leptos::prelude::*;
use regain_core::password::ProfileKind;
use regain_core::policy::yes_no;

use super::password_reset::{self as tabs, Draft};
use crate::services::password_protection::Protection;
use crate::services::services;
use crate::text::t;
use crate::ui::{
    AdminPage, Choice, Form, Panel, Purpose, RadioList, Segmented, SettingsForm, TextArea, TextField,
};
use crate::visit::visit;

const PATH: &str = "/admin/password-protection";

/// Password rules, banned words, and the lockout of sign-in.
#[component]
pub fn PasswordProtection() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = Draft::refused(visit.form.clone());
    Suspend::new(async move {
        match services.password_protection.settings(&visit).await {
            Ok(saved) => view! { <Page saved draft/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(saved: Protection, draft: Draft) -> impl IntoView {
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let rules = rules(form, &saved);
    let banned = banned(form, &saved);
    let expiry = form.field("password_expiry_days").or(saved.expiry_days.to_string());
    let threshold = form.field("lockout_threshold").or(saved.lockout.threshold.to_string());
    let duration = form.field("lockout_duration").or(saved.lockout.duration_seconds.to_string());
    view! {
        <AdminPage heading=t("ui-menu-password-protection") current=PATH crumbs=vec![(t("ui-menu-protection"), None)]
            form>
            <SettingsForm action=PATH read_only={!saved.may_save} unsaved>
                {tabs::version_field(&draft, saved.version)}
                <Panel heading=t("protection-rules")>{rules}</Panel>
                <Panel heading=t("protection-expiry")>
                    <TextField field=expiry label=tabs::label("password_expiry_days") hint=t("protection-expiry-hint")
                        purpose=Purpose::Number suffix=t("policy-days")/>
                </Panel>
                <Panel heading=t("protection-banned")>{banned}</Panel>
                <Panel heading=t("protection-lockout")>
                    <p class="hint">{t("protection-lockout-hint")}</p>
                    <TextField field=threshold label=tabs::label("lockout_threshold")
                        hint=t("protection-threshold-hint") purpose=Purpose::Number suffix=t("protection-tries")/>
                    <TextField field=duration label=tabs::label("lockout_duration")
                        hint=t("protection-duration-hint") purpose=Purpose::Number suffix=t("protection-seconds")/>
                </Panel>
            </SettingsForm>
        </AdminPage>
    }
}

fn rules(form: Form, saved: &Protection) -> impl IntoView + use<> {
    let choices = ProfileKind::ALL.iter().map(|kind| {
        Choice::new(kind.as_str(), t(&format!("policy-choice-{kind}")))
            .hint(t(&format!("protection-rules-{kind}")))
    });
    let kind = form.field("password_rules").or(saved.profile.kind.as_str());
    let min = form.field("password_min").or(saved.profile.min.to_string());
    view! {
        <RadioList field=kind choices=choices.collect() legend=tabs::label("password_rules")/>
        <div class="depends nested">
            <TextField field=min label=tabs::label("password_min") hint=t("protection-min-hint")
                purpose=Purpose::Number suffix=t("protection-characters")/>
        </div>
    }
}

fn banned(form: Form, saved: &Protection) -> impl IntoView + use<> {
    let enforce = form.field("enforce_custom_list").or(yes_no(saved.enforce_custom_list));
    // A refused list comes back with the settings, not with the form: it can be too long for a cookie.
    let list = form.field("banned_list");
    let list = if form.with(|state| state.values("banned_list").is_empty()) {
        list.showing(&saved.terms)
    } else {
        list
    };
    let rows = saved.terms.lines().count().clamp(6, 16);
    view! {
        <Segmented field=enforce choices=tabs::yes_no() legend=tabs::label("enforce_custom_list")
            hint=t("protection-enforce-hint")/>
        <div class="depends nested">
            <TextArea field=list label=tabs::label("banned_list") hint=t("protection-list-hint")
                rows=u8::try_from(rows).unwrap_or(6)/>
        </div>
        <p class="hint">{t("protection-global")}</p>
    }
}
