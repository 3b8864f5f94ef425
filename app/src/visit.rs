//! Who is asking, from where, with what in hand: made by the server for each request, provided as context.

use leptos::prelude::{expect_context, use_context};
use regain_core::form::FormState;
use regain_core::method::{Method, MethodSet};
use regain_core::network::Source;
use regain_core::role::{Right, Role, allows};
use regain_core::secret::Secret;
use regain_core::time::Timestamp;

use crate::form_mark::Posted;
use crate::pages::report;
use crate::text::{Locale, Zone};

/// One request, as pages and services see it.
#[derive(Clone)]
pub struct Visit {
    /// The client's address, behind trusted proxies; unknown where one of them cannot be understood.
    pub address: Source,
    /// The `User-Agent`, at most 256 characters, control characters removed.
    pub client: String,
    /// The language of the answer.
    pub locale: Locale,
    /// The organisation's time zone: the times of the answer are in it.
    pub zone: Zone,
    /// Path without query.
    pub path: String,
    /// Raw query, without `?`; empty when there is none.
    pub query: String,
    /// `XXXX-XXXX`; the session's when signed in, else the visit's: the browser keeps it from the first page that shows
    /// it. A reset flow has its own.
    pub support_code: String,
    /// For `<script nonce>`, and the name of this very page in the marks of its forms.
    pub nonce: String,
    /// The signed-in person.
    pub session: Option<Session>,
    /// The token of the session's cookie, unchecked.
    pub session_token: Option<Secret>,
    /// The token of the reset flow's cookie, unchecked.
    pub flow_token: Option<Secret>,
    /// The token of the cookie of the page where a new password is chosen on the phone, unchecked.
    pub finish_token: Option<Secret>,
    /// The token of the cookie by which the browser is recognised, unchecked.
    pub browser: Option<Secret>,
    /// Row id of that flow, on addresses whose forms may act on it; never a capability.
    pub flow_id: Option<String>,
    /// Whether the browser sent any cookie of ours.
    pub keeps_cookies: bool,
    /// What the last POST to this path left: typed values and problems.
    pub form: FormState,
    /// The form that is being answered.
    pub posted: Option<Posted>,
    /// Whether this is demo mode.
    pub demo: bool,
}

impl Visit {
    /// The path as logs have it: without the token that some addresses end in.
    pub fn logged_path(&self) -> &str {
        if self.path.starts_with(report::START) { report::PATTERN } else { &self.path }
    }

    /// The value of a query parameter, percent-decoded; the first one counts.
    pub fn query_value(&self, name: &str) -> Option<String> {
        self.query_values(name).into_iter().next()
    }

    /// Every value of a query parameter, percent-decoded; empty for a parameter without a value. Control characters are
    /// left out, but for the ends of lines: nobody types them, and PostgreSQL takes no text with a NUL.
    pub fn query_values(&self, name: &str) -> Vec<String> {
        let pairs = self.query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.filter(|(key, _)| printable(key) == name).map(|(_, value)| printable(value)).collect()
    }

    /// Whether the query names `flag`, as in `?saved`.
    pub fn has_flag(&self, flag: &str) -> bool {
        self.query.split('&').any(|pair| pair.split('=').next() == Some(flag))
    }

    /// Whether the signed-in person holds `right`.
    pub fn may(&self, right: Right) -> bool {
        self.session.as_ref().is_some_and(|session| allows(&session.roles, right))
    }
}

/// A query's value as typed, without control characters other than line ends: no name has any, and PostgreSQL takes no
/// text with a NUL.
fn printable(value: &str) -> String {
    let mut text = leptos_router::location::Url::unescape(&value.replace('+', " "));
    text.retain(|c| !c.is_control() || matches!(c, '\r' | '\n'));
    text
}

/// A signed-in person's session, as loaded for this request.
#[derive(Clone, Debug)]
pub struct Session {
    /// Row id, as text; never a capability.
    pub id: String,
    /// The person's row id, as text.
    pub user_id: String,
    /// The person's user principal name.
    pub upn: String,
    /// The person's display name.
    pub display_name: String,
    /// Directory roles held now.
    pub roles: Vec<Role>,
    /// When the person signed in.
    pub signed_in_at: Timestamp,
    /// When a second factor was last shown in this session.
    pub proved_at: Option<Timestamp>,
    /// Which one it was.
    pub proved_by: Option<Method>,
    /// The methods that may be the second factor of this person's sign-in, whether they work at this moment or not: what
    /// was shown stays shown.
    pub second_factors: MethodSet,
    /// The password was set by somebody else and must be changed before anything else.
    pub must_change_password: bool,
    /// A temporary pass opened it: it reaches the person's own security info, and nothing else.
    pub by_pass: bool,
    /// Until when no method is changed in this session: the password was reset lately.
    pub held_until: Option<Timestamp>,
    /// Sign-in demands a second factor, and none that may be it was shown in this session.
    pub owes_second_factor: bool,
}

impl Session {
    /// Whether what was shown in this session counts as a second factor of sign-in; a mailbox does not.
    pub fn is_strongly_proved(&self) -> bool {
        self.proved_at.is_some() && self.proved_by.is_some_and(|by| self.second_factors.contains(by))
    }

    /// Whether the person holds a role that puts them under the administrator policy.
    pub fn is_administrator(&self) -> bool {
        self.roles.iter().any(|role| role.privileged())
    }
}

/// The visit being answered.
pub fn visit() -> Visit {
    expect_context::<Visit>()
}

/// What the last refused POST to this page left; empty on a first visit.
pub fn form() -> FormState {
    use_context::<Visit>().map(|visit| visit.form).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn a_query_holds_no_control_characters() {
        assert_eq!(printable("a%00b%1F+c%0D%0Ad%7F"), "ab c\r\nd");
    }
}
