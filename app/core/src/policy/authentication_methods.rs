//! The authentication methods policy: each method on or off, for whom, separately for reset and for sign-in; and how far
//! an organisation has gone over to it from the check boxes of the reset policy (R241 to R248).

mod common;
mod edit;
mod judge;
mod membership;
mod migration;
mod offer;
mod policy_method;
mod rules;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::method::{Delivery, Method, MethodSet};
use crate::time::Duration;

pub use common::{COMMON, common_changes, common_value, edit_common, typed_common};
pub use edit::{edit_rules, field as methods_field, rules_changes, typed_rules};
pub use judge::{Governed, MethodsProblem};
pub use membership::Membership;
pub use migration::Migration;
pub use policy_method::PolicyMethod;
pub use rules::{Include, MAX_GROUPS, MethodRules, Purpose, Target};

text_enum! {
    /// Whom a demand is made of; the more people, the later here.
    pub enum Whom {
        /// Nobody.
        Nobody = "nobody",
        /// Everybody who holds an administrator role.
        Administrators = "administrators",
        /// Everybody.
        Everyone = "everyone",
    }
}

/// *Second factor at sign-in*: of whom sign-in demands one. The admin center asks for one all the same.
pub type SecondFactor = Whom;

impl Whom {
    /// Whether it is made of this person.
    pub const fn covers(self, administrator: bool) -> bool {
        match self {
            Whom::Nobody => false,
            Whom::Administrators => administrator,
            Whom::Everyone => true,
        }
    }
}

/// The authentication methods policy, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuthenticationMethodsPolicy {
    /// Which policy counts for reset.
    pub migration: Migration,
    /// The state that the installation began in (R246).
    pub began: Migration,
    /// Of whom sign-in demands a second factor.
    pub second_factor: SecondFactor,
    /// *Choose the new password on the device that approved*: whose reset ends where it was proved.
    pub finish_on_device: Whom,
    /// For how many hours after a reset methods stay as they are, 0 to 72.
    pub hold_hours: u8,
    /// The rules that were saved, by the names of the methods; see [`AuthenticationMethodsPolicy::rules`].
    pub methods: BTreeMap<String, MethodRules>,
}

impl Default for AuthenticationMethodsPolicy {
    fn default() -> Self {
        Self {
            migration: Migration::PreMigration,
            began: Migration::PreMigration,
            second_factor: Whom::Administrators,
            finish_on_device: Whom::Administrators,
            hold_hours: 24,
            methods: BTreeMap::new(),
        }
    }
}

/// What a policy allows: methods, and how a code reaches a mobile phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowed {
    /// The methods.
    pub methods: MethodSet,
    /// Whether codes may be texted to a mobile phone.
    pub text: bool,
    /// Whether a mobile phone may be called.
    pub call: bool,
}

impl Allowed {
    /// These methods, a mobile phone by text and by call.
    pub const fn of(methods: MethodSet) -> Self {
        let mobile = methods.contains(Method::MobilePhone);
        Self { methods, text: mobile, call: mobile }
    }

    /// What either allows.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self {
            methods: self.methods.union(other.methods),
            text: self.text || other.text,
            call: self.call || other.call,
        }
    }

    /// Without the methods that are not in the set.
    #[must_use]
    pub const fn intersect(self, methods: MethodSet) -> Self {
        let mobile = methods.contains(Method::MobilePhone);
        Self {
            methods: self.methods.intersect(methods),
            text: self.text && mobile,
            call: self.call && mobile,
        }
    }

    /// Whether a code may reach a mobile phone this way.
    pub const fn delivers(self, delivery: Delivery) -> bool {
        match delivery {
            Delivery::Text => self.text,
            Delivery::Call => self.call,
        }
    }

    /// The methods that can be carried out: `working` ones, and a mobile phone only by a delivery that works, too.
    pub fn carried_out(self, working: MethodSet, deliveries: &[Delivery]) -> MethodSet {
        let methods = self.methods.intersect(working);
        if deliveries.iter().any(|delivery| self.delivers(*delivery)) {
            methods
        } else {
            methods.without(Method::MobilePhone)
        }
    }
}

impl AuthenticationMethodsPolicy {
    /// The longest hold.
    pub const MAX_HOLD_HOURS: u8 = 72;

    /// For how long after a reset methods stay as they are.
    pub fn hold(&self) -> Duration {
        Duration::from_secs(3_600 * u64::from(self.hold_hours.min(Self::MAX_HOLD_HOURS)))
    }

    /// The rules of a method; its defaults until they are first saved.
    pub fn rules(&self, method: PolicyMethod) -> MethodRules {
        self.methods.get(method.as_str()).cloned().unwrap_or_else(|| MethodRules::default_of(method))
    }

    /// Sets the rules of a method.
    pub fn set_rules(&mut self, method: PolicyMethod, rules: MethodRules) {
        self.methods.insert(method.as_str().to_owned(), rules);
    }

    /// Every group that a rule names, each once.
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = self.methods.values().flat_map(MethodRules::groups).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// What a person with these memberships may use for `purpose`, as far as this policy says.
    pub fn allowed(&self, purpose: Purpose, who: &Membership) -> Allowed {
        self.allowed_where(purpose, |target| target.holds_for(who))
    }

    /// What anybody may use for `purpose`, as far as this policy says.
    pub fn possible(&self, purpose: Purpose) -> Allowed {
        self.allowed_where(purpose, Target::is_for_somebody)
    }

    fn allowed_where(&self, purpose: Purpose, holds: impl Fn(&Target) -> bool) -> Allowed {
        let mut allowed = Allowed::default();
        for method in PolicyMethod::all().filter(|method| method.serves(purpose)) {
            let rules = self.rules(method);
            if holds(rules.target(purpose)) {
                allowed = allowed.union(method.allows(rules.office));
            }
        }
        allowed
    }

    /// The policy after the guide: `chosen` methods are on for reset, the others off, and only this policy counts. What
    /// the check boxes offered to everybody stays for everybody; what only this policy had on keeps its groups.
    #[must_use]
    pub fn migrated(&self, boxes: MethodSet, chosen: &[PolicyMethod], office: bool) -> Self {
        let mut migrated = Self { migration: Migration::Complete, ..self.clone() };
        for method in PolicyMethod::all() {
            let mut rules = self.rules(method);
            if chosen.contains(&method) && (method.is_ticked(boxes) || !rules.reset.on) {
                rules.reset = Target { on: true, ..Target::default() };
            }
            rules.reset.on = chosen.contains(&method);
            rules.office = if method == PolicyMethod::VOICE { office } else { rules.office };
            migrated.set_rules(method, rules);
        }
        migrated
    }

    /// Whether the guide proposes a method: a check box or this policy has it on (R248).
    pub fn is_proposed(&self, boxes: MethodSet, method: PolicyMethod) -> bool {
        method.is_ticked(boxes) || self.rules(method).reset.on
    }

    /// Whether the guide proposes calls to office phones.
    pub fn proposes_office(&self, boxes: MethodSet) -> bool {
        let voice = self.rules(PolicyMethod::VOICE);
        boxes.contains(Method::OfficePhone) || (voice.reset.on && voice.office)
    }
}
