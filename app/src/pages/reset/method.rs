use leptos::prelude::*;
use regain_core::flow::Intent;
use regain_core::method::Method;

use super::{passed, show, step_of, way_key, ways_out};
use crate::services::reset::{Frame, MethodView, Way};
use crate::services::services;
use crate::text::{t, t_args, when};
use crate::ui::{Button, Choice, Form, PostForm, RadioCards, Sign, UserPage};
use crate::visit::{form, visit};

/// *How should we check it’s you?* `/reset/method`.
#[component]
pub fn ChooseMethod() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        show(services.reset.method_page(&visit).await, |frame, view| page(frame, view, form))
    })
}

fn page(frame: Frame, view: MethodView, form: Form) -> AnyView {
    let heading =
        if frame.passed.is_empty() { t("reset-method-heading") } else { t("reset-method-heading-next") };
    let choices = view.ways.iter().map(choice).collect();
    let too_new = view.new_until.map(|until| {
        let args = [("at", when::moment(until))];
        view! { <p class="small">{t_args("reset-method-new", &args)}</p> }
    });
    let back = view.can_go_back.then(|| "/reset/why".to_owned());
    let lead = match view.intent {
        Intent::Reset => t("reset-method-lead"),
        Intent::Unlock => t("reset-method-lead-unlock"),
        Intent::Drill => t("drill-method-lead"),
    };
    view! {
        <UserPage heading lead form=form step=step_of(&frame) back=back.unwrap_or_default()
            account=frame.account.clone()
            support_code=frame.support_code.clone()>
            {passed(&frame)}
            <PostForm action="/reset/method" class="stack">
                <RadioCards field=form.field("method") choices/>
                <Button label=t("reset-next")/>
            </PostForm>
            {too_new}
            {ways_out(false)}
            <p class="small muted">{t("reset-method-none")}</p>
        </UserPage>
    }
    .into_any()
}

fn choice(way: &Way) -> Choice {
    let hint = match &way.masked {
        _ if way.delayed => t("reset-way-delayed"),
        Some(masked) => t_args("reset-way-masked", &[("to", masked.clone())]),
        None => t(&way_key("reset-way-hint", way.method, way.delivery)),
    };
    Choice::new(way.value(), t(&way_key("reset-way", way.method, way.delivery)))
        .hint(hint)
        .sign(sign(way.method))
}

fn sign(method: Method) -> Sign {
    match method {
        Method::Passkey => Sign::Passkey,
        Method::RecoveryCode => Sign::Key,
        Method::AppNotification | Method::AppCode => Sign::App,
        Method::MobilePhone | Method::OfficePhone => Sign::Phone,
        Method::Email => Sign::Mail,
        Method::SecurityQuestions => Sign::Question,
    }
}
