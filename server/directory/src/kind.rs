//! The products that keep passwords, and how each is spelled.

use std::fmt;
use std::str::FromStr;

/// What stands on the other side. Decides the presets of [`crate::Attributes`] and how a password is set there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Microsoft's, and Samba as a domain controller.
    ActiveDirectory,
    /// OpenLDAP with the overlay `ppolicy`.
    OpenLdap,
    /// 389 Directory Server, Red Hat Directory Server.
    Ds389,
    /// FreeIPA, which is 389 Directory Server with a schema of its own.
    FreeIpa,
    /// Any other server that knows RFC 4511 and RFC 3062.
    Ldap,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::ActiveDirectory, Self::OpenLdap, Self::Ds389, Self::FreeIpa, Self::Ldap];

    /// As `--kind` takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ActiveDirectory => "active-directory",
            Self::OpenLdap => "openldap",
            Self::Ds389 => "389ds",
            Self::FreeIpa => "freeipa",
            Self::Ldap => "ldap",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The kinds there are, for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the kind is one of active-directory, openldap, 389ds, freeipa, ldap")]
pub struct NoKind;

impl FromStr for Kind {
    type Err = NoKind;

    fn from_str(text: &str) -> Result<Self, NoKind> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(NoKind)
    }
}
