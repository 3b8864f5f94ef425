use leptos::prelude::*;
use regain_core::flow::Intent;

use super::show;
use crate::pages::signin::with_username;
use crate::services::reset::{DoneView, Frame};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{ButtonLink, Ending, Look, UserPage};
use crate::visit::visit;

/// *Your password has been reset*. `/reset/done`.
#[component]
pub fn Done() -> impl IntoView {
    ending(Intent::Reset)
}

/// *Your account is unlocked*. `/reset/unlocked`.
#[component]
pub fn Unlocked() -> impl IntoView {
    ending(Intent::Unlock)
}

fn ending(intent: Intent) -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        show(services.reset.done_page(&visit, intent).await, |frame, view| page(frame, &view, intent))
    })
}

fn page(frame: Frame, view: &DoneView, intent: Intent) -> AnyView {
    let (heading, lead) = match intent {
        Intent::Reset => (t("reset-done-heading"), t("reset-done-lead")),
        Intent::Unlock | Intent::Drill => (t("reset-unlocked-heading"), t("reset-unlocked-lead")),
    };
    let notified = (!view.notified.is_empty())
        .then(|| t_args("reset-done-notified", &[("to", view.notified.join(", "))]))
        .map(|text| view! { <li>{text}</li> });
    let hints = match intent {
        Intent::Reset => {
            view! { <li>{t("reset-done-devices")}</li><li>{t("reset-done-signed-out")}</li> }.into_any()
        }
        Intent::Unlock | Intent::Drill => {
            view! { <li><a href="/reset">{t("reset-unlocked-instead")}</a></li> }.into_any()
        }
    };
    view! {
        <UserPage heading lead ending=Ending::Done support_code=frame.support_code.clone()>
            <ul>{notified}{hints}</ul>
            <ButtonLink href=with_username("/signin", &frame.account) label=t("reset-sign-in") look=Look::Primary/>
        </UserPage>
    }
    .into_any()
}
