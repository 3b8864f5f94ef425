//! `/admin/password-reset/security-questions`: which questions people may choose. It is saved by itself.

use leptos::prelude::*;
use regain_core::form::FormState;
use regain_core::policy::{Question, Tab, field};
use regain_core::questions::{MAX_CHOSEN, PREDEFINED};

use super::{Draft, crumbs, ended, fields_of, path_of, version_field};
use crate::services::policy::Settings;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{
    AdminPage, Button, ButtonLink, CheckboxGroup, Choice, Form, Look, Panel, Purpose, SettingsForm, TextField,
};
use crate::visit::visit;

/// The address.
pub const PATH: &str = "/admin/password-reset/security-questions";
/// A further question, in the administrator's words.
pub const OWN: &str = "own_question";
/// Own questions that stay.
pub const KEPT: &str = "kept";
/// The button that adds it.
pub const ADD: &str = "add";
/// The way back to the tab: its query.
pub const DRAFT: &str = "draft";

/// The picker of questions.
#[component]
pub fn SecurityQuestions() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = Draft::from_query(&visit, fields_of(Tab::AuthenticationMethods));
    let form = visit.form.clone();
    Suspend::new(async move {
        match services.policy.settings(&visit, Tab::AuthenticationMethods).await {
            Ok(settings) => view! { <Page settings draft state=form/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(settings: Settings, draft: Draft, state: FormState) -> impl IntoView {
    let tab = path_of(Tab::AuthenticationMethods);
    let back = draft.link(&tab);
    let unsaved = state.is_refused();
    let version = if unsaved {
        version_field(&Draft::default(), settings.version)
    } else {
        version_field(&draft, settings.version)
    };
    let form = Form::new(state);
    let chosen = settings.policy.questions.chosen.clone();
    let mut crumbs = crumbs();
    crumbs.push((t("ui-menu-authentication-methods"), Some(back.clone())));
    let count = [("n", chosen.len().to_string()), ("max", MAX_CHOSEN.to_string())];
    let own = own_list(form, &chosen);
    let predefined = predefined_list(form, &chosen);
    view! {
        <AdminPage heading=t("policy-questions-title") current=tab crumbs form
            lead=t_args("policy-questions-lead", &count)>
            <SettingsForm action=PATH read_only={!settings.may_save} unsaved>
                {version}
                <input type="hidden" name=DRAFT value=draft.query()/>
                <Panel heading=t("policy-questions-own")>
                    {own}
                    <TextField field=form.field(OWN) label=t("policy-question-own") hint=t("policy-question-own-hint")
                        purpose=Purpose::Plain/>
                    <div><Button label=t("policy-question-add") look=Look::Secondary name=ADD value="yes"/></div>
                </Panel>
                {predefined}
            </SettingsForm>
            <div><ButtonLink href=back label=t("policy-questions-back")/></div>
        </AdminPage>
    }
}

fn predefined_list(form: Form, chosen: &[Question]) -> impl IntoView + use<> {
    let choices = PREDEFINED.map(|id| Choice::new(id, question_text(id)));
    let field = form.field(&format!("{}[]", field::QUESTIONS));
    let field = field.or_all(chosen.iter().map(|question| question.id().to_owned()));
    view! {
        <CheckboxGroup field choices=choices.to_vec() legend=t("policy-questions-predefined")
            hint=t("policy-questions-predefined-hint")/>
    }
}

/// The administrator's own questions; one that is unticked goes with the next save.
fn own_list(form: Form, chosen: &[Question]) -> Option<impl IntoView + use<>> {
    let choices: Vec<_> = chosen
        .iter()
        .filter_map(|question| match question {
            Question::Custom { id, text } => Some(Choice::new(id.clone(), text.clone())),
            Question::Predefined(_) => None,
        })
        .collect();
    let field = form.field(&format!("{KEPT}[]")).or_all(choices.iter().map(|choice| choice.value.clone()));
    (!choices.is_empty()).then(|| {
        view! { <CheckboxGroup field choices legend=t("policy-questions-kept") hint=t("policy-questions-kept-hint")/> }
    })
}

/// A predefined question in the language of the visit.
pub fn question_text(id: &str) -> String {
    t(&format!("question-{id}"))
}
