use leptos::prelude::*;

use super::{passed, show};
use crate::services::reset::Frame;
use crate::services::services;
use crate::text::t;
use crate::ui::{Button, PostForm, UserPage};
use crate::visit::visit;

/// Everything is proved and the account is not unlocked yet: a machine went down between the two, or the policy now
/// asks for less. `/reset/unlock`.
#[component]
pub fn Unlock() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move { show(services.reset.unlock_page(&visit).await, |frame, ()| page(frame)) })
}

fn page(frame: Frame) -> AnyView {
    view! {
        <UserPage heading=t("reset-unlock-heading") lead=t("reset-unlock-lead") support_code=frame.support_code.clone()>
            {passed(&frame)}
            <PostForm action="/reset/unlock" class="stack">
                <Button label=t("reset-unlock")/>
            </PostForm>
        </UserPage>
    }
    .into_any()
}
