//! What a save changed, for the audit log (R23).

use super::{Explain, Question, ResetPolicy, field};
use crate::method::Method;
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
        (field::EXPLAIN_NETWORKS, networks(explain)),
        (field::METHODS_REQUIRED, methods_required.as_str().to_owned()),
        (field::METHODS, methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ")),
        (field::QUESTIONS_TO_REGISTER, questions.to_register.to_string()),
        (field::QUESTIONS_TO_RESET, questions.to_reset.to_string()),
        (field::QUESTIONS, questions.chosen.iter().map(question).collect::<Vec<_>>().join(", ")),
        (field::REGISTRATION_REQUIRED, yes_no(registration.required_at_sign_in)),
        (field::RECONFIRM_DAYS, registration.reconfirm_days.to_string()),
        (field::NOTIFY_USERS, yes_no(notifications.users)),
        (field::NOTIFY_ADMINS, yes_no(notifications.admins)),
        (field::HELPDESK_CUSTOMIZED, yes_no(helpdesk.customized)),
        (field::HELPDESK_TARGET, helpdesk.target.clone()),
        (field::UNLOCK_ALLOWED, yes_no(*unlock_allowed)),
    ]
}

fn networks(explain: &Explain) -> String {
    match explain {
        Explain::OnNetworks(networks) => networks.join(", "),
        Explain::Never | Explain::Always => String::new(),
    }
}

fn question(question: &Question) -> String {
    match question {
        Question::Predefined(id) => id.clone(),
        Question::Custom { text, .. } => ["\"", text, "\""].concat(),
    }
}

fn yes_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}
