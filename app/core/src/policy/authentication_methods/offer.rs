//! What a policy offers for reset, to tell whether another one asks people for something else.

use super::{Allowed, AuthenticationMethodsPolicy, Governed, Include, PolicyMethod, Target};
use crate::method::MethodSet;
use crate::policy::ResetPolicy;

/// What is offered for reset, however the policy comes to it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Offer {
    /// To everybody.
    everybody: Allowed,
    /// To some people only, and nothing of the above.
    some: Vec<(Allowed, Target)>,
}

impl AuthenticationMethodsPolicy {
    /// Whether each person is offered the same for reset under this policy and under `other`, beside this reset policy.
    /// Sign-in, and of whom it demands a second factor, do not matter for that.
    pub fn offers_the_same(&self, other: &Self, reset: &ResetPolicy) -> bool {
        self.offer(reset) == other.offer(reset)
    }

    fn offer(&self, reset: &ResetPolicy) -> Offer {
        let counting = |allowed: Allowed, boxes: MethodSet| {
            let governed = Governed { migration: self.migration, allowed };
            governed.counting(boxes, reset.methods_required)
        };
        let lines = PolicyMethod::all().map(|method| {
            let rules = self.rules(method);
            (method.allows(rules.office), rules.reset)
        });
        let on = lines.filter(|(_, target)| target.is_for_somebody());
        let (all, some): (Vec<_>, Vec<_>) = on.partition(|(_, target)| is_for_everybody(target));
        let all = all.into_iter().fold(Allowed::default(), |all, (allowed, _)| all.union(allowed));
        let everybody = counting(all, reset.methods);
        let some = some.into_iter().map(|(allowed, target)| (counting(allowed, MethodSet::EMPTY), target));
        let some = some.filter(|(allowed, _)| everybody.union(*allowed) != everybody);
        Offer { everybody, some: some.map(|(allowed, target)| (allowed, in_order(target))).collect() }
    }
}

fn is_for_everybody(target: &Target) -> bool {
    target.include == Include::All && target.exclude.is_empty()
}

/// The same with its groups in one order.
fn in_order(mut target: Target) -> Target {
    if let Include::Selected(groups) = &mut target.include {
        groups.sort_unstable();
    }
    target.exclude.sort_unstable();
    target
}
