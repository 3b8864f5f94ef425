//! The tabs of *Password reset*, and what they share.

use leptos::prelude::*;
use regain_core::form::FormState;
use regain_core::method::Method;
use regain_core::policy::{NO, Tab, YES, field};

use crate::outcome::{Failure, end_page};
use crate::text::t;
use crate::ui::Crumb;
use crate::visit::Visit;

pub mod administrator_policy;
pub mod authentication_methods;
pub mod customization;
mod draft;
pub mod notifications;
pub mod on_premises_integration;
pub mod properties;
pub mod registration;
pub mod security_questions;
pub mod select_group;

pub use draft::Draft;

/// The hidden field that says which save a form was made from.
pub const VERSION: &str = "version";
/// Where the tabs are.
const ROOT: &str = "/admin/password-reset";

/// The address of a tab.
pub fn path_of(tab: Tab) -> String {
    format!("{ROOT}/{tab}")
}

/// The name of a setting, which is its label.
pub(super) fn label(name: &str) -> String {
    t(&format!("policy-setting-{name}"))
}

/// One of a setting's answers.
fn choice(value: &str) -> (String, String) {
    (value.to_owned(), t(&format!("policy-choice-{value}")))
}

/// *Yes* and *No*.
pub(super) fn yes_no() -> Vec<(String, String)> {
    vec![choice(YES), choice(NO)]
}

/// The name of a method.
pub fn method_name(method: Method) -> String {
    t(&format!("policy-method-{method}"))
}

/// The levels above a tab.
fn crumbs() -> Vec<Crumb> {
    vec![
        (t("ui-menu-protection"), None),
        (t("ui-menu-password-reset"), Some(format!("{ROOT}/{}", Tab::Properties))),
    ]
}

/// The form of a tab: what the last refusal left, or what a trip to another page brought back.
fn form_of(visit: &Visit, tab: Tab) -> Draft {
    if visit.form.is_refused() {
        return Draft::refused(visit.form.clone());
    }
    Draft::from_query(visit, fields_of(tab))
}

const fn fields_of(tab: Tab) -> &'static [&'static str] {
    match tab {
        Tab::Properties => &[field::SCOPE, field::GROUP, field::EXPLAIN, field::EXPLAIN_NETWORKS],
        Tab::AuthenticationMethods => &[
            field::METHODS_REQUIRED,
            field::METHODS,
            field::QUESTIONS_TO_REGISTER,
            field::QUESTIONS_TO_RESET,
        ],
        Tab::Registration | Tab::Notifications | Tab::Customization | Tab::OnPremisesIntegration => &[],
    }
}

/// The hidden version.
pub(super) fn version_field(draft: &Draft, current: i64) -> impl IntoView + use<> {
    let version = draft.version().unwrap_or_else(|| current.to_string());
    view! { <input type="hidden" name=VERSION value=version/> }
}

/// The single values of a form, from the arguments of its POST.
pub(crate) fn typed(values: &[(&str, String)]) -> FormState {
    values.iter().fold(FormState::default(), |form, (name, value)| form.with_value(name, value.as_str()))
}

/// Ends a page that has nothing to show.
pub(super) fn ended(failure: Failure) -> AnyView {
    end_page(failure);
    ().into_any()
}
