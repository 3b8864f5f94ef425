use leptos::prelude::*;
use regain_core::method::Method;

use super::{method_key, passed, show, step_of, way_key, ways_out};
use crate::pages::toll::toll;
use crate::services::authenticator::PushView;
use crate::services::reset::{Frame, VerifyView};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{
    Button, CodeField, Form, PostForm, Purpose, PushPanel, Resend, TextField, UserPage, looks_of_code,
};
use crate::visit::{form, visit};

/// *Enter your verification code*: by mail, by text, from an app. `/reset/verify`.
#[component]
pub fn Verify() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        show(services.reset.verify_page(&visit).await, |frame, view| page(frame, view, form))
    })
}

fn page(frame: Frame, view: VerifyView, form: Form) -> AnyView {
    if let Some(push) = view.push {
        return phone(frame, push, form);
    }
    let sent = view.is_sent && form.with(|state| state.notice.is_none());
    let lead = match view.masked {
        _ if !sent => t("reset-verify-lead-unsent"),
        Some(masked) => {
            t_args(&way_key("reset-verify-lead-masked", view.method, view.delivery), &[("to", masked)])
        }
        None => t(&way_key("reset-verify-lead", view.method, view.delivery)),
    };
    let number = view.number.map(|number| {
        view! { <p>{t("reset-verify-number")}" "<bdi dir="ltr">{number}</bdi></p> }
    });
    let field = form.field("code");
    let field = if view.method == Method::RecoveryCode {
        view! {
            <TextField field label=t("ui-code") hint=t("reset-recovery-code-hint") purpose=Purpose::SavedCode/>
        }
        .into_any()
    } else {
        let hint = t_args("reset-verify-hint", &[("digits", view.digits.to_string())]);
        view! { <CodeField field hint/> }.into_any()
    };
    let (next, again) = looks_of_code(form);
    let resend = view.resend.map(|wait| {
        view! { <Resend action="/reset/verify/resend" label=t("reset-resend") wait look=again/> }
    });
    let back = match view.method {
        Method::MobilePhone | Method::OfficePhone => "/reset/phone",
        _ => "/reset/method",
    };
    let another = matches!(view.method, Method::MobilePhone | Method::OfficePhone)
        .then(|| view! { <div class="more"><a href="/reset/phone">{t("reset-another-number")}</a></div> });
    view! {
        <UserPage heading=t(&method_key("reset-verify-heading", view.method)) lead form=form step=step_of(&frame) back
            account=frame.account.clone()
            support_code=frame.support_code.clone()>
            {passed(&frame)}
            {number}
            <PostForm action="/reset/verify" class="stack">
                {field}
                {toll(frame.toll.clone(), form)}
                <Button label=t("reset-next") look=next/>
            </PostForm>
            {resend}
            {another}
            {ways_out(true)}
            <p class="small muted">{t("reset-no-code")}</p>
        </UserPage>
    }
    .into_any()
}

/// The phone was asked: the number to carry over, until it is answered.
fn phone(frame: Frame, push: PushView, form: Form) -> AnyView {
    view! {
        <UserPage heading=t("push-heading") form=form step=step_of(&frame) back="/reset/method"
            support_code=frame.support_code.clone()>
            {passed(&frame)}
            <PushPanel push status="/reset/verify/status" here="/reset/verify" again="/reset/verify/resend"/>
            {ways_out(true)}
            <p class="small muted">{t("push-none")}</p>
        </UserPage>
    }
    .into_any()
}
