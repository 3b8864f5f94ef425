use leptos::prelude::*;
use regain_core::form::FormState;

use super::{passed, show, step_of, ways_out};
use crate::pages::toll::toll;
use crate::services::reset::Frame;
use crate::services::services;
use crate::text::t;
use crate::ui::{Form, PasskeyAct, PasskeyForm, UserPage};
use crate::visit::{form, visit};

/// *Use your passkey*: the browser asks the person's device. `/reset/passkey`.
#[component]
pub fn Passkey() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        show(services.reset.passkey_page(&visit).await, |frame, options| page(frame, options, form))
    })
}

fn page(frame: Frame, options: String, form: Form) -> AnyView {
    let begins = frame.toll.is_none() && !form.with(FormState::is_refused);
    view! {
        <UserPage heading=t("passkey-heading") lead=t("passkey-lead") form=form step=step_of(&frame)
            back="/reset/method" account=frame.account.clone() support_code=frame.support_code.clone()>
            {passed(&frame)}
            <PasskeyForm action="/reset/passkey" act=PasskeyAct::Get options label=t("passkey-use") begins
                before=toll(frame.toll.clone(), form)/>
            {ways_out(true)}
            <p class="small muted">{t("passkey-none")}</p>
        </UserPage>
    }
    .into_any()
}
