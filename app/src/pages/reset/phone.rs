use leptos::prelude::*;
use regain_core::method::{Delivery, Method};

use super::{passed, show, step_of, ways_out};
use crate::pages::toll::toll;
use crate::services::reset::{Frame, PhoneView};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{Button, Form, PhoneField, PostForm, UserPage};
use crate::visit::{form, visit};

/// The phone's number, typed in full before anything is sent to it. `/reset/phone`.
#[component]
pub fn Phone() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        show(services.reset.phone_page(&visit).await, |frame, view| page(frame, view, form))
    })
}

fn page(frame: Frame, view: PhoneView, form: Form) -> AnyView {
    let called = view.delivery == Delivery::Call;
    let (end, button) = if called { ("-call", "reset-phone-call") } else { ("", "reset-phone-text") };
    let heading = match view.method {
        Method::OfficePhone => t("reset-phone-heading-office"),
        _ => t("reset-phone-heading"),
    };
    let lead = match view.masked {
        Some(masked) => t_args(&format!("reset-phone-lead-masked{end}"), &[("to", masked)]),
        None => t(&format!("reset-phone-lead{end}")),
    };
    view! {
        <UserPage heading lead form=form step=step_of(&frame) back="/reset/method"
            account=frame.account.clone()
            support_code=frame.support_code.clone()>
            {passed(&frame)}
            <PostForm action="/reset/phone" class="stack">
                <PhoneField country=form.field("country") number=form.field("phone") hint=t("reset-phone-hint")/>
                {toll(frame.toll.clone(), form)}
                <Button label=t(button)/>
            </PostForm>
            {ways_out(true)}
        </UserPage>
    }
    .into_any()
}
