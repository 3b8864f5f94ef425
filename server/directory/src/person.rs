//! A person as the directory has them.

use regain_core::time::Timestamp;

/// `objectGUID`, `entryUUID`, `nsUniqueId` or `ipaUniqueID`, as lower-case text. A name can be given to somebody else, and an
/// entry can move: this stays (T108).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(pub String);

/// A person and the state of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What stays.
    pub id: PersonId,
    /// Where the entry is at the moment.
    pub dn: String,
    /// userPrincipalName or the primary mail address; `None` where the entry has neither.
    pub username: Option<String>,
    /// `sAMAccountName` or `uid`.
    pub account_name: Option<String>,
    /// The full name to show.
    pub display_name: Option<String>,
    /// First name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// The primary mail address. Never a method: somebody who is locked out cannot read it.
    pub mail: Option<String>,
    /// Mobile numbers, as written there.
    pub mobiles: Vec<String>,
    /// Office numbers, as written there.
    pub office_phones: Vec<String>,
    /// Other mail addresses.
    pub other_mails: Vec<String>,
    /// When the entry was made, where the directory tells: `whenCreated` or `createTimestamp`.
    pub created_at: Option<Timestamp>,
    /// When the entry was changed last, where the directory tells.
    pub changed_at: Option<Timestamp>,
    /// When the person signed in last, where the directory tells.
    pub signed_in_at: Option<Timestamp>,
    /// The DN of the password policy that the entry names as its own: `msDS-ResultantPSO`, `pwdPolicySubentry`,
    /// `krbPwdPolicyReference`. `None`: the policy for everybody. People with the same one have the same [`crate::Rules`],
    /// so that one question answers for all of them.
    pub policy: Option<String>,
    /// What the account may do.
    pub account: Account,
}

/// The state of an account, as far as the directory shows it to whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// An administrator turned it off.
    pub disabled: bool,
    /// The account itself ran out (not the password).
    pub ended: bool,
    /// Too many wrong passwords.
    pub lock: Lock,
    /// The password is to be changed at the next sign-in.
    pub must_change: bool,
    /// When the password was set.
    pub password_set_at: Option<Timestamp>,
    /// When the password runs out.
    pub expiry: Expiry,
    /// Why nobody but its administrators may set its password.
    pub protection: Option<Protection>,
}

/// Whether too many wrong passwords closed an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// It is open.
    Open,
    /// It opens by itself then.
    Until(Timestamp),
    /// Somebody must open it.
    ForGood,
    /// It is closed, and the directory does not say until when.
    Untold,
}

/// When a password runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// It does not.
    Never,
    /// Then, which may be past.
    At(Timestamp),
    /// The directory does not say.
    Unknown,
}

/// What keeps an account from self-service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// `adminCount` is 1: AdminSDHolder rules over its rights.
    AdminCount,
    /// It is in a group that rules the directory.
    PrivilegedGroup,
}
