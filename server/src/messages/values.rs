//! What stands for a message's placeholders.

use std::collections::BTreeMap;

use regain_app::services::site::Organization;
use regain_app::text::{Locale, text, when};
use regain_core::policy::HelpdeskLink;
use regain_core::template::CODE;
use regain_store::OutboxMessage;

/// Values whose words depend on what the row names: with the argument that they are made of.
const WORDED: [(&str, &str); 7] = [
    ("method", "method"),
    ("reason", "reason"),
    ("stopped", "cap"),
    ("cause", "cap"),
    ("said", "said"),
    ("ended", "ended"),
    ("happened", "happened"),
];

/// A message's values, by the placeholders' names.
pub(crate) struct Values {
    locale: Locale,
    by_name: BTreeMap<String, String>,
}

impl Values {
    /// Those of a row. `code` is the opened code of a code message.
    pub(crate) fn of_row(
        row: &OutboxMessage,
        organization: &Organization,
        locale: Locale,
        code: Option<&str>,
    ) -> serde_json::Result<Self> {
        let params: BTreeMap<String, String> = serde_json::from_str(&row.params)?;
        let mut by_name = params.clone();
        let args: Vec<(&str, String)> =
            params.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        for (name, made_of) in WORDED {
            if params.contains_key(made_of) {
                by_name.insert(name.to_owned(), text(locale, &format!("message-value-{name}"), &args));
            }
        }
        by_name.insert("support".to_owned(), row.support_code.clone());
        by_name.insert("time".to_owned(), when::moment_in(row.created_at, &organization.zone, locale));
        if let (Some(code), Some(dies_at)) = (code, row.dies_at) {
            by_name.insert(CODE.to_owned(), code.to_owned());
            let minutes = dies_at.since(row.created_at).as_secs().div_ceil(60);
            by_name.insert("minutes".to_owned(), minutes.to_string());
        }
        Ok(Self::with_organization(by_name, organization, locale))
    }

    /// Given ones, and those of the organisation.
    pub(crate) fn with_organization(
        mut by_name: BTreeMap<String, String>,
        organization: &Organization,
        locale: Locale,
    ) -> Self {
        by_name.insert("organization".to_owned(), organization.name.clone());
        by_name.insert("helpdesk".to_owned(), helpdesk(organization, locale));
        Self { locale, by_name }
    }

    /// One of them. A row of an older version may lack what a text asks for: that is said, and the message leaves.
    pub(crate) fn get(&self, name: &str) -> String {
        let value = self.by_name.get(name).filter(|value| !value.is_empty()).cloned();
        value.unwrap_or_else(|| text(self.locale, "message-value-unknown", &[]))
    }

    /// The language they are in.
    pub(crate) fn locale(&self) -> Locale {
        self.locale
    }

    /// The code, in a message that has one.
    pub(crate) fn code(&self) -> Option<&str> {
        self.by_name.get(CODE).map(String::as_str)
    }
}

/// Whom to turn to: the help desk's address, where the policy names one.
fn helpdesk(organization: &Organization, locale: Locale) -> String {
    let target = match &organization.helpdesk {
        None => return text(locale, "message-value-helpdesk", &[]),
        Some(HelpdeskLink::Url(url)) => url.clone(),
        Some(HelpdeskLink::Email(mailbox)) => mailbox.as_str().to_owned(),
    };
    text(locale, "message-value-helpdesk-at", &[("target", target)])
}

/// Where answers to mails go: the help desk's mailbox, if it has one.
pub(crate) fn reply_to(organization: &Organization) -> Option<String> {
    match &organization.helpdesk {
        Some(HelpdeskLink::Email(mailbox)) => Some(mailbox.as_str().to_owned()),
        _ => None,
    }
}
