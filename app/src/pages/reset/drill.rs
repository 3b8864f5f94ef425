use leptos::prelude::*;
use regain_core::flow::Intent;

use super::{passed, show};
use crate::services::reset::Frame;
use crate::services::services;
use crate::text::t;
use crate::ui::{Button, ButtonLink, Ending, Look, PostForm, UserPage};
use crate::visit::visit;

/// Everything is proved and the drill is not over yet: the last answer came from a phone. `/reset/drill`.
#[component]
pub fn Drill() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move { show(services.reset.drill_page(&visit).await, |frame, ()| finish(frame)) })
}

fn finish(frame: Frame) -> AnyView {
    view! {
        <UserPage heading=t("drill-all-heading") support_code=frame.support_code.clone()>
            {passed(&frame)}
            <PostForm action="/reset/drill" class="stack">
                <Button label=t("drill-finish")/>
            </PostForm>
        </UserPage>
    }
    .into_any()
}

/// *It works*. `/reset/drilled`.
#[component]
pub fn Drilled() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        show(services.reset.done_page(&visit, Intent::Drill).await, |frame, _| done(frame))
    })
}

fn done(frame: Frame) -> AnyView {
    view! {
        <UserPage heading=t("drill-done-heading") lead=t("drill-done-lead") ending=Ending::Done
            support_code=frame.support_code.clone()>
            <ul><li>{t("drill-done-same")}</li><li>{t("drill-done-where")}</li></ul>
            <ButtonLink href="/security-info" label=t("security-info") look=Look::Primary/>
        </UserPage>
    }
    .into_any()
}
