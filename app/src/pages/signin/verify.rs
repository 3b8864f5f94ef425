//! `/signin/verify`: a second factor.

use leptos::prelude::*;
use regain_core::method::Method;

use crate::outcome::{end_page, lead_to};
use crate::pages::security_info::change_password::SignOut;
use crate::services::authenticator::PushView;
use crate::services::services;
use crate::services::sign_in::{FactorChoice, VerifyView};
use crate::text::{t, t_args};
use crate::ui::{
    Button, ButtonLink, Choice, CodeField, Ending, Form, Look, PasskeyAct, PasskeyForm, PostForm, PushPanel,
    RadioCards, Resend, UserPage,
};
use crate::visit::{form, visit};

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
            Ok(VerifyView::Unavailable) => unavailable().into_any(),
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
    let app = factor.method == Method::AppCode;
    let hint = t(if factor.method == Method::Email { "verify-eight-digits" } else { "verify-six-digits" });
    let resend = (!app).then(|| {
        let hidden = vec![("factor", factor.id.clone()), ("next", next.clone())];
        view! { <Resend action="/signin/verify/send" label=t("verify-resend") wait=wait hidden=hidden/> }
    });
    view! {
        <UserPage heading=t("verify-heading") lead=lead(&factor, "code") form=form>
            <PostForm action="/signin/verify" hidden=vec![("factor", factor.id.clone()), ("next", next.clone())]>
                <CodeField field=form.field("code") hint=hint/>
                <div class="actions"><Button label=t("signin-next")/></div>
            </PostForm>
            <div class="more">{resend}{another_way(others, &next)}<SignOut/></div>
        </UserPage>
    }
}

fn send(factor: FactorChoice, others: bool, form: Form, next: String) -> impl IntoView {
    let label = t(if factor.method == Method::AppNotification { "push-send" } else { "verify-send" });
    view! {
        <UserPage heading=t("verify-heading") lead=lead(&factor, "send") form=form>
            <PostForm action="/signin/verify/send" hidden=vec![("factor", factor.id.clone()), ("next", next.clone())]>
                <div class="actions"><Button label=label/></div>
            </PostForm>
            <div class="more">{another_way(others, &next)}<SignOut/></div>
        </UserPage>
    }
}

/// The phone was asked: the number to carry over, until it is answered.
fn phone(factor: FactorChoice, others: bool, push: PushView, form: Form, next: String) -> impl IntoView {
    let query = format!("?factor={}&next={}", factor.id, leptos_router::location::Url::escape(&next));
    let hidden = vec![("factor", factor.id), ("next", next.clone())];
    view! {
        <UserPage heading=t("push-heading") form=form>
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
    let action = match options {
        Some(options) => view! {
            <PasskeyForm action="/signin/verify/passkey" act=PasskeyAct::Get options label=t("passkey-use")
                hidden=vec![("next", next)]/>
        }
        .into_any(),
        None => view! {
            <PostForm action="/signin/verify/send" hidden=vec![("factor", factor.id.clone()), ("next", next.clone())]>
                <div class="actions"><Button label=t("passkey-begin")/></div>
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

fn unavailable() -> impl IntoView {
    view! {
        <UserPage heading=t("verify-unavailable-heading") lead=t("verify-unavailable-lead") ending=Ending::Stopped>
            <div class="actions"><ButtonLink href="/help" label=t("ui-contact") look=Look::Primary/></div>
            <div class="more"><SignOut/></div>
        </UserPage>
    }
}

fn another_way(others: bool, next: &str) -> Option<impl IntoView + use<>> {
    let href = format!("/signin/verify?choose&next={}", leptos_router::location::Url::escape(next));
    others.then(|| view! { <a href=href>{t("verify-another-way")}</a> })
}

/// `verify-<part>-app`, `-email`, `-notification` or `-phone`.
fn lead(factor: &FactorChoice, part: &str) -> String {
    let kind = match factor.method {
        Method::Email => "email",
        Method::MobilePhone | Method::OfficePhone => "phone",
        Method::AppNotification => "notification",
        Method::Passkey => "passkey",
        _ => "app",
    };
    t_args(&format!("verify-{part}-{kind}"), &[("to", factor.masked.clone())])
}
