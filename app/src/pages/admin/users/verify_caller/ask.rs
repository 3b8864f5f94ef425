//! A code or a request to one of the person's own methods.

use leptos::prelude::*;
use regain_core::method::Method;

use crate::services::authenticator::PushView;
use crate::services::passes::{CallerView, Underway};
use crate::services::sign_in::FactorChoice;
use crate::text::{t, t_args};
use crate::ui::{Button, Choice, CodeField, Form, Look, Panel, PushPanel, RadioList};

const SEND: &str = "/admin/users/verify-caller/send";

/// What is under way, or the choice of a method.
pub(super) fn ask(found: &CallerView, form: Form) -> impl IntoView + use<> {
    let id = &found.callee.id;
    let underway = match &found.underway {
        Underway::Nothing => None,
        Underway::Code(factor) => Some(code(id, factor, form).into_any()),
        Underway::Push(_, push) => Some(phone(id, *push).into_any()),
    };
    let choose = if found.factors.is_empty() {
        view! { <p>{t("caller-no-methods")}</p> }.into_any()
    } else {
        choose(id, found, form).into_any()
    };
    view! { <Panel heading=t("caller-ask")><p class="hint">{t("caller-ask-what")}</p>{underway}{choose}</Panel> }
}

fn code(id: &str, factor: &FactorChoice, form: Form) -> impl IntoView + use<> {
    let id = id.to_owned();
    let sent = t_args("caller-sent", &[("to", factor.masked.clone())]);
    view! {
        <form class="stack" method="post" action="/admin/users/verify-caller/code" novalidate>
            <input type="hidden" name="id" value=id/>
            <p>{sent}</p>
            <CodeField field=form.field("code") label=t("caller-code") hint=t("caller-code-hint")/>
            <div class="actions"><Button label=t("caller-check") look=Look::Secondary/></div>
        </form>
    }
}

fn phone(id: &str, push: PushView) -> impl IntoView + use<> {
    let (here, id) = (super::path_of(id), id.to_owned());
    view! {
        <p>{t("caller-push")}</p>
        <PushPanel push status="/admin/users/verify-caller/status" here again=SEND
            hidden=vec![("id", id), ("factor", "push".to_owned())]/>
    }
}

fn choose(id: &str, found: &CallerView, form: Form) -> impl IntoView + use<> {
    let choices =
        found.factors.iter().map(|factor| Choice::new(factor.id.clone(), choice_text(factor))).collect();
    let first = found.factors.first().map(|factor| factor.id.clone()).unwrap_or_default();
    let again = !matches!(found.underway, Underway::Nothing);
    let (id, label) = (id.to_owned(), t(if again { "caller-send-again" } else { "caller-send" }));
    view! {
        <form class="stack" method="post" action=SEND novalidate>
            <input type="hidden" name="id" value=id/>
            <RadioList field=form.field("factor").or(first) choices=choices legend=t("caller-which")/>
            <div class="actions"><Button label look=Look::Secondary/></div>
        </form>
    }
}

fn choice_text(factor: &FactorChoice) -> String {
    let key = match factor.method {
        Method::Email => "caller-choice-email",
        Method::AppNotification => "caller-choice-push",
        Method::OfficePhone => "caller-choice-call",
        _ => "caller-choice-phone",
    };
    t_args(key, &[("to", factor.masked.clone())])
}
