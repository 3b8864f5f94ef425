//! `/admin/password-reset/authentication-methods`

use leptos::prelude::*;
use regain_core::method::{Method, MethodSet};
use regain_core::policy::{Migration, PolicyMethod, QuestionSettings, ResetPolicy, Tab, field};
use regain_core::questions::NUMBERS;

use super::{Draft, crumbs, ended, form_of, label, method_name, path_of, security_questions, version_field};
use crate::pages::admin::authentication_methods_policy;
use crate::services::policy::Settings;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, Banner, CheckboxGroup, Choice, Form, Icon, Segmented, SettingsForm, Sign, Tone};
use crate::visit::visit;

/// Which methods prove a person, and how many.
#[component]
pub fn AuthenticationMethods() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = form_of(&visit, Tab::AuthenticationMethods);
    Suspend::new(async move {
        match services.policy.settings(&visit, Tab::AuthenticationMethods).await {
            Ok(settings) => view! { <Page settings draft/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(settings: Settings, draft: Draft) -> impl IntoView {
    let draft = with_fixed_boxes(draft, &settings);
    let path = path_of(Tab::AuthenticationMethods);
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let policy = settings.policy.clone();
    let required = form.field(field::METHODS_REQUIRED).or(policy.methods_required.as_str());
    let numbers = ["1", "2"].map(|number| (number.to_owned(), number.to_owned())).to_vec();
    view! {
        <AdminPage heading=t("ui-menu-authentication-methods") current=path.clone() crumbs=crumbs() form>
            {notice(settings.migration)}
            <SettingsForm action=path read_only={!settings.may_save} unsaved>
                {version_field(&draft, settings.version)}
                <Segmented field=required choices=numbers legend=label(field::METHODS_REQUIRED)
                    hint=t("policy-methods-required-hint")/>
                {methods_field(form, &policy, settings.working, settings.migration)}
                <div class="depends nested">{questions_fields(form, &policy.questions)}</div>
            </SettingsForm>
        </AdminPage>
    }
}

/// That the check boxes are the older way, and where the newer one is.
fn notice(migration: Migration) -> impl IntoView + use<> {
    view! {
        <Banner title=t("policy-methods-notice")>
            <p>
                {t(&format!("policy-methods-notice-{migration}"))} " "
                <a href=authentication_methods_policy::PATH>{t("ui-menu-methods-policy")}</a>
            </p>
        </Banner>
    }
}

/// Boxes that are read-only are posted by no browser: a draft shows them as they are saved.
fn with_fixed_boxes(mut draft: Draft, settings: &Settings) -> Draft {
    if settings.migration == Migration::Complete && draft.is_unsaved() {
        let typed = draft.form.values.entry(field::METHODS.to_owned()).or_default();
        typed.retain(|name| name == Method::SecurityQuestions.as_str());
        let saved = settings.policy.methods.without(Method::SecurityQuestions);
        typed.extend(saved.iter().map(|method| method.as_str().to_owned()));
    }
    draft
}

fn methods_field(
    form: Form,
    policy: &ResetPolicy,
    working: MethodSet,
    migration: Migration,
) -> impl IntoView + use<> {
    let listed = Method::LISTED.iter().filter(|method| PolicyMethod::BOXES.contains(**method));
    let choices = listed.map(|method| {
        let mut hint = t(&format!("policy-method-{method}-hint"));
        if !working.contains(*method) {
            hint.push(' ');
            hint.push_str(&t(&format!("policy-method-{method}-missing")));
        }
        let fixed = migration == Migration::Complete && *method != Method::SecurityQuestions;
        Choice::new(method.as_str(), method_name(*method)).hint(hint).disabled(fixed)
    });
    let field = form.field(&format!("{}[]", field::METHODS));
    let field = field.or_all(policy.methods.iter().map(|method| method.as_str().to_owned()));
    view! {
        <CheckboxGroup field choices=choices.collect() legend=label(field::METHODS) hint=t("policy-methods-hint")/>
    }
}

/// What *Security questions* needs. It shows while the method is ticked.
fn questions_fields(form: Form, questions: &QuestionSettings) -> impl IntoView + use<> {
    let numbers: Vec<_> = NUMBERS.map(|number| (number.to_string(), number.to_string())).collect();
    let register = form.field(field::QUESTIONS_TO_REGISTER).or(questions.to_register.to_string());
    let reset = form.field(field::QUESTIONS_TO_RESET).or(questions.to_reset.to_string());
    let chosen = questions.chosen.len().to_string();
    let invalid = form.field(field::QUESTIONS);
    let problem = form.with(|state| state.problem(field::QUESTIONS).map(crate::ui::problem_text));
    let error = problem.map(|text| {
        view! { <p class="error" id="questions-error"><Icon sign=Sign::Alert/><span>{text}</span></p> }
    });
    view! {
        <Banner tone=Tone::Warn><p>{t("policy-questions-warning")}</p></Banner>
        <Segmented field=register choices=numbers.clone() legend=label(field::QUESTIONS_TO_REGISTER)/>
        <Segmented field=reset choices=numbers legend=label(field::QUESTIONS_TO_RESET)
            hint=t("policy-questions-to-reset-hint")/>
        <div class="field" role="group" aria-labelledby="questions-label">
            <p class="label" id="questions-label">{label(field::QUESTIONS)}</p>
            <p class="hint" id="questions-count">{t_args("policy-questions-count", &[("n", chosen)])}</p>
            {error}
            <div>
                <button class="button button-secondary" type="submit" id=field::QUESTIONS formmethod="get"
                    formaction=security_questions::PATH
                    aria-describedby=invalid.described_by(false, Some("questions-count"))>
                    {t("policy-questions-select")}
                </button>
            </div>
        </div>
    }
}
