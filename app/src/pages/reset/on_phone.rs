use leptos::prelude::*;

use super::{passed, show, step_of, ways_out};
use crate::services::authenticator::ON_PHONE;
use crate::services::reset::Frame;
use crate::services::services;
use crate::text::t;
use crate::ui::{ToAuthenticator, UserPage, Waiting};
use crate::visit::visit;

/// *Continue on your phone*: all gates are passed, and the new password is chosen where it was approved.
/// `/reset/continue`.
#[component]
pub fn OnPhone() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move { show(services.reset.continue_page(&visit).await, |frame, ()| page(frame)) })
}

fn page(frame: Frame) -> AnyView {
    view! {
        <UserPage heading=t("finish-continue") lead=t("finish-continue-lead") step=step_of(&frame)
            support_code=frame.support_code.clone()>
            {passed(&frame)}
            <Waiting text=t("finish-waiting") state=ON_PHONE status="/reset/verify/status" here="/reset/continue"/>
            <ToAuthenticator/>
            {ways_out(false)}
            <p class="small muted">{t("finish-why")}</p>
        </UserPage>
    }
    .into_any()
}
