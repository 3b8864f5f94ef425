use leptos::prelude::*;

use super::{method_key, passed, show, step_of, way_key, ways_out};
use crate::services::reset::{Frame, VerifyView};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{Button, CodeField, Form, Resend, UserPage};
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
    let lead = match view.masked {
        Some(masked) => {
            t_args(&way_key("reset-verify-lead-masked", view.method, view.delivery), &[("to", masked)])
        }
        None => t(&way_key("reset-verify-lead", view.method, view.delivery)),
    };
    let hint = t_args("reset-verify-hint", &[("digits", view.digits.to_string())]);
    let resend = view.resend.map(|wait| {
        view! { <Resend action="/reset/verify/resend" label=t("reset-resend") wait/> }
    });
    view! {
        <UserPage heading=t(&method_key("reset-verify-heading", view.method)) lead form=form step=step_of(&frame)
            support_code=frame.support_code.clone()>
            {passed(&frame)}
            <form class="stack" method="post" action="/reset/verify" novalidate>
                <CodeField field=form.field("code") hint/>
                <Button label=t("reset-next")/>
            </form>
            {resend}
            {ways_out(true)}
            <p class="small muted">{t("reset-no-code")}</p>
        </UserPage>
    }
    .into_any()
}
