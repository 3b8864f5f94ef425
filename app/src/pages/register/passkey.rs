//! `/register/passkey`: the browser makes a passkey on the person's device.

use leptos::prelude::*;

use super::parts::{OtherMethod, shown};
use crate::services::registration::{PasskeySetUp, Step, Trail, Way};
use crate::services::services;
use crate::text::t;
use crate::ui::*;
use crate::visit::{form, visit};

/// The set-up of a passkey.
#[component]
pub fn PasskeyPage(
    /// The way into the wizard.
    way: Way,
) -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, way);
    Suspend::new(async move {
        let passkey = services.registration.passkey(&visit, &trail).await;
        shown(passkey, |passkey| page(passkey, trail, form))
    })
}

fn page(passkey: PasskeySetUp, trail: Trail, form: Form) -> AnyView {
    let back = trail.to(Step::Method);
    let hidden = vec![("way", trail.way.as_str().to_owned()), ("next", trail.next.clone())];
    view! {
        <UserPage heading=t("register-passkey") lead=t("register-passkey-lead") form back>
            <PasskeyForm action="/register/passkey" act=PasskeyAct::Create options=passkey.options hidden
                label=t("register-passkey-create")/>
            <p class="small muted">{t("register-passkey-device")}</p>
            <div class="more"><OtherMethod trail/></div>
        </UserPage>
    }
    .into_any()
}
