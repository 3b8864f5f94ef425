//! What may be saved: people must be able to use what the policies leave them.

use super::{Allowed, AuthenticationMethodsPolicy, Migration, PolicyMethod, Purpose, SecondFactor};
use crate::method::{Delivery, Kind, Method, MethodSet};
use crate::policy::{MethodsRequired, ResetPolicy, possible_kinds};

/// Why a policy cannot be saved, as its texts know it.
pub type MethodsProblem = &'static str;

/// What the authentication methods policy adds to the check boxes, or puts in their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Governed {
    /// Which policy counts.
    pub migration: Migration,
    /// What the authentication methods policy allows for reset.
    pub allowed: Allowed,
}

impl Governed {
    /// The methods for reset, from both policies (R243, R244), apart from those that never count.
    pub fn methods(self, boxes: MethodSet) -> Allowed {
        let questions = boxes.intersect(MethodSet::of(&[Method::SecurityQuestions]));
        let boxes = boxes.intersect(PolicyMethod::BOXES);
        match self.migration {
            Migration::PreMigration => {
                Allowed::of(boxes).union(self.allowed.intersect(MethodSet::ALL.minus(PolicyMethod::BOXES)))
            }
            Migration::InProgress => Allowed::of(boxes).union(self.allowed),
            Migration::Complete => Allowed::of(questions).union(self.allowed),
        }
    }

    /// The methods that count where `required` are asked for. Where one suffices, security questions never do (ruling
    /// 12), and notifications do not while the check boxes govern (R30, R33).
    pub fn counting(self, boxes: MethodSet, required: MethodsRequired) -> Allowed {
        let all = self.methods(boxes);
        let methods = match required {
            MethodsRequired::Two => all.methods,
            MethodsRequired::One if self.migration.heeds_boxes() => {
                all.methods.without(Method::AppNotification).without(Method::SecurityQuestions)
            }
            MethodsRequired::One => all.methods.without(Method::SecurityQuestions),
        };
        Allowed { methods, ..all }
    }

    /// The first reason why nobody can reset with the methods that both policies leave.
    pub fn obstacle(
        self,
        policy: &ResetPolicy,
        working: MethodSet,
        deliveries: &[Delivery],
    ) -> Option<MethodsProblem> {
        let all = self.methods(policy.methods);
        if all.methods.is_empty() {
            return Some("methods-none");
        }
        let usable = self.counting(policy.methods, policy.methods_required);
        let works = usable.carried_out(working, deliveries);
        match policy.methods_required {
            MethodsRequired::One => self.obstacle_to_one(all.methods, usable.methods, works),
            MethodsRequired::Two if possible_kinds(usable.methods) < 2 => Some("methods-one-kind"),
            MethodsRequired::Two if possible_kinds(works) < 2 => Some("methods-one-kind-works"),
            MethodsRequired::Two => None,
        }
    }

    fn obstacle_to_one(self, all: MethodSet, usable: MethodSet, works: MethodSet) -> Option<MethodsProblem> {
        let all_are = |kind: Kind| all.iter().all(|method| method.kind() == kind);
        if self.migration.heeds_boxes() && all_are(Kind::App) {
            Some("methods-app-alone")
        } else if all_are(Kind::Questions) {
            Some("methods-questions-alone")
        } else if usable.is_empty() {
            Some("methods-no-effect")
        } else if works.is_empty() {
            Some("methods-none-work")
        } else {
            None
        }
    }
}

impl AuthenticationMethodsPolicy {
    /// What it adds for somebody.
    pub fn governs(&self) -> Governed {
        Governed { migration: self.migration, allowed: self.possible(Purpose::Reset) }
    }

    /// Why sign-in could not be passed: a second factor is demanded, and none can be used.
    pub fn obstacle_at_sign_in(&self, working: MethodSet, deliveries: &[Delivery]) -> Option<MethodsProblem> {
        let none = self.possible(Purpose::SignIn).carried_out(working, deliveries).is_empty();
        (self.second_factor != SecondFactor::Nobody && none).then_some("second-factor-none-works")
    }
}
