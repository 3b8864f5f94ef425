//! What holds for all methods together, each described once: by name, as a text, and what such a text may be.

use super::AuthenticationMethodsPolicy;
use super::methods_field as field;
use crate::form::{FieldProblem, FormState};
use crate::policy::Change;

/// The names of these settings, in the order of the page.
pub const COMMON: [&str; 3] = [field::SECOND_FACTOR, field::FINISH_ON_DEVICE, field::HOLD_HOURS];

/// The value of a setting as a text.
pub fn common_value(policy: &AuthenticationMethodsPolicy, name: &str) -> String {
    match name {
        field::SECOND_FACTOR => policy.second_factor.to_string(),
        field::FINISH_ON_DEVICE => policy.finish_on_device.to_string(),
        field::HOLD_HOURS => policy.hold_hours.to_string(),
        _ => String::new(),
    }
}

/// These settings as their form shows them.
pub fn typed_common(policy: &AuthenticationMethodsPolicy) -> FormState {
    COMMON
        .into_iter()
        .fold(FormState::default(), |form, name| form.with_value(name, common_value(policy, name)))
}

/// Sets what was typed. A setting that was not sent stays as it is.
pub fn edit_common(policy: &mut AuthenticationMethodsPolicy, typed: &FormState) -> Vec<FieldProblem> {
    let sent = COMMON.into_iter().filter(|name| typed.values.contains_key(*name));
    sent.filter_map(|name| edit_one(policy, name, typed.value(name)).err()).collect()
}

fn edit_one(policy: &mut AuthenticationMethodsPolicy, name: &str, value: &str) -> Result<(), FieldProblem> {
    let unknown = |_| FieldProblem::one_of(name, super::Whom::ALL.iter().map(|whom| whom.as_str()));
    let out_of_range =
        || FieldProblem::new(name, "hold-hours").with("max", &AuthenticationMethodsPolicy::MAX_HOLD_HOURS);
    match name {
        field::SECOND_FACTOR => policy.second_factor = value.parse().map_err(unknown)?,
        field::FINISH_ON_DEVICE => policy.finish_on_device = value.parse().map_err(unknown)?,
        field::HOLD_HOURS => policy.hold_hours = hours(value).ok_or_else(out_of_range)?,
        _ => {}
    }
    Ok(())
}

fn hours(typed: &str) -> Option<u8> {
    let hours = typed.trim().parse::<u8>().ok()?;
    (hours <= AuthenticationMethodsPolicy::MAX_HOLD_HOURS).then_some(hours)
}

/// What differs.
pub fn common_changes(old: &AuthenticationMethodsPolicy, new: &AuthenticationMethodsPolicy) -> Vec<Change> {
    let change = |name: &str| {
        let (old, new) = (common_value(old, name), common_value(new, name));
        (old != new).then(|| Change { property: name.to_owned(), old, new })
    };
    COMMON.into_iter().filter_map(change).collect()
}
