use leptos::prelude::*;
use regain_core::flow::Intent;

use super::{show, step_of};
use crate::services::reset::{Frame, WhyView};
use crate::services::services;
use crate::text::t;
use crate::ui::{Button, Choice, Form, PostForm, RadioCards, Sign, UserPage};
use crate::visit::{form, visit};

/// *Why can’t you sign in?*, asked of every name alike. `/reset/why`.
#[component]
pub fn Why() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(
        async move { show(services.reset.why_page(&visit).await, |frame, view| page(frame, view, form)) },
    )
}

fn page(frame: Frame, view: WhyView, form: Form) -> AnyView {
    let choices = vec![
        Choice::new(Intent::Reset.as_str(), t("reset-why-reset"))
            .hint(t("reset-why-reset-hint"))
            .sign(Sign::Key),
        Choice::new(Intent::Unlock.as_str(), t("reset-why-unlock"))
            .hint(t("reset-why-unlock-hint"))
            .sign(Sign::Lock),
    ];
    let chosen = view.chosen.map(|intent| intent.as_str().to_owned());
    view! {
        <UserPage heading=t("reset-why-heading") form=form step=step_of(&frame) account=frame.account
            support_code=frame.support_code>
            <PostForm action="/reset/why" class="stack">
                <RadioCards field=form.field("intent").or_all(chosen) choices/>
                <Button label=t("reset-next")/>
            </PostForm>
        </UserPage>
    }
    .into_any()
}
