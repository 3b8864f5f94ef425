//! `/admin/password-reset/properties`

use leptos::prelude::*;
use regain_core::policy::{Tab, field};

use super::super::coverage;
use super::{Draft, choice, crumbs, ended, form_of, label, path_of, version_field};
use crate::services::policy::{ChosenGroup, Properties as View};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{
    AdminPage, Banner, Choice, Form, Icon, RadioList, Segmented, SettingsForm, Sign, TextArea, problem_text,
};
use crate::visit::visit;

/// For whom reset is enabled, and whether reasons are explained.
#[component]
pub fn Properties() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = form_of(&visit, Tab::Properties);
    Suspend::new(async move {
        let group = draft.form.values.get(field::GROUP).and_then(|values| values.first().cloned());
        match services.policy.properties(&visit, group).await {
            Ok(found) => view! { <Page view=found draft/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(view: View, draft: Draft) -> impl IntoView {
    let path = path_of(Tab::Properties);
    let form = Form::new(draft.form.clone());
    let policy = view.settings.policy.clone();
    let scope = form.field(field::SCOPE).or(policy.scope.as_str());
    let scopes = ["none", "selected", "all"].map(choice).to_vec();
    let unsaved = draft.is_unsaved();
    view! {
        <AdminPage heading=t("ui-menu-properties") current=path.clone() crumbs=crumbs() form>
            <Banner>
                <p>
                    {t("policy-properties-administrators")} " "
                    <a href="/admin/password-reset/administrator-policy">{t("ui-menu-administrator-policy")}</a>
                </p>
            </Banner>
            <SettingsForm action=path read_only={!view.settings.may_save} unsaved>
                {version_field(&draft, view.settings.version)}
                <Segmented field=scope choices=scopes legend=label(field::SCOPE) hint=t("policy-scope-hint")/>
                <div class="depends nested">{group_field(form, view.group.as_ref())}</div>
                {reach(&view)}
                {explain_field(form, &policy.explain)}
            </SettingsForm>
        </AdminPage>
    }
}

/// The chosen group, and the button that opens the picker with everything that is typed.
fn group_field(form: Form, chosen: Option<&ChosenGroup>) -> impl IntoView + use<> {
    let problem = form.with(|state| state.problem(field::GROUP).map(problem_text));
    let described = problem.is_some().then_some("group-error");
    let error = problem.map(|text| {
        view! { <p class="error" id="group-error"><Icon sign=Sign::Alert/><span>{text}</span></p> }
    });
    let id = chosen.map(|chosen| chosen.group.id.clone()).unwrap_or_default();
    let name = chosen.map(|chosen| {
        let numbers =
            [("direct", chosen.direct.to_string()), ("nested", (chosen.people - chosen.direct).to_string())];
        view! {
            <div class="picked">
                <span class="picked-name" dir="auto">{chosen.group.name.clone()}</span>
                <span class="hint">{t_args("policy-group-members", &numbers)}</span>
            </div>
        }
    });
    let button = if chosen.is_some() { t("policy-group-change") } else { t("policy-group-none") };
    view! {
        <div class="field" role="group" aria-labelledby="group-label">
            <p class="label" id="group-label">{label(field::GROUP)}</p>
            {error}
            {name}
            <input type="hidden" name=field::GROUP value=id/>
            <div>
                <button class="button button-secondary" type="submit" id=field::GROUP formmethod="get"
                    formaction=super::select_group::PATH aria-describedby=described>
                    <Icon sign=Sign::Group/>
                    {button}
                </button>
            </div>
        </div>
    }
}

/// Whom the saved setting lets reset, and how far they are.
fn reach(view: &View) -> impl IntoView + use<> {
    let scope = &view.settings.policy.scope;
    let text = match (scope.as_str(), scope.group()) {
        ("selected", None) => Some(t("policy-reach-no-group")),
        ("none", _) => Some(t("policy-reach-none")),
        _ => None,
    };
    view! {
        <section class="panel stack-tight">
            <h2>{t("policy-reach-title")}</h2>
            {text.map(|text| view! { <p>{text}</p> })}
            <p>{coverage::of_all(view.covered.as_ref())}</p>
        </section>
    }
}

fn explain_field(form: Form, explain: &regain_core::policy::Explain) -> impl IntoView + use<> {
    let answers = ["never", "on_networks", "always"].map(|value| {
        let (value, text) = choice(value);
        let hint = t(&format!("policy-explain-{}", value.replace('_', "-")));
        Choice::new(value, text).hint(hint)
    });
    let field = form.field(field::EXPLAIN).or(explain.as_str());
    let networks = form.field(field::EXPLAIN_NETWORKS).or(explain.networks().join("\n"));
    view! {
        <RadioList field choices=answers.to_vec() legend=label(field::EXPLAIN) hint=t("policy-explain-hint")/>
        <div class="depends nested">
            <TextArea field=networks label=label(field::EXPLAIN_NETWORKS) hint=t("policy-networks-hint") rows=4/>
        </div>
    }
}
