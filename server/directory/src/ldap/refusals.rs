//! Why a directory refuses, from what it answers: result code, text and control. Each dialect has its own file. The text
//! itself goes no further than here.

pub(crate) mod active_directory;
pub(crate) mod bind;
pub(crate) mod ppolicy;

use ldap3::LdapResult;

use super::ppolicy::{PolicyError, error};
use crate::kind::Kind;
use crate::outcome::Refusal;

// Result codes (RFC 4511, 4.1.9).
pub(crate) const SUCCESS: u32 = 0;
const OPERATIONS_ERROR: u32 = 1;
const PROTOCOL_ERROR: u32 = 2;
const TIME_LIMIT_EXCEEDED: u32 = 3;
pub(crate) const SIZE_LIMIT_EXCEEDED: u32 = 4;
const STRONGER_AUTH_REQUIRED: u32 = 8;
const REFERRAL: u32 = 10;
const ADMIN_LIMIT_EXCEEDED: u32 = 11;
const UNAVAILABLE_CRITICAL_EXTENSION: u32 = 12;
const CONFIDENTIALITY_REQUIRED: u32 = 13;
const CONSTRAINT_VIOLATION: u32 = 19;
pub(crate) const NO_SUCH_OBJECT: u32 = 32;
const INVALID_CREDENTIALS: u32 = 49;
const INSUFFICIENT_ACCESS_RIGHTS: u32 = 50;
const BUSY: u32 = 51;
const UNAVAILABLE: u32 = 52;
const UNWILLING_TO_PERFORM: u32 = 53;
const OTHER: u32 = 80;

/// What a server answered, as far as it tells why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer<'a> {
    /// The result code.
    pub(crate) code: u32,
    /// The text beside it.
    pub(crate) text: &'a str,
    /// What the control of the password policy says.
    pub(crate) policy: Option<PolicyError>,
}

impl<'a> From<&'a LdapResult> for Answer<'a> {
    fn from(result: &'a LdapResult) -> Self {
        Self { code: result.rc, text: &result.text, policy: error(&result.ctrls) }
    }
}

/// `None`: it was done.
pub(crate) fn of(kind: Kind, result: &LdapResult) -> Option<Refusal> {
    let answer = Answer::from(result);
    if answer.code == SUCCESS {
        return None;
    }
    Some(match kind {
        Kind::ActiveDirectory => active_directory::refusal(answer),
        Kind::OpenLdap | Kind::Ds389 | Kind::FreeIpa | Kind::Ldap => ppolicy::refusal(answer),
    })
}

/// What a result code says by itself.
pub(crate) fn of_code(code: u32) -> Refusal {
    match code {
        TIME_LIMIT_EXCEEDED | ADMIN_LIMIT_EXCEEDED | BUSY | UNAVAILABLE => Refusal::Busy,
        SIZE_LIMIT_EXCEEDED => Refusal::SizeLimit,
        STRONGER_AUTH_REQUIRED | CONFIDENTIALITY_REQUIRED => Refusal::NotEncrypted,
        REFERRAL => Refusal::Elsewhere,
        PROTOCOL_ERROR | UNAVAILABLE_CRITICAL_EXTENSION => Refusal::Unsupported,
        CONSTRAINT_VIOLATION => Refusal::Policy,
        NO_SUCH_OBJECT => Refusal::Gone,
        INSUFFICIENT_ACCESS_RIGHTS => Refusal::NoRight,
        code => Refusal::Other(code),
    }
}

/// Whether the server says that it cannot serve at the moment, whatever it was asked.
pub(crate) const fn is_unwell(code: u32) -> bool {
    matches!(code, OPERATIONS_ERROR | TIME_LIMIT_EXCEEDED | ADMIN_LIMIT_EXCEEDED | BUSY | UNAVAILABLE | OTHER)
}
