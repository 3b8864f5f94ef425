//! `/register/email`: an address outside the organisation.

use leptos::prelude::*;

use super::parts::{Hidden, OtherMethod, shown};
use crate::services::registration::{EmailEntry, Step, Trail, Way};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::{form, visit};

/// The entry of an address.
#[component]
pub fn EmailPage(
    /// The way into the wizard.
    way: Way,
) -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, way);
    Suspend::new(async move {
        let entry = services.registration.email(&visit, &trail).await;
        shown(entry, |entry| page(entry, trail, form))
    })
}

fn page(entry: EmailEntry, trail: Trail, form: Form) -> AnyView {
    let hint = t_args("register-email-hint", &[("organization", entry.organization)]);
    let back = trail.to(Step::Method);
    let hidden = view! { <Hidden trail=trail.clone()/> };
    view! {
        <UserPage heading=t("register-email") lead=t("register-email-lead") form back>
            <PostForm action="/register/email">
                {hidden}
                <TextField field=form.field("email").or(entry.address) label=t("register-email-label") hint purpose=Purpose::Email/>
                <div class="actions"><Button label=t("register-next")/></div>
            </PostForm>
            <div class="more"><OtherMethod trail/></div>
        </UserPage>
    }
    .into_any()
}
