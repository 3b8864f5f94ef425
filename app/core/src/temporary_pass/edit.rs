//! From what was typed to settings, and to the life of one pass.

use std::ops::RangeInclusive;

use super::{LENGTHS, LIFETIMES, PassSettings};
use crate::form::{FieldProblem, FormState};
use crate::policy::{Change, parse_yes_no, whole_number, yes_no};

/// The names of the settings, in forms and in problems.
pub mod field {
    /// *Allow temporary passes*.
    pub const ENABLED: &str = "pass_enabled";
    /// *One-time use*.
    pub const ONE_TIME: &str = "pass_one_time";
    /// *Minimum lifetime*.
    pub const MIN: &str = "pass_min_minutes";
    /// *Maximum lifetime*.
    pub const MAX: &str = "pass_max_minutes";
    /// *Default lifetime*.
    pub const DEFAULT: &str = "pass_default_minutes";
    /// *Length*.
    pub const LENGTH: &str = "pass_length";
    /// *Lifetime*, of one pass.
    pub const LIFETIME: &str = "minutes";
    /// Every setting.
    pub const ALL: [&str; 6] = [ENABLED, ONE_TIME, MIN, MAX, DEFAULT, LENGTH];
}

/// Sets everything to what was typed. Unreadable values are told and change nothing.
pub fn edit(settings: &mut PassSettings, typed: &FormState) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    for (name, setting) in
        [(field::ENABLED, &mut settings.enabled), (field::ONE_TIME, &mut settings.one_time)]
    {
        match parse_yes_no(name, typed.value(name)) {
            Ok(value) => *setting = value,
            Err(problem) => problems.push(problem),
        }
    }
    let lengths = u32::from(*LENGTHS.start())..=u32::from(*LENGTHS.end());
    if let Some(length) = number(typed, field::LENGTH, lengths, &mut problems) {
        settings.length = u8::try_from(length).unwrap_or(settings.length);
    }
    let min = number(typed, field::MIN, LIFETIMES, &mut problems);
    let max = number(typed, field::MAX, LIFETIMES, &mut problems);
    let default = number(typed, field::DEFAULT, LIFETIMES, &mut problems);
    if let (Some(min), Some(max), Some(default)) = (min, max, default) {
        if min > max {
            problems.push(FieldProblem::new(field::MAX, "pass-lifetimes"));
        } else if !(min..=max).contains(&default) {
            problems.push(range(field::DEFAULT, &(min..=max)));
        }
        (settings.min_minutes, settings.max_minutes, settings.default_minutes) = (min, max, default);
    }
    problems
}

/// The settings as a form shows them: what [`edit`] reads.
pub fn typed(settings: &PassSettings) -> FormState {
    FormState::default()
        .with_value(field::ENABLED, yes_no(settings.enabled))
        .with_value(field::ONE_TIME, yes_no(settings.one_time))
        .with_value(field::MIN, settings.min_minutes.to_string())
        .with_value(field::MAX, settings.max_minutes.to_string())
        .with_value(field::DEFAULT, settings.default_minutes.to_string())
        .with_value(field::LENGTH, settings.length.to_string())
}

/// What a save changes.
pub fn changes(old: &PassSettings, new: &PassSettings) -> Vec<Change> {
    let (before, after) = (typed(old), typed(new));
    let differs = |name: &&str| before.value(name) != after.value(name);
    let change = |name: &str| Change {
        property: name.to_owned(),
        old: before.value(name).to_owned(),
        new: after.value(name).to_owned(),
    };
    field::ALL.into_iter().filter(differs).map(change).collect()
}

/// The life of one pass in minutes, as an administrator typed it.
pub fn typed_lifetime(settings: &PassSettings, text: &str) -> Result<u32, FieldProblem> {
    let allowed = settings.min_minutes..=settings.max_minutes;
    whole_number(text)
        .filter(|minutes| allowed.contains(minutes))
        .ok_or_else(|| range(field::LIFETIME, &allowed))
}

fn number(
    typed: &FormState,
    name: &str,
    allowed: RangeInclusive<u32>,
    problems: &mut Vec<FieldProblem>,
) -> Option<u32> {
    let found = whole_number(typed.value(name)).filter(|number| allowed.contains(number));
    if found.is_none() {
        problems.push(range(name, &allowed));
    }
    found
}

fn range(name: &str, allowed: &RangeInclusive<u32>) -> FieldProblem {
    FieldProblem::new(name, "number-range").with("min", allowed.start()).with("max", allowed.end())
}
