//! From what was typed on *Password protection* to settings, for the portal and the command line.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use regain_core::form::{FieldProblem, FormState};
use regain_core::lockout::{DURATIONS, THRESHOLDS};
use regain_core::password::banned::parse_custom_list;
use regain_core::password::profile::{MIN_CEILING, MIN_FLOOR};
use regain_core::password::{PasswordProfile, ProfileKind};
pub use regain_core::policy::protection_field as field;
use regain_core::policy::{Change, parse_yes_no, whole_number, yes_no};

use super::{MAX_EXPIRY_DAYS, PasswordProtection};

/// Sets everything to what was typed. What belongs to an answer that is off keeps its value.
pub fn edit(settings: &mut PasswordProtection, typed: &FormState) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    match ProfileKind::from_str(typed.value(field::RULES)) {
        Ok(ProfileKind::Entra) => settings.profile = PasswordProfile::entra(),
        Ok(ProfileKind::Nist) => {
            let min = number(typed, field::MIN, u32::from(MIN_FLOOR), u32::from(MIN_CEILING), &mut problems);
            let min = min.and_then(|min| u16::try_from(min).ok());
            settings.profile =
                PasswordProfile { min: min.unwrap_or(settings.profile.min), ..PasswordProfile::nist() };
        }
        Err(_) => {
            let words = ProfileKind::ALL.iter().map(|kind| kind.as_str());
            problems.push(FieldProblem::one_of(field::RULES, words));
        }
    }
    let expiry = number(typed, field::EXPIRY, 0, u32::from(MAX_EXPIRY_DAYS), &mut problems);
    settings.expiry_days = expiry.and_then(|days| u16::try_from(days).ok()).unwrap_or(settings.expiry_days);
    match parse_yes_no(field::ENFORCE, typed.value(field::ENFORCE)) {
        Ok(true) => {
            settings.enforce_custom_list = true;
            match parse_custom_list(typed.value(field::LIST), field::LIST) {
                Ok(terms) => settings.custom_terms = terms,
                Err(lines) => problems.extend(lines),
            }
        }
        Ok(false) => settings.enforce_custom_list = false,
        Err(problem) => problems.push(problem),
    }
    let (low, high) = (u32::from(*THRESHOLDS.start()), u32::from(*THRESHOLDS.end()));
    if let Some(threshold) = number(typed, field::THRESHOLD, low, high, &mut problems) {
        settings.lockout.threshold = u16::try_from(threshold).unwrap_or(settings.lockout.threshold);
    }
    let duration = number(typed, field::DURATION, *DURATIONS.start(), *DURATIONS.end(), &mut problems);
    settings.lockout.duration_seconds = duration.unwrap_or(settings.lockout.duration_seconds);
    problems
}

/// A whole number in a range; anything else is a problem of the field.
fn number(
    typed: &FormState,
    name: &str,
    low: u32,
    high: u32,
    problems: &mut Vec<FieldProblem>,
) -> Option<u32> {
    let found = whole_number(typed.value(name)).filter(|number| (low..=high).contains(number));
    if found.is_none() {
        problems.push(FieldProblem::new(name, "number-range").with("min", &low).with("max", &high));
    }
    found
}

/// The settings as a form shows them: what [`edit`] reads.
pub fn typed(settings: &PasswordProtection) -> FormState {
    FormState::default()
        .with_value(field::RULES, settings.profile.kind.as_str())
        .with_value(field::MIN, settings.profile.min.to_string())
        .with_value(field::EXPIRY, settings.expiry_days.to_string())
        .with_value(field::ENFORCE, yes_no(settings.enforce_custom_list))
        .with_value(field::LIST, settings.custom_terms.join("\n"))
        .with_value(field::THRESHOLD, settings.lockout.threshold.to_string())
        .with_value(field::DURATION, settings.lockout.duration_seconds.to_string())
}

/// What a save changes. Of the list, only the terms that go and those that come.
pub fn changes(old: &PasswordProtection, new: &PasswordProtection) -> Vec<Change> {
    let (before, after) = (typed(old), typed(new));
    let plain = field::ALL.into_iter().filter(|name| *name != field::LIST);
    let mut changes: Vec<_> = plain
        .filter(|name| before.value(name) != after.value(name))
        .map(|name| change(name, before.value(name).to_owned(), after.value(name).to_owned()))
        .collect();
    let (gone, come) =
        (missing(&old.custom_terms, &new.custom_terms), missing(&new.custom_terms, &old.custom_terms));
    if !(gone.is_empty() && come.is_empty()) {
        changes.push(change(field::LIST, gone, come));
    }
    changes
}

fn change(property: &str, old: String, new: String) -> Change {
    Change { property: property.to_owned(), old, new }
}

/// The terms of one list that the other lacks.
fn missing(of: &[String], other: &[String]) -> String {
    let other: BTreeSet<_> = other.iter().collect();
    of.iter().filter(|term| !other.contains(term)).map(String::as_str).collect::<Vec<_>>().join(", ")
}
