//! `/register/method`, `/security-info/add`: which method next.

use leptos::prelude::*;
use regain_core::method::Method;

use super::parts::{Hidden, NotNow, method_name, method_sign, shown};
use crate::services::registration::{Offer, Offers, Step, Trail, Way};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::{form, visit};

/// The choice of a method.
#[component]
pub fn MethodPage(
    /// The way into the wizard.
    way: Way,
) -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, way);
    Suspend::new(async move {
        let offers = services.registration.offers(&visit, &trail).await;
        shown(offers, |offers| page(offers, trail, form))
    })
}

fn page(offers: Offers, trail: Trail, form: Form) -> AnyView {
    let open = |offer: &&Offer| offer.full.is_none();
    let proposal = offers.methods.iter().find(open).map_or("", |offer| offer.method.as_str());
    let choices = offers
        .methods
        .iter()
        .map(|offer| choice(offer, offer.method.as_str() == proposal, &offers.organization))
        .collect();
    let progress = offers.progress;
    // The steps are counted only where it is certain how many there are.
    let step = (trail.way == Way::Register && progress.missing() > 0).then(|| StepOf {
        step: u8::try_from(progress.have + 1).unwrap_or(u8::MAX),
        of: u8::try_from(progress.required).unwrap_or(u8::MAX),
    });
    let back = match trail.way {
        Way::Register => trail.to(Step::Start),
        Way::Add => trail.to(Step::Review),
    };
    let hidden = view! { <Hidden trail=trail.clone()/> };
    view! {
        <UserPage heading=t("register-which") form step back>
            <PostForm action="/register/method">
                {hidden}
                <RadioCards field=form.field("method").or(proposal) choices/>
                <div class="actions"><Button label=t("register-next")/></div>
            </PostForm>
            <div class="more"><NotNow trail/></div>
        </UserPage>
    }
    .into_any()
}

fn choice(offer: &Offer, is_proposed: bool, organization: &str) -> Choice {
    let method = offer.method;
    let hint = match offer.full {
        Some(most) => {
            t_args("register-full", &[("most", most.to_string()), ("kind", method.kind().to_string())])
        }
        None if is_proposed => t_args("register-recommended", &[("hint", hint(method, organization))]),
        None => hint(method, organization),
    };
    Choice::new(method.as_str(), method_name(method))
        .hint(hint)
        .sign(method_sign(method))
        .disabled(offer.full.is_some())
}

fn hint(method: Method, organization: &str) -> String {
    let key = match method {
        Method::Passkey => "register-hint-passkey",
        Method::RecoveryCode => "register-hint-recovery-codes",
        Method::AppNotification => "register-hint-notifications",
        Method::AppCode => "register-hint-app",
        Method::Email => "register-hint-email",
        Method::MobilePhone => "register-hint-phone",
        Method::OfficePhone => "register-hint-office-phone",
        Method::SecurityQuestions => "register-hint-questions",
    };
    t_args(key, &[("organization", organization.to_owned())])
}
