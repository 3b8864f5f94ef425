//! How asking a directory for something ends.

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
    /// The certificate is wrong: unknown issuer, other name, run out. What is wrong, in our words.
    Certificate(String),
    /// The server does not offer StartTLS, or no TLS.
    NoTls,
    /// The service account cannot sign in.
    ServiceAccount,
    /// It answered something that cannot be understood, or ended the connection.
    Garbled,
    /// After several failures nobody asks for so long.
    Resting(Duration),
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
