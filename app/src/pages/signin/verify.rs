//! `/signin/verify`: a second factor.

use leptos::prelude::*;
use leptos_router::location::Url;
use regain_core::form::FormState;
use regain_core::method::Method;

use super::temporary_pass;
use crate::outcome::{end_page, lead_to};
use crate::pages::security_info::change_password::SignOut;
use crate::pages::security_info::hold;
use crate::services::authenticator::PushView;
use crate::services::services;
use crate::services::sign_in::{FactorChoice, VerifyView};
use crate::text::{t, t_args};
use crate::ui::{
    Button, ButtonLink, Choice, CodeField, Ending, Form, Look, PasskeyAct, PasskeyForm, PostForm, Purpose,
    PushPanel, RadioCards, Resend, TextField, UserPage, looks_of_code,
};
use crate::visit::{Visit, form, visit};

/// Step-up: the person shows a second factor.
#[component]
pub fn Verify() -> impl IntoView {
    let (visit, form, services) = (visit(), Form::new(form()), services());
    let next = visit.query_value("next").unwrap_or_default();
    Suspend::new(async move {
        let factor = visit.query_value("factor").unwrap_or_default();
        let view = services.sign_in.verify_view(&visit, &factor, visit.has_flag("choose"), &next).await;
        match view {
            Ok(VerifyView::Elsewhere(path)) => {
                lead_to(&path);
                ().into_any()
            }
            Ok(VerifyView::Unavailable { passes }) => unavailable(passes, &visit, &next).into_any(),
            Ok(VerifyView::Choose(choices)) => choose(&choices, form, next).into_any(),
            Ok(VerifyView::Send { factor, others }) => send(factor, others, form, next).into_any(),
            Ok(VerifyView::Push { factor, others, push }) => {
                phone(factor, others, push, form, next).into_any()
            }
            Ok(VerifyView::Passkey { factor, others, options }) => {
                passkey(&factor, others, options, form, next).into_any()
            }
            Ok(VerifyView::Code { factor, others, wait }) => {
                code(factor, others, wait, form, next).into_any()
            }
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn code(factor: FactorChoice, others: bool, wait: u32, form: Form, next: String) -> impl IntoView {
    let code = form.field("code");
    let hint = match factor.method {
        Method::RecoveryCode => "reset-recovery-code-hint",
        Method::Email => "verify-eight-digits",
        Method::AppCode
        | Method::MobilePhone
        | Method::OfficePhone
        | Method::AppNotification
        | Method::Passkey
        | Method::SecurityQuestions => "verify-six-digits",
    };
    let field = match factor.method {
        Method::RecoveryCode => view! {
            <TextField field=code label=t("ui-code") hint=t(hint) purpose=Purpose::SavedCode/>
        }
        .into_any(),
        Method::Passkey
        | Method::AppNotification
        | Method::AppCode
        | Method::MobilePhone
        | Method::OfficePhone
        | Method::Email
        | Method::SecurityQuestions => view! { <CodeField field=code hint=t(hint)/> }.into_any(),
    };
    let (on, again) = looks_of_code(form);
    let resend = is_sent(factor.method).then(|| {
        let hidden = vec![("factor", factor.id.clone()), ("next", next.clone())];
        view! { <Resend action="/signin/verify/send" label=t("verify-resend") wait=wait hidden=hidden look=again/> }
    });
    view! {
        <UserPage heading=t("verify-heading") lead=lead(&factor, "code") form=form>
            {agrees(&next)}
            <PostForm action="/signin/verify" hidden=vec![("factor", factor.id.clone()), ("next", next.clone())]>
                {field}
                <div class="actions"><Button label=t("signin-next") look=on/></div>
            </PostForm>
            {resend}
            <div class="more">{another_way(others, &next)}<SignOut/></div>
        </UserPage>
    }
}

fn send(factor: FactorChoice, others: bool, form: Form, next: String) -> impl IntoView {
    let label = t(if factor.method == Method::AppNotification { "push-send" } else { "verify-send" });
    view! {
        <UserPage heading=t("verify-heading") lead=lead(&factor, "send") form=form>
            {agrees(&next)}
            <PostForm action="/signin/verify/send" hidden=vec![("factor", factor.id.clone()), ("next", next.clone())]>
                <div class="actions"><Button label=label/></div>
            </PostForm>
            <div class="more">{another_way(others, &next)}<SignOut/></div>
        </UserPage>
    }
}

/// The phone was asked: the number to carry over, until it is answered.
fn phone(factor: FactorChoice, others: bool, push: PushView, form: Form, next: String) -> impl IntoView {
    let query = format!("?factor={}&next={}", factor.id, Url::escape(&next));
    let hidden = vec![("factor", factor.id), ("next", next.clone())];
    view! {
        <UserPage heading=t("push-heading") form=form>
            {agrees(&next)}
            <PushPanel push status="/signin/verify/status" here=format!("/signin/verify{query}")
                again="/signin/verify/send" hidden/>
            <div class="more">{another_way(others, &next)}<SignOut/></div>
        </UserPage>
    }
}

/// The browser is asked for a passkey; the first page only offers it, because a page that is shown changes nothing.
fn passkey(
    factor: &FactorChoice,
    others: bool,
    options: Option<String>,
    form: Form,
    next: String,
) -> impl IntoView + use<> {
    let more = view! { <div class="more">{another_way(others, &next)}<SignOut/></div> };
    let begins = !form.with(FormState::is_refused);
    let action = match options {
        Some(options) => view! {
            <PasskeyForm action="/signin/verify/passkey" act=PasskeyAct::Get options label=t("passkey-use")
                hidden=vec![("next", next)] begins/>
        }
        .into_any(),
        None => view! {
            <PostForm action="/signin/verify/send" hidden=vec![("factor", factor.id.clone()), ("next", next.clone())]>
                <div class="actions"><Button label=t("passkey-use")/></div>
            </PostForm>
        }
        .into_any(),
    };
    view! {
        <UserPage heading=t("verify-heading") lead=t("passkey-lead") form=form>
            {action}
            {more}
        </UserPage>
    }
}

fn choose(choices: &[FactorChoice], form: Form, next: String) -> impl IntoView + use<> {
    let first = choices.first().map(|choice| choice.id.clone()).unwrap_or_default();
    let choices =
        choices.iter().map(|factor| Choice::new(factor.id.clone(), lead(factor, "choice"))).collect();
    view! {
        <UserPage heading=t("verify-choose-heading")>
            <form method="get" action="/signin/verify">
                <input type="hidden" name="next" value=next/>
                <RadioCards field=form.field("factor").or(first) choices=choices/>
                <div class="actions"><Button label=t("signin-next")/></div>
            </form>
            <div class="more"><SignOut/></div>
        </UserPage>
    }
}

/// What the person set up does not work at the moment, and nothing stands in for it.
fn unavailable(passes: bool, visit: &Visit, next: &str) -> impl IntoView + use<> {
    let name = visit.session.as_ref().map(|session| session.upn.clone()).unwrap_or_default();
    let href = format!("{}?username={}&next={}", temporary_pass::PATH, Url::escape(&name), Url::escape(next));
    let pass = passes.then(|| view! { <ButtonLink href label=t("pass-use")/> });
    let lead = t(if passes { "verify-unavailable-lead-pass" } else { "verify-unavailable-lead" });
    view! {
        <UserPage heading=t("verify-unavailable-heading") lead ending=Ending::Stopped>
            <div class="actions">
                <ButtonLink href="/help" label=t("ui-contact") look=Look::Primary/>
                {pass}
            </div>
            <div class="more">
                <a href="/security-info/change-password">{t("security-info-change-password")}</a>
                <SignOut/>
            </div>
        </UserPage>
    }
}

/// What the proof is good for, where it is more than signing in.
fn agrees(next: &str) -> Option<impl IntoView + use<>> {
    (next == hold::PATH).then(|| view! { <p>{t("verify-agree")}</p> })
}

fn another_way(others: bool, next: &str) -> Option<impl IntoView + use<>> {
    let href = format!("/signin/verify?choose&next={}", Url::escape(next));
    others.then(|| view! { <a href=href>{t("verify-another-way")}</a> })
}

/// Whether its code is sent.
fn is_sent(method: Method) -> bool {
    match method {
        Method::Email | Method::MobilePhone | Method::OfficePhone => true,
        Method::Passkey
        | Method::AppNotification
        | Method::AppCode
        | Method::RecoveryCode
        | Method::SecurityQuestions => false,
    }
}

/// `verify-<part>-app`, `-email`, `-notification`, `-passkey`, `-phone` or `-saved`.
fn lead(factor: &FactorChoice, part: &str) -> String {
    let kind = match factor.method {
        Method::Email => "email",
        Method::MobilePhone | Method::OfficePhone => "phone",
        Method::AppNotification => "notification",
        Method::Passkey => "passkey",
        Method::AppCode => "app",
        // Questions are never asked here.
        Method::RecoveryCode | Method::SecurityQuestions => "saved",
    };
    t_args(&format!("verify-{part}-{kind}"), &[("to", factor.masked.clone())])
}
