//! What a person still has to register, and what is proposed.

use crate::method::{Kind, Method, MethodSet, Usable, different_kinds};
use crate::policy::EffectivePolicy;
use crate::time::{Duration, Timestamp};

const DAY: u64 = 24 * 60 * 60;

/// What is still missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// How many more different kinds are needed; 0 when the person is registered (R77).
    pub kinds: usize,
    /// The methods that would add a kind, strongest first; more may be here than are needed.
    pub choices: Vec<Method>,
}

impl Missing {
    /// Whether enough is registered.
    pub fn is_complete(&self) -> bool {
        self.kinds == 0
    }

    /// The methods to propose: as few as are needed, strongest first, one of each kind (R69).
    pub fn proposals(&self) -> Vec<Method> {
        let mut proposals: Vec<Method> = Vec::new();
        for method in &self.choices {
            if proposals.len() < self.kinds && !proposals.iter().any(|p| p.kind() == method.kind()) {
                proposals.push(*method);
            }
        }
        proposals
    }

    /// Whether the person is asked for something that nothing allowed can give (R89).
    pub fn is_dead_end(&self) -> bool {
        self.proposals().len() < self.kinds
    }
}

/// What a person with the methods `have` is missing. Only methods that the policy allows and that work
/// count; what was registered for others stays stored (R34, R35).
pub fn missing(policy: &EffectivePolicy, working: MethodSet, have: &[Usable]) -> Missing {
    let allowed = policy.methods.intersect(working);
    let counting: Vec<&Usable> = have.iter().filter(|method| allowed.contains(method.method)).collect();
    let kinds = policy.required.count().saturating_sub(different_kinds(counting.iter().copied()));
    let adds_a_kind = |method: &Method| match method.kind() {
        Kind::Phone => !counting.iter().any(|have| have.method == *method),
        kind => !counting.iter().any(|have| have.method.kind() == kind),
    };
    Missing { kinds, choices: allowed.iter().filter(adds_a_kind).collect() }
}

/// What is missing where sign-in demands a second factor: one of the methods that may be that, unless one of the
/// `registered` ones is. Its choices come first (R72).
pub fn missing_second_factor(policy: &EffectivePolicy, registered: MethodSet) -> Option<Missing> {
    let may_be = policy.sign_in.methods;
    let lacks = policy.second_factor && may_be.intersect(registered).is_empty();
    lacks.then(|| Missing { kinds: 1, choices: may_be.iter().collect() })
}

/// Whether a person is asked to review the registered methods, `confirmed` being the last time that they
/// registered or confirmed (R57, R58, R90).
pub fn reconfirm_due(policy: &EffectivePolicy, confirmed: Timestamp, now: Timestamp) -> bool {
    policy
        .reconfirm_days
        .is_some_and(|days| now.since(confirmed) >= Duration::from_secs(u64::from(days) * DAY))
}
