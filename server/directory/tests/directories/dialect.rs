//! What each directory answers, and what it cannot do: once for all cells of the matrix.

use regain_directory::{BindVerdict, Kind, Refusal};

use crate::judges::Verdict;

/// How a directory answers a reset that breaks a rule which is meant for the owner's own change.
pub enum AtReset {
    /// As at a change.
    Refused(Refusal),
    /// It sets the password; why.
    Accepted(&'static str),
}

/// A directory's answers.
pub struct Dialect {
    pub kind: Kind,
    /// The account locked by wrong passwords opens by itself again.
    pub lock_ends: bool,
    /// Of an account that is turned off, with the right password.
    pub turned_off: BindVerdict,
    pub too_short: Refusal,
    /// Shorter than the policy of its own wants.
    pub too_short_for_own: Refusal,
    /// A password that the directory's filter refuses.
    pub banned: Refusal,
    /// A change to the password before.
    pub used_before: Refusal,
    pub used_before_at_reset: AtReset,
    pub young_at_reset: AtReset,
    /// What the new password is after a reset of which no answer came.
    pub without_answer: Verdict,
    /// Whether it keeps when a password was set, to less than a second.
    pub tells_when_set: bool,
    /// A reset of an administrator.
    pub protected: Refusal,
    /// Whether an administrator may change their own password here.
    pub protected_changes: bool,
}

/// Samba, which is what Windows is where it does not say otherwise.
pub const SAMBA: Dialect = Dialect {
    kind: Kind::ActiveDirectory,
    lock_ends: true,
    turned_off: BindVerdict::Disabled,
    too_short: Refusal::TooShort(Some(8)),
    too_short_for_own: Refusal::TooShort(Some(12)),
    banned: Refusal::NotComplex,
    used_before: Refusal::InHistory,
    used_before_at_reset: AtReset::Accepted(
        "a domain controller looks at the history of a reset only with the control of policy hints, which Samba 4.17 has not",
    ),
    young_at_reset: AtReset::Accepted("in a domain the minimum age is for the owner's own change"),
    without_answer: Verdict::Right,
    tells_when_set: true,
    protected: Refusal::Protected,
    protected_changes: false,
};

/// With a service account that may write: everything holds for it as for the owner.
pub const OPENLDAP: Dialect = Dialect {
    kind: Kind::OpenLdap,
    lock_ends: false,
    // It keeps *turned off* and *locked* in one attribute.
    turned_off: BindVerdict::Locked,
    too_short: Refusal::TooShort(None),
    too_short_for_own: Refusal::TooShort(None),
    banned: Refusal::NotComplex,
    used_before: Refusal::InHistory,
    used_before_at_reset: AtReset::Refused(Refusal::InHistory),
    young_at_reset: AtReset::Refused(Refusal::TooYoung),
    without_answer: Verdict::Right,
    tells_when_set: false,
    protected: Refusal::NoRight,
    protected_changes: true,
};

/// 389 Directory Server.
pub const DS389: Dialect = Dialect {
    kind: Kind::Ds389,
    lock_ends: false,
    // It says so before it looks at the password.
    turned_off: BindVerdict::Locked,
    // It has one answer for everything that its syntax check finds.
    too_short: Refusal::NotComplex,
    too_short_for_own: Refusal::NotComplex,
    banned: Refusal::NotComplex,
    used_before: Refusal::InHistory,
    used_before_at_reset: AtReset::Refused(Refusal::InHistory),
    young_at_reset: AtReset::Refused(Refusal::TooYoung),
    // It marks what the service account set as to be changed, which a second request takes back.
    without_answer: Verdict::MustChange,
    // Nor to a second, without `passwordTrackUpdateTime`.
    tells_when_set: false,
    protected: Refusal::NoRight,
    protected_changes: true,
};
