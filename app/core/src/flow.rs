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
        /// Too many tries.
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

/// What a proof may have to be.
type Need = fn(&Usable) -> bool;

/// What is known about a flow at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowFacts {
    /// What the person chose; `None` before the choice.
    pub intent: Option<Intent>,
    /// Whether the choice is offered. It is the same for every name (ruling 5).
    pub offers_unlock: bool,
    /// How many proofs the policy asks for now.
    pub required: MethodsRequired,
    /// Whether the policy wants the reset to end on the person's own device, if the person has one that can.
    pub on_device: bool,
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
    /// Whether its tries are used up.
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

    /// Whether a device must prove the reset: the policy wants it and the person has one that can. Unlocking sets no
    /// password that would have to be chosen there.
    fn is_bound(&self) -> bool {
        self.on_device
            && self.intent_now() != Some(Intent::Unlock)
            && self.usable.iter().any(|usable| usable.method.is_of_device())
    }

    fn has_proved(&self, of: impl Fn(Method) -> bool) -> bool {
        self.standing_proofs().any(|proof| of(proof.method))
    }

    /// Whether the new password is chosen on the phone that approved. A passkey proved the browser that asks.
    pub fn ends_on_phone(&self) -> bool {
        self.is_bound()
            && self.intent_now() == Some(Intent::Reset)
            && self.has_proved(|method| method == Method::AppNotification)
            && !self.has_proved(|method| method == Method::Passkey)
    }

    /// What one of the proofs must be and none is yet: a method that has been there for a day (T65), and one of a device
    /// where the policy wants that.
    fn needs(&self) -> Vec<Need> {
        let mut needs = vec![is_old as Need];
        if self.is_bound() {
            needs.push(is_of_device);
        }
        needs.retain(|need| !self.standing_proofs().any(need));
        needs
    }

    /// How many more proofs are needed: a kind for each gate, and whatever one of them must be.
    pub fn kinds_left(&self) -> usize {
        let kinds = self.required.count().saturating_sub(self.kinds_passed());
        kinds.max(usize::from(!self.needs().is_empty()))
    }

    /// The methods that lead on, in the order of the page: those that would add a kind. The last one is also whatever is
    /// still needed, and one before it leaves room for a device.
    pub fn remaining(&self) -> Vec<&Usable> {
        let adds_a_kind = |method: &&Usable| !self.standing_proofs().any(|proof| proof.same_kind(method));
        let adding: Vec<&Usable> = self.usable.iter().filter(adds_a_kind).collect();
        let needs = self.needs();
        if needs.is_empty() {
            return adding;
        }
        if self.kinds_left() > 1 {
            let lacks_device = self.is_bound() && !self.has_proved(Method::is_of_device);
            let leaves_room = |method: &Usable| {
                let device = |other: &&Usable| other.method.is_of_device() && !other.same_kind(method);
                method.method.is_of_device() || adding.iter().any(device)
            };
            return adding.iter().copied().filter(|method| !lacks_device || leaves_room(method)).collect();
        }
        let all = |usable: &&Usable| needs.iter().all(|need| need(usable));
        let any = |usable: &&Usable| needs.iter().any(|need| need(usable));
        let last: Vec<&Usable> = adding.into_iter().filter(all).collect();
        // It may be of a kind that was proved; or no one method is all of it.
        let of_any_kind: Vec<&Usable> = self.usable.iter().filter(all).collect();
        let of_one_need: Vec<&Usable> = self.usable.iter().filter(any).collect();
        [last, of_any_kind, of_one_need].into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }
}

fn is_old(usable: &Usable) -> bool {
    !usable.young
}

fn is_of_device(usable: &Usable) -> bool {
    usable.method.is_of_device()
}

/// The page that a flow is at.
pub fn step(facts: &FlowFacts) -> Step {
    match facts.ending {
        Some(Ending::Done) => return Step::Done,
        Some(Ending::Closed) => return Step::Closed,
        None => {}
    }
    // Wrong tries end what still asks for proofs, and nothing else.
    if facts.locked && (facts.intent_now().is_none() || facts.kinds_left() > 0) {
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
