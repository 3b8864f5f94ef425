//! How asking a directory for something ends.

use std::fmt;
use std::time::Duration;

/// Why something was not done, or not for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The directory said no: nothing changed.
    Refused(Refusal),
    /// Nobody could be asked: nothing changed.
    Away(Away),
    /// The request left and no answer came. It may have been done. Never sent again blindly.
    Unknown,
}

/// Why nobody could be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Away {
    /// Nothing takes a connection there.
    NotReached,
    /// It does not answer in time.
    Silent,
    /// The certificate is wrong.
    Certificate(BadCertificate),
    /// The server does not offer StartTLS, or no TLS.
    NoTls,
    /// The service account cannot sign in.
    ServiceAccount,
    /// It answered something that cannot be understood, or ended the connection.
    Garbled,
    /// It answers, and says that it cannot serve at the moment.
    Busy,
    /// After several failures nobody asks for so long.
    Resting(Duration),
}

impl fmt::Display for Away {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotReached => "nothing takes a connection there",
            Self::Silent => "the server does not answer in time",
            Self::Certificate(fault) => return fault.fmt(f),
            Self::NoTls => "the server does not offer TLS",
            Self::ServiceAccount => "the server does not accept the service account’s name and password",
            Self::Garbled => "the server answered something that cannot be understood, or hung up",
            Self::Busy => "the server says that it cannot serve at the moment",
            Self::Resting(time) => {
                return write!(f, "after several failures nobody asks for {} s", time.as_secs().max(1));
            }
        })
    }
}

/// How a server’s certificate is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCertificate {
    /// No authority that is trusted signed it.
    #[error("nobody who is trusted signed the server’s certificate: name the authority that did")]
    UnknownIssuer,
    /// It is for other names, which are these, where it tells.
    #[error("the server’s certificate is for {}", names(.0))]
    OtherName(Vec<String>),
    /// Its time is over.
    #[error("the server’s certificate has run out")]
    RunOut,
    /// Its time has not come: it is new, or a clock is wrong.
    #[error("the server’s certificate is not valid yet: is this machine’s clock right?")]
    NotYet,
    /// Its authority took it back.
    #[error("the server’s certificate was revoked")]
    Revoked,
    /// Anything else: another purpose, an authority’s own certificate.
    #[error("the server’s certificate cannot be used for a server")]
    Unusable,
}

fn names(names: &[String]) -> String {
    if names.is_empty() { "another name".to_owned() } else { format!("{} only", names.join(", ")) }
}

/// Why a directory refuses. Each has one plain sentence, in the catalogue of `app`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too short; how long it must be, where that is told.
    TooShort(Option<u32>),
    /// Longer than the directory takes.
    TooLong,
    /// Too few kinds of characters, or what its quality module says.
    NotComplex,
    /// One of the last ones.
    InHistory,
    /// It is the present one.
    Unchanged,
    /// The present one may not be changed yet.
    TooYoung,
    /// Against the policy; the directory does not say against which rule (Windows never does).
    Policy,
    /// It contains what the directory cannot take: a control character, a null character.
    Unfit,
    /// The old password is wrong.
    WrongOld,
    /// The account is locked.
    Locked,
    /// The account is turned off.
    Disabled,
    /// The account has ended.
    Ended,
    /// The password has run out.
    Expired,
    /// The password must be changed first.
    MustChange,
    /// An account that only its administrators may change.
    Protected,
    /// The service account may not do that here.
    NoRight,
    /// The owner may not change it, by policy.
    NotByOwner,
    /// The entry is gone, or outside the base.
    Gone,
    /// More than one entry fits.
    Several,
    /// The server only reads.
    ReadOnly,
    /// Another server keeps this entry, and nobody follows a referral there.
    Elsewhere,
    /// The server wants encryption that this connection has not.
    NotEncrypted,
    /// The server is busy, or has no room.
    Busy,
    /// The server gives this account only so many entries, and there are more.
    SizeLimit,
    /// The server does not know the operation.
    Unsupported,
    /// Anything else: the LDAP result code.
    Other(u32),
}

/// How asking for a password ends: a bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindVerdict {
    /// Right.
    Right,
    /// Right, and it must be changed first.
    MustChange,
    /// Right, and it has run out.
    Expired,
    /// Wrong, or the directory does not say.
    Wrong,
    /// Locked: nothing is said about the password.
    Locked,
    /// Right, and the account is turned off.
    Disabled,
    /// Right, and the account has ended.
    Ended,
}
