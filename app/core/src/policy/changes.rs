//! What a save changed, for the audit log (R23).

use super::edit::yes_no;
use super::{
    Question, ResetPolicy, Whom, audit_field as audit, channel_field as channel, field, methods_field,
    protection_field as protection,
};
use crate::method::Method;
use crate::password::ProfileKind;
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
    /// Whether people are protected less than before, so that administrators are told (T115): fewer methods or answers,
    /// questions among the methods, nobody mailed, reasons explained to more, temporary passes for more people, uses or
    /// time, passwords that may be shorter, older or tried more often, more messages or countries, records kept for less long; other gateways, whoever
    /// they are; for administrators their switch, either way.
    pub fn weakens(&self) -> bool {
        let has_questions = |methods: &str| methods.contains(Method::SecurityQuestions.as_str());
        match self.property.as_str() {
            field::METHODS_REQUIRED => self.new < self.old,
            field::METHODS => has_questions(&self.new) && !has_questions(&self.old),
            field::NOTIFY_USERS | field::NOTIFY_ADMINS | pass_field::ONE_TIME | protection::ENFORCE => {
                self.new == super::NO
            }
            field::EXPLAIN => self.old == "never" || self.new == "always",
            // Of gateways nothing here can tell which one reads its messages.
            field::ADMINISTRATORS_ENABLED | channel::TEXT_GATEWAYS | channel::CALL_GATEWAYS => true,
            pass_field::ENABLED => self.new == super::YES,
            pass_field::MAX => self.new.parse::<u32>().ok() > self.old.parse().ok(),
            methods_field::HOLD_HOURS | pass_field::LENGTH => {
                self.new.parse::<u8>().ok() < self.old.parse().ok()
            }
            methods_field::SECOND_FACTOR | methods_field::FINISH_ON_DEVICE => {
                whom(&self.new) < whom(&self.old)
            }
            protection::RULES => self.old == ProfileKind::Nist.as_str(),
            field::EXPLAIN_NETWORKS => !self.new.is_empty() && admits_more(&self.old, &self.new),
            audit::KEPT_DAYS
            | protection::MIN
            | protection::DURATION
            | field::QUESTIONS_TO_REGISTER
            | field::QUESTIONS_TO_RESET => number(&self.new) < number(&self.old),
            protection::THRESHOLD => number(&self.new) > number(&self.old),
            // The terms that go.
            protection::LIST => !self.old.is_empty(),
            protection::EXPIRY
            | channel::PER_NUMBER
            | channel::PER_PREFIX
            | channel::PER_DAY
            | channel::MONEY => allows_more(&self.old, &self.new),
            channel::COUNTRIES => admits_more(&self.old, &self.new),
            _ => false,
        }
    }
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok()
}

/// Whether a limit of which 0 is none is higher than before.
fn allows_more(old: &str, new: &str) -> bool {
    let limit = |text: &str| number(text).filter(|limit| *limit > 0);
    limit(old).is_some_and(|old| limit(new).is_none_or(|new| new > old))
}

/// Whether a list of which nothing is everything has something that the old one has not.
fn admits_more(old: &str, new: &str) -> bool {
    let before: Vec<&str> = old.split(", ").collect();
    !old.is_empty() && (new.is_empty() || new.split(", ").any(|code| !before.contains(&code)))
}

/// Whom a demand is made of; the more people, the later in the enumeration.
fn whom(name: &str) -> Option<Whom> {
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
