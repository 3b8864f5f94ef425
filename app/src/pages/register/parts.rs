//! What the wizard's pages share.

use leptos::prelude::*;
use regain_core::method::Method;

use crate::outcome::{end_page, lead_to};
use crate::services::registration::{self, Progress, Show, Shown, Step, Trail, Way};
use crate::text::{t, t_args};
use crate::ui::{Button, ButtonLink, DescriptionList, Fact, Look, PostForm, Sign, Tag};

/// The page of what a service answered, or the way elsewhere.
pub fn shown<T>(answer: Shown<T>, page: impl FnOnce(T) -> AnyView) -> AnyView {
    match answer {
        Ok(Show::Page(view)) => return page(view),
        Ok(Show::Elsewhere(path)) => lead_to(&path),
        Err(failure) => end_page(failure),
    }
    ().into_any()
}

/// What a method is called in the wizard.
pub fn method_name(method: Method) -> String {
    t(match method {
        Method::Passkey => "register-method-passkey",
        Method::RecoveryCode => "register-method-recovery-codes",
        Method::AppNotification => "register-method-notifications",
        Method::AppCode => "register-method-app",
        Method::Email => "register-method-email",
        Method::MobilePhone => "register-method-phone",
        Method::OfficePhone => "register-method-office-phone",
        Method::SecurityQuestions => "register-method-questions",
    })
}

/// What something that a person has is called.
pub fn known_name(known: &registration::Known) -> String {
    if known.shows_codes { t("register-method-device") } else { method_name(known.method) }
}

/// The sign of a method.
pub fn method_sign(method: Method) -> Sign {
    match method {
        Method::Passkey => Sign::Passkey,
        Method::RecoveryCode => Sign::Key,
        Method::AppNotification | Method::AppCode => Sign::App,
        Method::Email => Sign::Mail,
        Method::MobilePhone => Sign::Text,
        Method::OfficePhone => Sign::Phone,
        Method::SecurityQuestions => Sign::Question,
    }
}

/// The numbers of a progress, for texts.
pub fn counts(progress: Progress) -> [(&'static str, String); 3] {
    [
        ("have", progress.have.min(progress.required).to_string()),
        ("required", progress.required.to_string()),
        ("missing", progress.missing().to_string()),
    ]
}

/// *0 of 2 added*.
pub fn progress_text(progress: Progress) -> String {
    t_args("register-progress", &counts(progress))
}

/// What every form of the wizard carries on.
#[component]
pub fn Hidden(
    /// The way and where it leads.
    trail: Trail,
) -> impl IntoView {
    view! {
        <input type="hidden" name="way" value=trail.way.as_str()/>
        <input type="hidden" name="next" value=trail.next/>
    }
}

/// *Not now*: in the wizard a form that goes on without registering, from the list of methods a link back to it.
#[component]
pub fn NotNow(
    /// The way and where it leads.
    trail: Trail,
) -> impl IntoView {
    match trail.way {
        Way::Add => {
            view! { <ButtonLink href=trail.to(Step::Review) label=t("ui-cancel") look=Look::Subtle/> }
                .into_any()
        }
        Way::Register => view! { <OnTheWay trail label=t("register-not-now") look=Look::Subtle/> }.into_any(),
    }
}

/// *I want to set up a different method*: to the choice, and nothing is lost by it.
#[component]
pub fn OtherMethod(
    /// The way and where it leads.
    trail: Trail,
) -> impl IntoView {
    view! { <a href=trail.to(Step::Method)>{t("register-other-method")}</a> }
}

/// A button that leaves the wizard for where the person was going.
#[component]
pub fn OnTheWay(
    /// The way and where it leads.
    trail: Trail,
    /// Its text.
    label: String,
    /// How much it stands out.
    #[prop(optional)]
    look: Look,
) -> impl IntoView {
    view! {
        <PostForm action="/register/skip">
            <Hidden trail/>
            <Button label look/>
        </PostForm>
    }
}

/// A list of methods, with a way to change what can be changed.
#[component]
pub fn Known(
    /// The methods.
    known: Vec<registration::Known>,
    /// The way and where it leads.
    trail: Trail,
) -> impl IntoView {
    let facts = known
        .into_iter()
        .map(|known| {
            let name = known_name(&known);
            let fact = Fact::new(name.clone(), details(&known));
            match change_path(&known, &trail) {
                Some(path) => fact.action(t("register-change"), name, path),
                None => fact,
            }
        })
        .collect();
    view! { <DescriptionList facts/> }
}

/// The label, the address or number, and who entered it.
fn details(known: &registration::Known) -> impl IntoView + use<> {
    let label = (!known.label.is_empty()).then(|| known.label.clone());
    let destination = known.destination.clone();
    let plain = (label.is_none() && destination.is_none()).then(|| t("register-set-up"));
    let entered = known.is_entered().then(|| view! { " "<Tag text=t("register-entered")/> });
    let unusable = known.idle.map(|idle| {
        let why = t(&format!("register-idle-{}", idle.as_str()));
        view! { " "<Tag text=t("register-unusable")/><span class="small muted">" "{why}</span> }
    });
    let apart = (label.is_some() && destination.is_some()).then_some(" · ");
    view! { {label}{apart}<bdi>{destination}</bdi>{plain}{entered}{unusable} }
}

/// Where an address or number is changed. Apps and questions are removed and set up again.
pub fn change_path(known: &registration::Known, trail: &Trail) -> Option<String> {
    match known.method {
        Method::Email => Some(trail.to(Step::Email)),
        Method::MobilePhone => {
            let id = known.id.as_deref();
            Some(
                id.map_or_else(
                    || trail.to(Step::Phone),
                    |id| trail.to_with(Step::Phone, &[("replaces", id)]),
                ),
            )
        }
        Method::OfficePhone => {
            let id = known.id.as_deref()?;
            Some(trail.to_with(Step::Phone, &[("kind", Method::OfficePhone.as_str()), ("replaces", id)]))
        }
        Method::Passkey
        | Method::AppNotification
        | Method::AppCode
        | Method::RecoveryCode
        | Method::SecurityQuestions => None,
    }
}
