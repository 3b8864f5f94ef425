//! `/security-info/hold`: after a reset methods stay as they are for a time; why, until when, and how an older method
//! can agree to a change.

use leptos::prelude::*;

use crate::outcome::{end_page, with_next};
use crate::pages::security_info::change_password::SignOut;
use crate::services::security_info::HoldView;
use crate::services::services;
use crate::text::{t, t_args, when};
use crate::ui::{ButtonLink, Form, Look, UserPage};
use crate::visit::{form, visit};

/// The address.
pub const PATH: &str = "/security-info/hold";

/// *Your methods stay as they are for now*.
#[component]
pub fn HoldPage() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        match services.security_info.hold(&visit).await {
            Ok(view) => page(&view, form),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn page(view: &HoldView, form: Form) -> AnyView {
    let Some(until) = view.until else {
        return view! {
            <UserPage heading=t("hold-free") lead=t("hold-free-lead") form=form>
                <div class="actions">
                    <ButtonLink href="/security-info" label=t("hold-to-methods") look=Look::Primary/>
                </div>
            </UserPage>
        }
        .into_any();
    };
    let lead = t_args("hold-lead", &[("until", when::moment(until))]);
    let since = view.reset_at.map(|at| t_args("hold-since", &[("at", when::moment(at))]));
    let agree = if view.can_agree {
        view! {
            <p>{t("hold-agree-lead")}</p>
            <div class="actions">
                <ButtonLink href=with_next("/signin/verify", PATH) label=t("hold-agree") look=Look::Primary/>
            </div>
        }
        .into_any()
    } else {
        view! { <p>{t("hold-nobody-agrees")}</p> }.into_any()
    };
    let owes = view.owes.then(|| view! { <p>{t("hold-owes")}</p> });
    view! {
        <UserPage heading=t("hold-heading") lead=lead form=form>
            <p>{since}" "{t("hold-why")}</p>
            {owes}
            {agree}
            <div class="more"><a href="/security-info">{t("hold-to-methods")}</a><SignOut/></div>
        </UserPage>
    }
    .into_any()
}
