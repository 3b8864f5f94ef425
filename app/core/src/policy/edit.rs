//! From what was typed to a policy. The tabs' forms and the command line go through the same gate.

use super::{Explain, MethodsRequired, PolicyProblem, ResetPolicy, Scope, Tab, field};
use crate::form::{FieldProblem, FormState};
use crate::method::{Method, MethodSet};

/// *Yes*, as forms post it.
pub const YES: &str = "yes";
/// *No*, as forms post it.
pub const NO: &str = "no";

/// Sets the settings of one tab to what was typed. What depends on an answer that is switched off keeps its value,
/// whatever was posted for it (R24). Unreadable values are told and change nothing; whether the whole may be saved is
/// [`ResetPolicy::validate_tab`]'s to say.
pub fn edit(policy: &mut ResetPolicy, tab: Tab, typed: &FormState) -> Vec<PolicyProblem> {
    let mut reader = Reader { typed, problems: Vec::new() };
    match tab {
        Tab::Properties => properties(policy, &mut reader),
        Tab::AuthenticationMethods => methods(policy, &mut reader),
        Tab::Registration => registration(policy, &mut reader),
        Tab::Notifications => {
            reader.yes_no(field::NOTIFY_USERS, &mut policy.notifications.users);
            reader.yes_no(field::NOTIFY_ADMINS, &mut policy.notifications.admins);
        }
        Tab::Customization => {
            reader.yes_no(field::HELPDESK_CUSTOMIZED, &mut policy.helpdesk.customized);
            if policy.helpdesk.customized {
                typed.value(field::HELPDESK_TARGET).trim().clone_into(&mut policy.helpdesk.target);
            }
        }
        Tab::OnPremisesIntegration => reader.yes_no(field::UNLOCK_ALLOWED, &mut policy.unlock_allowed),
    }
    reader.problems
}

/// The settings of one tab as a form shows them: what [`edit`] reads.
pub fn typed(policy: &ResetPolicy, tab: Tab) -> FormState {
    let form = FormState::default();
    match tab {
        Tab::Properties => form
            .with_value(field::SCOPE, policy.scope.as_str())
            .with_value(field::GROUP, policy.scope.group().unwrap_or_default())
            .with_value(field::EXPLAIN, policy.explain.as_str())
            .with_value(field::EXPLAIN_NETWORKS, policy.explain.networks().join("\n")),
        Tab::AuthenticationMethods => policy
            .methods
            .iter()
            .fold(form, |form, method| form.with_value(field::METHODS, method.as_str()))
            .with_value(field::METHODS_REQUIRED, policy.methods_required.as_str())
            .with_value(field::QUESTIONS_TO_REGISTER, policy.questions.to_register.to_string())
            .with_value(field::QUESTIONS_TO_RESET, policy.questions.to_reset.to_string()),
        Tab::Registration => form
            .with_value(field::REGISTRATION_REQUIRED, yes_no(policy.registration.required_at_sign_in))
            .with_value(field::RECONFIRM_DAYS, policy.registration.reconfirm_days.to_string()),
        Tab::Notifications => form
            .with_value(field::NOTIFY_USERS, yes_no(policy.notifications.users))
            .with_value(field::NOTIFY_ADMINS, yes_no(policy.notifications.admins)),
        Tab::Customization => form
            .with_value(field::HELPDESK_CUSTOMIZED, yes_no(policy.helpdesk.customized))
            .with_value(field::HELPDESK_TARGET, policy.helpdesk.target.as_str()),
        Tab::OnPremisesIntegration => form.with_value(field::UNLOCK_ALLOWED, yes_no(policy.unlock_allowed)),
    }
}

/// The answer to a yes-or-no question, as forms post it.
pub const fn yes_no(value: bool) -> &'static str {
    if value { YES } else { NO }
}

/// Reads *Yes* or *No*; anything else is a problem of the field.
pub fn parse_yes_no(name: &str, text: &str) -> Result<bool, PolicyProblem> {
    match text {
        YES => Ok(true),
        NO => Ok(false),
        _ => Err(FieldProblem::one_of(name, [YES, NO])),
    }
}

fn properties(policy: &mut ResetPolicy, reader: &mut Reader<'_>) {
    let typed = reader.typed;
    match typed.value(field::SCOPE) {
        "none" => policy.scope = Scope::None,
        "all" => policy.scope = Scope::All,
        "selected" => {
            let group = typed.value(field::GROUP).trim();
            policy.scope = Scope::Selected(Some(group.to_owned()).filter(|group| !group.is_empty()));
        }
        _ => reader.unknown(field::SCOPE, &["none", "selected", "all"]),
    }
    match typed.value(field::EXPLAIN) {
        "never" => policy.explain = Explain::Never,
        "always" => policy.explain = Explain::Always,
        "on_networks" => policy.explain = Explain::OnNetworks(lines(typed.value(field::EXPLAIN_NETWORKS))),
        _ => reader.unknown(field::EXPLAIN, &["never", "on_networks", "always"]),
    }
}

/// One network a line, or with commas between; each once.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split(['\n', ',']).map(str::trim).filter(|line| !line.is_empty()) {
        if !lines.iter().any(|earlier| earlier == line) {
            lines.push(line.to_owned());
        }
    }
    lines
}

fn methods(policy: &mut ResetPolicy, reader: &mut Reader<'_>) {
    let typed = reader.typed;
    match typed.value(field::METHODS_REQUIRED).parse::<MethodsRequired>() {
        Ok(required) => policy.methods_required = required,
        Err(_) => reader.unknown(field::METHODS_REQUIRED, &["1", "2"]),
    }
    match typed
        .values(field::METHODS)
        .iter()
        .map(|name| name.parse::<Method>())
        .collect::<Result<MethodSet, _>>()
    {
        Ok(methods) => policy.methods = methods,
        Err(_) => reader
            .unknown(field::METHODS, &Method::ALL.iter().map(|method| method.as_str()).collect::<Vec<_>>()),
    }
    if policy.methods.contains(Method::SecurityQuestions) {
        reader.questions_number(field::QUESTIONS_TO_REGISTER, &mut policy.questions.to_register);
        reader.questions_number(field::QUESTIONS_TO_RESET, &mut policy.questions.to_reset);
    }
}

fn registration(policy: &mut ResetPolicy, reader: &mut Reader<'_>) {
    reader.yes_no(field::REGISTRATION_REQUIRED, &mut policy.registration.required_at_sign_in);
    if policy.registration.required_at_sign_in {
        match whole_number(reader.typed.value(field::RECONFIRM_DAYS))
            .and_then(|days| u16::try_from(days).ok())
        {
            Some(days) => policy.registration.reconfirm_days = days,
            None => reader.problems.push(super::validate::reconfirm_days_problem()),
        }
    }
}

/// A whole number in plain digits: no sign, no exponent, no other script (R57). A number beyond 32 bits is none.
pub fn whole_number(text: &str) -> Option<u32> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

struct Reader<'a> {
    typed: &'a FormState,
    problems: Vec<PolicyProblem>,
}

impl Reader<'_> {
    fn unknown(&mut self, name: &str, words: &[&'static str]) {
        self.problems.push(FieldProblem::one_of(name, words.iter().copied()));
    }

    fn yes_no(&mut self, name: &str, setting: &mut bool) {
        match parse_yes_no(name, self.typed.value(name)) {
            Ok(value) => *setting = value,
            Err(problem) => self.problems.push(problem),
        }
    }

    fn questions_number(&mut self, name: &str, setting: &mut u8) {
        match whole_number(self.typed.value(name)).and_then(|number| u8::try_from(number).ok()) {
            Some(number) => *setting = number,
            None => self.problems.push(FieldProblem::new(name, "questions-number-range")),
        }
    }
}
