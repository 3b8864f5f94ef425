//! Values that previews and tests are filled with: nobody's.

use std::collections::BTreeMap;

use regain_app::pages::security_info::client;
use regain_app::services::site::Organization;
use regain_app::text::{Locale, text, when};
use regain_core::limits::CODE_LIFE;
use regain_core::template::{CODE, Kind, Way};
use regain_core::time::Timestamp;

use crate::messages::Values;

/// The end of a link that reports nothing.
pub(super) const LINK: &str = "example";

/// As long as the codes of each way are.
const CODES: [&str; 2] = ["48291375", "482913"];

/// Samples of everything that a message may name.
pub(super) fn of(kind: &Kind, locale: Locale, organization: &Organization, now: Timestamp) -> Values {
    let minutes = CODE_LIFE.as_secs().div_ceil(60).to_string();
    let fixed = [
        ("address", "203.0.113.7".to_owned()),
        ("device", client::name(locale, "Firefox/ Windows")),
        ("approver", "198.51.100.20".to_owned()),
        ("phone", client::name(locale, "Safari/ iPhone")),
        ("issuer", "helpdesk@contoso.example".to_owned()),
        ("lifetime", "60".to_owned()),
        ("minutes", minutes),
        ("serial", "2308-4711".to_owned()),
        ("support", "ABCD-2345".to_owned()),
        ("time", when::moment_in(now, &organization.zone, locale)),
        ("times", "3".to_owned()),
        ("upn", "bo@contoso.example".to_owned()),
        ("username", "ana@contoso.example".to_owned()),
    ];
    let mut values: BTreeMap<String, String> =
        fixed.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    for name in ["name", "person", "administrator", "who", "changes", "why"] {
        values.insert(name.to_owned(), text(locale, &format!("messages-sample-{name}"), &[]));
    }
    let worded = [
        ("method", ("method", "mobile_phone")),
        ("reason", ("reason", "SSPR_0013")),
        ("stopped", ("cap", "day")),
        ("cause", ("cap", "day")),
        ("said", ("said", "told")),
        ("ended", ("ended", "before")),
        ("happened", ("happened", "notice-password-reset")),
    ];
    for (name, (argument, value)) in worded {
        let args = [(argument, value.to_owned()), ("destination", "+1 •••••••123".to_owned())];
        values.insert(name.to_owned(), text(locale, &format!("message-value-{name}"), &args));
    }
    // A call says its code after its greeting.
    if kind.guards_code() {
        let code = CODES[usize::from(kind.way != Way::Mail)];
        values.insert(CODE.to_owned(), code.to_owned());
    }
    Values::with_organization(values, organization, locale)
}
