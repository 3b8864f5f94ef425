//! How well the help desk knows who is calling: by the kinds of proof that were given *for this call*, compared with what
//! a reset of the same person demands (ruling 16).

use crate::method::{Kind, Method, Usable, different_kinds};
use crate::policy::MethodsRequired;

text_enum! {
    /// Who says that a method is the person's.
    pub enum Origin {
        /// The person, who proved it when registering it.
        Registered = "registered",
        /// An administrator or a directory. It may be out of date, or the administrator's own.
        Entered = "entered",
    }
}

text_enum! {
    /// Why a pass may be issued though less was proved than a reset demands. Both are told to Global Administrators and
    /// to the person: what an administrator says is no proof.
    pub enum Override {
        /// The administrator says to have called the office number of the directory back.
        CallBack = "call_back",
        /// For a reason that the administrator wrote.
        Reason = "override",
    }
}

/// A code or a request for the call that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The method, and the line of a phone.
    pub by: Usable,
    /// Who says that it is the person's.
    pub origin: Origin,
}

/// Whether a method can tell who is calling: a message of ours reaches it, and names the call. A code that an app shows
/// is good for signing in, so nobody shall learn to read one out (T42); nor can a passkey be touched over the phone, and
/// what somebody knows by heart or wrote down is what a caller is talked out of.
pub const fn can_tell(method: Method) -> bool {
    match method {
        Method::AppNotification | Method::MobilePhone | Method::OfficePhone | Method::Email => true,
        Method::Passkey | Method::AppCode | Method::RecoveryCode | Method::SecurityQuestions => false,
    }
}

/// How many kinds are proved. What the person registered counts as in a reset: two kinds by ruling 2, and the same method
/// twice is one method. Everything that was entered for the person counts as one kind together, that of the one thing
/// that tells most.
pub fn kinds(evidence: &[Evidence]) -> usize {
    let of = |origin| move |one: &&Evidence| one.origin == origin && can_tell(one.by.method);
    let own: Vec<&Usable> = evidence.iter().filter(of(Origin::Registered)).map(|one| &one.by).collect();
    let with = |entered: &Evidence| kinds_of(&[own.as_slice(), &[&entered.by]].concat());
    let entered = evidence.iter().filter(of(Origin::Entered)).map(with).max();
    entered.unwrap_or(0).max(kinds_of(&own))
}

fn kinds_of(methods: &[&Usable]) -> usize {
    let (phones, others): (Vec<&Usable>, Vec<&Usable>) =
        methods.iter().partition(|one| one.method.kind() == Kind::Phone);
    let mut names: Vec<Method> = phones.iter().map(|one| one.method).collect();
    names.sort_unstable();
    names.dedup();
    different_kinds(others) + different_kinds(phones).min(names.len())
}

/// What is missing until the caller is known as well as somebody who resets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// So many kinds.
    pub kinds: usize,
    /// A proof by something that has been there for a day: whoever took a session over could add all the rest (T65).
    pub settled: bool,
    /// The person's own device: a reset of this person ends there (ruling 15), and no call shows it. Whoever can talk
    /// somebody through an approval can talk them through a call.
    pub device: bool,
}

impl Missing {
    /// Whether it is nothing: the caller is known well enough.
    pub const fn is_nothing(self) -> bool {
        self.kinds == 0 && !self.settled && !self.device
    }

    /// The same for a person whose reset ends on their own device, if `bound`.
    #[must_use]
    pub const fn with_device(self, bound: bool) -> Self {
        Self { device: bound, ..self }
    }
}

/// Compares what was proved with what a reset demands.
pub fn missing(demanded: MethodsRequired, evidence: &[Evidence]) -> Missing {
    let settled = evidence.iter().any(|one| can_tell(one.by.method) && !one.by.young);
    Missing { kinds: demanded.count().saturating_sub(kinds(evidence)), settled: !settled, device: false }
}

/// Whether another proof would lead on.
pub fn adds(demanded: MethodsRequired, evidence: &[Evidence], another: &Evidence) -> bool {
    let before = missing(demanded, evidence);
    let after = missing(demanded, &[evidence, std::slice::from_ref(another)].concat());
    after.kinds < before.kinds || before.settled && !after.settled
}
