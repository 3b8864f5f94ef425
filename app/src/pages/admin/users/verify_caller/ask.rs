//! A code or a request for the call.

use leptos::prelude::*;
use regain_core::caller::Origin;
use regain_core::method::{Delivery, Method};

use crate::services::authenticator::PushView;
use crate::services::passes::{CallerView, Question, Underway};
use crate::text::{t, t_args};
use crate::ui::{Button, Choice, CodeField, Form, Look, Panel, PostForm, PushPanel, RadioList};

const SEND: &str = "/admin/users/verify-caller/send";

/// What is under way, and the choice of what to ask.
pub(super) fn ask(found: &CallerView, form: Form) -> impl IntoView + use<> {
    let id = &found.callee.id;
    let underway = match &found.underway {
        Underway::Nothing => None,
        Underway::Code(question) => Some(code(id, question, form).into_any()),
        Underway::Push(push) => Some(phone(id, push.clone()).into_any()),
    };
    let choose = match (found.left.is_empty(), found.known.proved.is_empty()) {
        (false, _) => choose(id, found, form).into_any(),
        (true, true) => view! { <p>{t("caller-no-methods")}</p> }.into_any(),
        (true, false) => view! { <p>{t("caller-no-more-methods")}</p> }.into_any(),
    };
    view! { <Panel heading=t("caller-ask")><p class="hint">{t("caller-ask-what")}</p>{underway}{choose}</Panel> }
}

fn code(id: &str, question: &Question, form: Form) -> impl IntoView + use<> {
    let id = id.to_owned();
    let sent = t_args("caller-sent", &[("to", question.masked.clone())]);
    view! {
        <PostForm action="/admin/users/verify-caller/code" class="stack">
            <input type="hidden" name="id" value=id/>
            <p>{sent}</p>
            <CodeField field=form.field("code") label=t("caller-code") hint=t("caller-code-hint") theirs=true/>
            <div class="actions"><Button label=t("caller-check") look=Look::Secondary/></div>
        </PostForm>
    }
}

fn phone(id: &str, push: PushView) -> impl IntoView + use<> {
    let (here, status) = (super::path_of(id), format!("/admin/users/verify-caller/status?id={id}"));
    let hidden = vec![("id", id.to_owned()), ("factor", "push".to_owned())];
    view! {
        <p>{t("caller-push")}</p>
        <PushPanel push status here again=SEND hidden/>
    }
}

fn choose(id: &str, found: &CallerView, form: Form) -> impl IntoView + use<> {
    let choices = found.left.iter().map(choice).collect();
    let first = found.left.first().map(|question| question.id.clone()).unwrap_or_default();
    let again = !matches!(found.underway, Underway::Nothing);
    let (id, label) = (id.to_owned(), t(if again { "caller-send-again" } else { "caller-send" }));
    view! {
        <PostForm action=SEND class="stack">
            <input type="hidden" name="id" value=id/>
            <RadioList field=form.field("factor").or(first) choices=choices legend=t("caller-which")/>
            <div class="actions"><Button label look=Look::Secondary/></div>
        </PostForm>
    }
}

fn choice(question: &Question) -> Choice {
    let key = match (question.method, question.delivery) {
        (Method::Email, _) => "caller-choice-email",
        (Method::AppNotification, _) => "caller-choice-push",
        (_, Delivery::Call) => "caller-choice-call",
        (_, Delivery::Text) => "caller-choice-phone",
    };
    let choice = Choice::new(question.id.clone(), t_args(key, &[("to", question.masked.clone())]));
    match question.origin {
        Origin::Registered => choice,
        Origin::Entered => choice.hint(t("caller-entered")),
    }
}
