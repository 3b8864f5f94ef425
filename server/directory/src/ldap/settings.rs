//! What somebody sets up for one directory.

use ldap3::parse_filter;
use regain_core::secret::Secret;

use super::attributes::Attributes;
use super::server::Server;
use crate::kind::Kind;

/// What somebody sets up for one directory.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The product.
    pub kind: Kind,
    /// The servers, in the order in which they are asked: the first that answers is the one.
    pub servers: Vec<Server>,
    /// The authority that signed the servers’ certificates, in PEM. `None`: whom the machine trusts.
    pub authority: Option<Vec<u8>>,
    /// The service account: a DN, or for Active Directory `name@domain`.
    pub bind_user: String,
    /// Its password.
    pub bind_password: Secret,
    /// Where people are, with everything below.
    pub base: String,
    /// Who is a person there. `None`: [`Kind::people_filter`].
    pub people_filter: Option<String>,
    /// Where groups are, with everything below. `None`: as people.
    pub group_base: Option<String>,
    /// Which entries are groups. `None`: [`Kind::group_filter`].
    pub group_filter: Option<String>,
    /// The entry of the password policy for everybody who has none of their own (`ppolicy_default` of OpenLDAP), where the
    /// directory does not tell it: only its administrators may read `cn=config`. Not for Active Directory.
    pub default_policy: Option<String>,
    /// How attributes are called there.
    pub attributes: Attributes,
}

/// Why a directory cannot be asked with these settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSettings {
    /// No server.
    #[error("a directory needs a server")]
    NoServer,
    /// The authority’s certificate cannot be read.
    #[error("the authority’s certificate is not PEM: -----BEGIN CERTIFICATE----- …")]
    Authority,
    /// No service account, or one without a password: that would be an anonymous bind (RFC 4513, 5.1.2).
    #[error("a directory needs a service account and its password")]
    ServiceAccount,
    /// No base.
    #[error("a directory needs a base, such as OU=Staff,DC=corp,DC=example,DC=com")]
    Base,
    /// A filter that no server would understand.
    #[error("a filter cannot be read: it is written as (objectClass=person)")]
    Filter,
    /// An attribute’s name has other characters than letters, digits, hyphens and dots.
    #[error("an attribute’s name has letters, digits, hyphens and dots only")]
    Attribute,
}

impl Settings {
    /// Presets for `kind`, with what nothing can be presumed of.
    pub fn new(
        kind: Kind,
        servers: Vec<Server>,
        base: impl Into<String>,
        bind_user: impl Into<String>,
        bind_password: Secret,
    ) -> Self {
        Self {
            kind,
            servers,
            authority: None,
            bind_user: bind_user.into(),
            bind_password,
            base: base.into(),
            people_filter: None,
            group_base: None,
            group_filter: None,
            default_policy: None,
            attributes: Attributes::preset(kind),
        }
    }

    /// What is wrong here without asking anybody.
    pub fn check(&self) -> Result<(), BadSettings> {
        if self.servers.is_empty() {
            return Err(BadSettings::NoServer);
        }
        if self.bind_user.trim().is_empty() || self.bind_password.is_empty() {
            return Err(BadSettings::ServiceAccount);
        }
        if self.base.trim().is_empty() {
            return Err(BadSettings::Base);
        }
        if !is_filter(self.people()) || !is_filter(self.groups()) {
            return Err(BadSettings::Filter);
        }
        if self.attributes.are_names() { Ok(()) } else { Err(BadSettings::Attribute) }
    }

    pub(crate) fn people(&self) -> &str {
        self.people_filter.as_deref().unwrap_or(self.kind.people_filter())
    }

    pub(crate) fn groups(&self) -> &str {
        self.group_filter.as_deref().unwrap_or(self.kind.group_filter())
    }

    pub(crate) fn group_base(&self) -> &str {
        self.group_base.as_deref().unwrap_or(&self.base)
    }
}

/// In brackets, since it becomes a part of another one.
fn is_filter(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') && parse_filter(text).is_ok()
}

impl Kind {
    /// Who is a person, where nobody says otherwise.
    pub const fn people_filter(self) -> &'static str {
        match self {
            Self::ActiveDirectory => "(&(objectCategory=person)(objectClass=user))",
            Self::OpenLdap | Self::Ds389 | Self::FreeIpa | Self::Ldap => "(objectClass=person)",
        }
    }

    /// Which entries are groups, where nobody says otherwise.
    pub const fn group_filter(self) -> &'static str {
        match self {
            Self::ActiveDirectory => "(objectClass=group)",
            Self::FreeIpa => "(objectClass=groupOfNames)",
            Self::OpenLdap | Self::Ds389 | Self::Ldap => {
                "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        let servers = vec!["ldaps://dc1.example".parse().unwrap()];
        Settings::new(Kind::OpenLdap, servers, "dc=example", "cn=svc", Secret::from("secret"))
    }

    #[test]
    fn presets_are_right_for_each_kind() {
        for kind in Kind::ALL {
            let settings = Settings { kind, attributes: Attributes::preset(kind), ..settings() };
            assert_eq!(settings.check(), Ok(()), "{kind}");
        }
    }

    #[test]
    fn each_fault_is_named() {
        let cases = [
            (Settings { servers: Vec::new(), ..settings() }, BadSettings::NoServer),
            (Settings { bind_password: Secret::default(), ..settings() }, BadSettings::ServiceAccount),
            (Settings { bind_user: " ".to_owned(), ..settings() }, BadSettings::ServiceAccount),
            (Settings { base: String::new(), ..settings() }, BadSettings::Base),
            (
                Settings { people_filter: Some("objectClass=person".to_owned()), ..settings() },
                BadSettings::Filter,
            ),
            (Settings { group_filter: Some("(cn=a)(cn=b)".to_owned()), ..settings() }, BadSettings::Filter),
            (Settings { people_filter: Some("(cn=a))(".to_owned()), ..settings() }, BadSettings::Filter),
        ];
        for (settings, fault) in cases {
            assert_eq!(settings.check(), Err(fault));
        }
        let mut odd = settings();
        odd.attributes.username = "mail)(uid=*".to_owned();
        assert_eq!(odd.check(), Err(BadSettings::Attribute));
    }

    #[test]
    fn the_password_is_not_printed() {
        assert!(!format!("{:?}", settings()).contains("secret"));
    }
}
