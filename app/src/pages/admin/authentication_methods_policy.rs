//! `/admin/authentication-methods-policy`: every method with its state, and the second factor at sign-in.

use leptos::prelude::*;
use regain_core::form::FormState;
use regain_core::policy::{Include, PolicyMethod, Purpose, Target, Whom, methods_field as field};

use super::password_reset::{self as tabs, Draft};
use crate::services::methods_policy::{Line, Lines};
use crate::services::services;
use crate::text::{exists, t, t_args};
use crate::ui::Purpose as Typed;
use crate::ui::{
    AdminPage, Banner, ButtonLink, Choice, Column, Crumb, DataTable, Form, Look, Panel, RadioList,
    SettingsForm, Tag, TextField, Tone,
};
use crate::visit::visit;

pub mod confirm;
pub mod guide;
pub mod method;
pub mod migration;
pub mod select_groups;
pub mod temporary_pass;

/// The address.
pub const PATH: &str = "/admin/authentication-methods-policy";

/// The address of a method's page.
pub fn path_of(method: PolicyMethod) -> String {
    format!("{PATH}/{}", method.as_str())
}

/// The name of a method.
pub(super) fn name_of(method: PolicyMethod) -> String {
    let key = format!("methods-policy-name-{}", method.as_str());
    if exists(&key) { t(&key) } else { tabs::method_name(method.method()) }
}

/// The levels above a page below the list.
fn crumbs() -> Vec<Crumb> {
    vec![(t("ui-menu-protection"), None), (t("ui-menu-methods-policy"), Some(PATH.to_owned()))]
}

/// The list of methods.
#[component]
pub fn AuthenticationMethodsPolicy() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = Draft::refused(visit.form.clone());
    Suspend::new(async move {
        match services.methods_policy.lines(&visit).await {
            Ok(found) => view! { <Page found draft/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(found: Lines, draft: Draft) -> impl IntoView {
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let state = found.migration.as_str();
    let columns = ["methods-policy-method", "methods-policy-reset", "methods-policy-sign-in"];
    let columns = columns.map(|key| Column::new(t(key))).to_vec();
    let rows = found.lines.iter().map(row).collect();
    let hours = form.field(field::HOLD_HOURS).or(found.common.value(field::HOLD_HOURS));
    let common = [field::SECOND_FACTOR, field::FINISH_ON_DEVICE].map(|name| whom(form, name, &found.common));
    view! {
        <AdminPage heading=t("ui-menu-methods-policy") current=PATH crumbs=vec![(t("ui-menu-protection"), None)] form
            lead=t("methods-policy-lead")>
            <Banner title=t(&format!("policy-choice-{state}"))>
                <p>{t(&format!("methods-policy-state-{state}"))}</p>
                <p><a href=migration::PATH>{t("methods-policy-manage-migration")}</a></p>
            </Banner>
            <DataTable caption=t("methods-policy-caption") columns rows/>
            <p><a href=temporary_pass::PATH>{t("pass-settings")}</a>" – "{t("pass-settings-what")}</p>
            <SettingsForm action=PATH read_only={!found.may_save} unsaved>
                {tabs::version_field(&draft, found.version)}
                <Panel>
                    {common.collect_view()}
                    <TextField field=hours label=tabs::label(field::HOLD_HOURS) hint=t("methods-policy-hold-hint")
                        purpose=Typed::Number suffix=t("methods-policy-hours")/>
                </Panel>
            </SettingsForm>
        </AdminPage>
    }
}

/// *Nobody*, *Administrators* or *Everyone*.
fn whom(form: Form, name: &'static str, saved: &FormState) -> impl IntoView + use<> {
    let stem = format!("methods-policy-{}", name.replace('_', "-"));
    let choices = Whom::ALL.iter().map(|value| {
        Choice::new(value.as_str(), t(&format!("policy-choice-{value}"))).hint(t(&format!("{stem}-{value}")))
    });
    let field = form.field(name).or(saved.value(name));
    view! {
        <RadioList field choices=choices.collect() legend=tabs::label(name) hint=t(&format!("{stem}-hint"))/>
    }
}

fn row(line: &Line) -> Vec<AnyView> {
    let missing = (!line.works).then(|| view! { " "<Tag text=t("methods-policy-missing") tone=Tone::Warn/> });
    let name = view! { <a href=path_of(line.method)>{name_of(line.method)}</a>{missing} }.into_any();
    let state = |purpose: Purpose| {
        if line.method.serves(purpose) {
            target_text(line.rules.target(purpose)).into_any()
        } else {
            t("methods-policy-never").into_any()
        }
    };
    vec![name, state(Purpose::Reset), state(Purpose::SignIn)]
}

/// *Off*, *All users*, *2 groups*, *All users, except 1 group*.
fn target_text(target: &Target) -> String {
    if !target.on {
        return t("methods-policy-off");
    }
    let number = |groups: &[String]| [("n", groups.len().to_string())];
    let whom = match &target.include {
        Include::All => t("methods-policy-all"),
        Include::Selected(groups) => t_args("methods-policy-groups", &number(groups)),
    };
    if target.exclude.is_empty() {
        return whom;
    }
    let except = t_args("methods-policy-groups", &number(&target.exclude));
    t_args("methods-policy-except", &[("whom", whom), ("except", except)])
}

/// A link to the list, at the end of a page below it.
fn back_link() -> impl IntoView {
    view! { <div class="actions"><ButtonLink href=PATH label=t("methods-policy-back") look=Look::Subtle/></div> }
}
