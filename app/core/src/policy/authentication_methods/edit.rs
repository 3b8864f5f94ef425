//! From what was typed on a method's page to its rules, and what that changes.

use super::{Include, MAX_GROUPS, MethodRules, PolicyMethod, Purpose, Target};
use crate::form::{FieldProblem, FormState};
use crate::policy::{Change, parse_yes_no, yes_no};

/// The names of the settings, in forms, in problems and in the audit log.
pub mod field {
    use super::Purpose;

    /// The fields of one purpose.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Fields {
        /// On or off.
        pub on: &'static str,
        /// *All users* or *Select groups*.
        pub include: &'static str,
        /// The included groups.
        pub groups: &'static str,
        /// The excluded groups.
        pub exclude: &'static str,
    }

    /// The fields of a purpose.
    pub const fn of(purpose: Purpose) -> Fields {
        match purpose {
            Purpose::Reset => Fields {
                on: "reset",
                include: "reset_include",
                groups: "reset_groups",
                exclude: "reset_exclude",
            },
            Purpose::SignIn => Fields {
                on: "sign_in",
                include: "sign_in_include",
                groups: "sign_in_groups",
                exclude: "sign_in_exclude",
            },
        }
    }

    /// *Office phone*, of calls.
    pub const OFFICE: &str = "office";
    /// *Migration state*.
    pub const MIGRATION: &str = "migration";
    /// Why the migration is taken back.
    pub const REASON: &str = "reason";
    /// *Second factor at sign-in*.
    pub const SECOND_FACTOR: &str = "second_factor";
    /// *Choose the new password on the device that approved*.
    pub const FINISH_ON_DEVICE: &str = "finish_on_device";
    /// *Hours after a reset in which methods stay as they are*.
    pub const HOLD_HOURS: &str = "hold_hours";
    /// The methods that the guide turns on.
    pub const CHOSEN: &str = "chosen";
    /// The lists of groups.
    pub const GROUP_LISTS: [&str; 4] = ["reset_groups", "reset_exclude", "sign_in_groups", "sign_in_exclude"];
}

/// Sets the rules of a method to what was typed. What depends on an answer that is off keeps its value (R24).
pub fn edit_rules(method: PolicyMethod, rules: &mut MethodRules, typed: &FormState) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    for purpose in Purpose::ALL.iter().filter(|purpose| method.serves(**purpose)) {
        edit_target(field::of(*purpose), rules.target_mut(*purpose), typed, &mut problems);
    }
    if method == PolicyMethod::VOICE {
        match parse_yes_no(field::OFFICE, typed.value(field::OFFICE)) {
            Ok(office) => rules.office = office,
            Err(problem) => problems.push(problem),
        }
    }
    problems
}

fn edit_target(
    fields: field::Fields,
    target: &mut Target,
    typed: &FormState,
    problems: &mut Vec<FieldProblem>,
) {
    match parse_yes_no(fields.on, typed.value(fields.on)) {
        Ok(on) => target.on = on,
        Err(problem) => problems.push(problem),
    }
    if !target.on {
        return;
    }
    match typed.value(fields.include) {
        "all" => target.include = Include::All,
        "selected" => target.include = Include::Selected(list(typed, fields.groups)),
        _ => problems.push(FieldProblem::one_of(fields.include, ["all", "selected"])),
    }
    target.exclude = list(typed, fields.exclude);
    if target.include == Include::Selected(Vec::new()) {
        problems.push(FieldProblem::new(fields.groups, "groups-missing"));
    }
    for (name, groups) in
        [(fields.groups, target.include.groups()), (fields.exclude, target.exclude.as_slice())]
    {
        if groups.len() > MAX_GROUPS {
            problems.push(FieldProblem::new(name, "groups-too-many").with("max", &MAX_GROUPS));
        }
    }
}

/// The groups of a list, each once.
fn list(typed: &FormState, name: &str) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    for group in typed.values(name).iter().map(|group| group.trim()).filter(|group| !group.is_empty()) {
        if !groups.iter().any(|earlier| earlier == group) {
            groups.push(group.to_owned());
        }
    }
    groups
}

/// The rules of a method as its form shows them: what [`edit_rules`] reads.
pub fn typed_rules(method: PolicyMethod, rules: &MethodRules) -> FormState {
    let mut form = FormState::default();
    for purpose in Purpose::ALL.iter().filter(|purpose| method.serves(**purpose)) {
        let (fields, target) = (field::of(*purpose), rules.target(*purpose));
        form =
            form.with_value(fields.on, yes_no(target.on)).with_value(fields.include, target.include.as_str());
        let groups = target.include.groups().iter().map(|group| (fields.groups, group));
        let excluded = target.exclude.iter().map(|group| (fields.exclude, group));
        form = groups.chain(excluded).fold(form, |form, (name, group)| form.with_value(name, group.as_str()));
    }
    if method == PolicyMethod::VOICE {
        form = form.with_value(field::OFFICE, yes_no(rules.office));
    }
    form
}

/// What a save of a method's page changes. Groups stand by their ids.
pub fn rules_changes(method: PolicyMethod, old: &MethodRules, new: &MethodRules) -> Vec<Change> {
    let (before, after) = (typed_rules(method, old), typed_rules(method, new));
    let mut names: Vec<&str> = before.values.keys().chain(after.values.keys()).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let value = |form: &FormState, name: &str| form.values(name).join(", ");
    names
        .into_iter()
        .filter(|name| before.values(name) != after.values(name))
        .map(|name| Change { property: name.to_owned(), old: value(&before, name), new: value(&after, name) })
        .collect()
}
