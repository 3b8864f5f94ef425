//! Whether a person may reset or unlock, and the first reason why not (R116).

use crate::method::{Usable, different_kinds, suffice};
use crate::policy::{MethodsRequired, Standing};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The state of the directory that holds the password.
    pub enum DirectoryState {
        /// Regain itself holds it.
        Local = "local",
        /// Another directory holds it, and Regain can write to it.
        Writable = "writable",
        /// Another directory holds it, and writing to it is switched off.
        WritebackOff = "writeback_off",
        /// The directory refuses Regain because something is set up wrongly.
        Misconfigured = "misconfigured",
        /// The directory does not answer.
        Unreachable = "unreachable",
    }
}

text_enum! {
    /// Why a reset is refused. Told on the page only where the policy explains.
    pub enum Refusal {
        /// There is no such account.
        Unknown = "unknown",
        /// The account may not sign in.
        Blocked = "blocked",
        /// The organisation has switched reset off.
        SwitchedOff = "SSPR_0009",
        /// The password is managed elsewhere, and writing it back is not enabled.
        WritebackOff = "SSPR_0010",
        /// No policy is defined: *Selected* without a group.
        NoPolicy = "SSPR_0011",
        /// The person is not in the group.
        NotInScope = "SSPR_0013",
        /// The person has too few methods that can be used.
        NotRegistered = "SSPR_0014",
        /// The person has enough methods, all of them added or replaced within a day (T65).
        TooNew = "too_new",
        /// The directory is set up wrongly.
        DirectoryMisconfigured = "SSPR_0029",
        /// The directory cannot be reached.
        DirectoryUnreachable = "SSPR_0030",
    }
}

impl Refusal {
    /// The code that pages, the audit log and the help desk know it by.
    pub const fn as_code(self) -> &'static str {
        match self {
            // The model knows no such reason; it counts methods.
            Self::TooNew => Self::NotRegistered.as_str(),
            other => other.as_str(),
        }
    }
}

/// What is known about a person who wants to reset or unlock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Whether the account exists.
    pub known: bool,
    /// Whether the account is blocked, expired or not yet activated (T156).
    pub blocked: bool,
    /// What the policy says about this person.
    pub standing: Standing,
    /// How many different kinds the person must prove.
    pub required: MethodsRequired,
    /// What the person has registered and the policy allows and works.
    pub usable: Vec<Usable>,
    /// The state of the directory that holds the password.
    pub directory: DirectoryState,
}

/// The methods to offer, or the first reason to refuse.
pub fn check(facts: &Facts) -> Result<&[Usable], Refusal> {
    if !facts.known {
        return Err(Refusal::Unknown);
    }
    if facts.blocked {
        return Err(Refusal::Blocked);
    }
    match facts.standing {
        Standing::Enabled => {}
        Standing::SwitchedOff => return Err(Refusal::SwitchedOff),
        Standing::NoGroup => return Err(Refusal::NoPolicy),
        Standing::OutOfScope => return Err(Refusal::NotInScope),
    }
    if different_kinds(&facts.usable) < facts.required.count() {
        return Err(Refusal::NotRegistered);
    }
    if !suffice(&facts.usable, facts.required.count()) {
        return Err(Refusal::TooNew);
    }
    match facts.directory {
        DirectoryState::Local | DirectoryState::Writable => Ok(&facts.usable),
        DirectoryState::WritebackOff => Err(Refusal::WritebackOff),
        DirectoryState::Misconfigured => Err(Refusal::DirectoryMisconfigured),
        DirectoryState::Unreachable => Err(Refusal::DirectoryUnreachable),
    }
}
