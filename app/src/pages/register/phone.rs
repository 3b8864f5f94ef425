//! `/register/phone`: a number that receives texts.

use leptos::prelude::*;

use super::parts::{Hidden, shown};
use crate::services::registration::{PhoneEntry, Step, Trail, Way};
use crate::services::services;
use crate::text::t;
use crate::ui::*;
use crate::visit::{form, visit};

/// The entry of a number.
#[component]
pub fn PhonePage(
    /// The way into the wizard.
    way: Way,
) -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, way);
    let replaces = visit.query_value("replaces").unwrap_or_default();
    Suspend::new(async move {
        let entry = services.registration.phone(&visit, &trail, &replaces).await;
        shown(entry, |entry| page(entry, trail, form))
    })
}

fn page(entry: PhoneEntry, trail: Trail, form: Form) -> AnyView {
    let back = trail.to(Step::Method);
    view! {
        <UserPage heading=t("register-phone") lead=t("register-phone-lead") form back>
            <form method="post" action="/register/phone" novalidate>
                <Hidden trail/>
                <input type="hidden" name="replaces" value=entry.replaces/>
                <PhoneField country=form.field("country") number=form.field("number").or(entry.number)/>
                <p class="hint">{t("register-phone-use")}</p>
                <div class="actions"><Button label=t("register-phone-text")/></div>
            </form>
        </UserPage>
    }
    .into_any()
}
