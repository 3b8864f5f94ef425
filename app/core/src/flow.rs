//! The reset and unlock wizard: which step a flow is at, derived from facts alone.
//!
//! There is no stored "current step". The facts come from rows that verifiers wrote, under the policy as
//! it is now; so a step cannot be skipped, and a policy tightened half-way counts at once.

use crate::method::{Method, Usable, different_kinds};
use crate::policy::MethodsRequired;
use serde::{Deserialize, Serialize};

pub use crate::limits::FLOW_LIFE;

text_enum! {
    /// What the person came for.
    pub enum Intent {
        /// *I forgot my password*.
        Reset = "reset",
        /// *I know my password, but still can't sign in*.
        Unlock = "unlock",
        /// *Try out a reset*: begun by somebody who is signed in; it proves that a reset would work, and changes nothing.
        Drill = "drill",
    }
}

text_enum! {
    /// The page that a flow is at.
    pub enum Step {
        /// Choose between reset and unlock.
        ChooseIntent = "choose_intent",
        /// Choose the next method.
        ChooseMethod = "choose_method",
        /// Answer the open challenge.
        Verify = "verify",
        /// All proofs are there: choose a new password.
        NewPassword = "new_password",
        /// All proofs are there: unlock.
        Unlock = "unlock",
        /// All proofs are there: the drill is over.
        Drill = "drill",
        /// The password was reset, the account unlocked or the drill finished by this flow.
        Done = "done",
        /// Too many tries: recovery of this account is locked.
        Locked = "locked",
        /// Fifteen minutes have passed.
        Expired = "expired",
        /// Cancelled, or overtaken by another flow of the account.
        Closed = "closed",
    }
}

text_enum! {
    /// How a flow ended.
    pub enum Ending {
        /// The password was reset or the account unlocked by it.
        Done = "done",
        /// It was cancelled, or overtaken by another flow of the account.
        Closed = "closed",
    }
}

/// What is known about a flow at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowFacts {
    /// What the person chose; `None` before the choice.
    pub intent: Option<Intent>,
    /// Whether the choice is offered. It is the same for every name (ruling 5).
    pub offers_unlock: bool,
    /// How many proofs the policy asks for now.
    pub required: MethodsRequired,
    /// The methods that the person may use now, in the order of the page.
    pub usable: Vec<Usable>,
    /// The methods with which this flow has passed, one for each proof row.
    pub proofs: Vec<Usable>,
    /// The method whose challenge waits for its answer.
    pub open_challenge: Option<Method>,
    /// How the flow ended, if it did.
    pub ending: Option<Ending>,
    /// Whether the flow is past its life.
    pub expired: bool,
    /// Whether recovery of the account is locked.
    pub locked: bool,
}

impl FlowFacts {
    /// The intent that holds: the chosen one, or a reset where there is no choice. A drill stays one, whatever is offered.
    pub fn intent_now(&self) -> Option<Intent> {
        match self.intent {
            Some(Intent::Drill) => Some(Intent::Drill),
            chosen if self.offers_unlock => chosen,
            _ => Some(Intent::Reset),
        }
    }

    /// The proofs that still count: those whose method the person may still use (T26, T28).
    fn standing_proofs(&self) -> impl Iterator<Item = &Usable> {
        self.proofs.iter().filter(|proof| self.usable.contains(proof))
    }

    /// How many different kinds have been proved.
    pub fn kinds_passed(&self) -> usize {
        different_kinds(self.standing_proofs())
    }

    /// How many more proofs are needed: a kind for each gate, and for one of them a method that has been there for a day
    /// (T65).
    pub fn kinds_left(&self) -> usize {
        let lacks_old = !self.standing_proofs().any(|proof| !proof.young);
        self.required.count().saturating_sub(self.kinds_passed()).max(usize::from(lacks_old))
    }

    /// The methods that lead on, in the order of the page: those that would add a kind. Where one more is needed and
    /// only new ones were proved, it is an older one.
    pub fn remaining(&self) -> Vec<&Usable> {
        let adds_a_kind = |method: &&Usable| !self.standing_proofs().any(|proof| proof.same_kind(method));
        let adding: Vec<&Usable> = self.usable.iter().filter(adds_a_kind).collect();
        if self.kinds_left() > 1 || self.standing_proofs().any(|proof| !proof.young) {
            return adding;
        }
        let old: Vec<&Usable> = adding.into_iter().filter(|method| !method.young).collect();
        // The only older one may be of a kind that a new one proved.
        if old.is_empty() { self.usable.iter().filter(|method| !method.young).collect() } else { old }
    }
}

/// The page that a flow is at.
pub fn step(facts: &FlowFacts) -> Step {
    match facts.ending {
        Some(Ending::Done) => return Step::Done,
        Some(Ending::Closed) => return Step::Closed,
        None => {}
    }
    if facts.locked {
        return Step::Locked;
    }
    if facts.expired {
        return Step::Expired;
    }
    match facts.intent_now() {
        None => Step::ChooseIntent,
        Some(_) if facts.kinds_left() > 0 => {
            if facts.open_challenge.is_some() {
                Step::Verify
            } else {
                Step::ChooseMethod
            }
        }
        Some(Intent::Reset) => Step::NewPassword,
        Some(Intent::Unlock) => Step::Unlock,
        Some(Intent::Drill) => Step::Drill,
    }
}
