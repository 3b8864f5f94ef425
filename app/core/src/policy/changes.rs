//! What a save changed, for the audit log (R23).

use super::edit::yes_no;
use super::{Question, ResetPolicy, SecondFactor, field, methods_field};
use crate::method::Method;
use crate::temporary_pass::field as pass_field;
use serde::{Deserialize, Serialize};

/// One changed setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which setting, by the name of its field.
    pub property: String,
    /// Its value before.
    pub old: String,
    /// Its value now.
    pub new: String,
}

impl Change {
    /// Whether people are protected less than before, so that administrators are told (T115): fewer methods,
    /// questions among them, nobody mailed, reasons explained to more, temporary passes for more people, uses or time; for administrators their switch, either way.
    pub fn weakens(&self) -> bool {
        let has_questions = |methods: &str| methods.contains(Method::SecurityQuestions.as_str());
        match self.property.as_str() {
            field::METHODS_REQUIRED => self.new < self.old,
            field::METHODS => has_questions(&self.new) && !has_questions(&self.old),
            field::NOTIFY_USERS | field::NOTIFY_ADMINS | pass_field::ONE_TIME => self.new == super::NO,
            field::EXPLAIN => self.old == "never" || self.new == "always",
            field::ADMINISTRATORS_ENABLED => true,
            pass_field::ENABLED => self.new == super::YES,
            pass_field::MAX => self.new.parse::<u32>().ok() > self.old.parse().ok(),
            pass_field::LENGTH => self.new.parse::<u8>().ok() < self.old.parse().ok(),
            methods_field::SECOND_FACTOR => demand(&self.new) < demand(&self.old),
            _ => false,
        }
    }
}

/// How many people a second factor is demanded of; the more, the later in the enumeration.
fn demand(name: &str) -> Option<SecondFactor> {
    name.parse().ok()
}

/// Every setting that differs, in the order of the tabs.
pub fn changes(old: &ResetPolicy, new: &ResetPolicy) -> Vec<Change> {
    let pairs = values(old).into_iter().zip(values(new));
    pairs
        .filter(|((_, old), (_, new))| old != new)
        .map(|((property, old), (_, new))| Change { property: property.to_owned(), old, new })
        .collect()
}

/// Every setting with its value as a text. Taken apart whole, so that no new setting is forgotten here.
fn values(policy: &ResetPolicy) -> [(&'static str, String); 16] {
    let ResetPolicy {
        scope,
        methods_required,
        methods,
        questions,
        registration,
        notifications,
        helpdesk,
        explain,
        unlock_allowed,
    } = policy;
    [
        (field::SCOPE, scope.as_str().to_owned()),
        (field::GROUP, scope.group().unwrap_or_default().to_owned()),
        (field::EXPLAIN, explain.as_str().to_owned()),
        (field::EXPLAIN_NETWORKS, explain.networks().join(", ")),
        (field::METHODS_REQUIRED, methods_required.as_str().to_owned()),
        (field::METHODS, methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ")),
        (field::QUESTIONS_TO_REGISTER, questions.to_register.to_string()),
        (field::QUESTIONS_TO_RESET, questions.to_reset.to_string()),
        (field::QUESTIONS, questions.chosen.iter().map(question).collect::<Vec<_>>().join(", ")),
        (field::REGISTRATION_REQUIRED, yes_no(registration.required_at_sign_in).to_owned()),
        (field::RECONFIRM_DAYS, registration.reconfirm_days.to_string()),
        (field::NOTIFY_USERS, yes_no(notifications.users).to_owned()),
        (field::NOTIFY_ADMINS, yes_no(notifications.admins).to_owned()),
        (field::HELPDESK_CUSTOMIZED, yes_no(helpdesk.customized).to_owned()),
        (field::HELPDESK_TARGET, helpdesk.target.clone()),
        (field::UNLOCK_ALLOWED, yes_no(*unlock_allowed).to_owned()),
    ]
}

fn question(question: &Question) -> String {
    match question {
        Question::Predefined(id) => id.clone(),
        Question::Custom { text, .. } => ["\"", text, "\""].concat(),
    }
}
