//! The policy that holds for one person: the users' or the administrators'.

use super::{
    Allowed, AuthenticationMethodsPolicy, Governed, Membership, MethodsRequired, PolicyMethod, Purpose,
    ResetPolicy, Scope,
};
use crate::method::{Delivery, Method, MethodSet};
use crate::role::{Role, is_administrator};
use serde::{Deserialize, Serialize};

/// The administrators' own policy: two methods, never questions; only a switch can be set (R209 to R214).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AdministratorPolicy {
    /// Whether administrators may reset their own password.
    pub enabled: bool,
}

impl AdministratorPolicy {
    /// Always two.
    pub const METHODS_REQUIRED: MethodsRequired = MethodsRequired::Two;

    /// Every method but security questions (R54).
    pub const METHODS: MethodSet = MethodSet::ALL.without(Method::SecurityQuestions);
}

impl Default for AdministratorPolicy {
    fn default() -> Self {
        Self { enabled: true }
    }
}

text_enum! {
    /// What the policy says about a person.
    pub enum Standing {
        /// May reset.
        Enabled = "enabled",
        /// Reset is switched off, for all or for administrators.
        SwitchedOff = "switched_off",
        /// *Selected* is chosen without a group: nobody is enabled (R11).
        NoGroup = "no_group",
        /// Not in the chosen group.
        OutOfScope = "out_of_scope",
    }
}

/// Every policy of the organisation that says what a person may do.
#[derive(Clone, Copy, Debug)]
pub struct Policies<'a> {
    /// The reset policy.
    pub reset: &'a ResetPolicy,
    /// The administrators' own policy.
    pub administrators: AdministratorPolicy,
    /// The authentication methods policy.
    pub methods: &'a AuthenticationMethodsPolicy,
}

impl<'a> Policies<'a> {
    /// Every group that decides about somebody, each once.
    pub fn groups(&self) -> Vec<&'a str> {
        let mut groups = self.methods.groups();
        groups.extend(self.reset.scope.group().filter(|group| !groups.contains(group)));
        groups
    }

    /// What a person with these memberships may use for reset, unless the administrators' policy holds.
    pub fn for_reset(&self, who: &Membership) -> Allowed {
        let allowed = self.methods.allowed(Purpose::Reset, who);
        let governed = Governed { migration: self.methods.migration, allowed };
        governed.counting(self.reset.methods, self.reset.methods_required)
    }

    /// What an administrator may use for reset: fixed, apart from methods that only the authentication methods policy
    /// knows (R209).
    fn for_administrators_reset(&self, who: &Membership) -> Allowed {
        let fixed = Allowed::of(AdministratorPolicy::METHODS.intersect(PolicyMethod::BOXES));
        let others = AdministratorPolicy::METHODS.minus(PolicyMethod::BOXES);
        fixed.union(self.methods.allowed(Purpose::Reset, who).intersect(others))
    }
}

/// The policy that holds for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectivePolicy {
    /// Whether the administrators' policy holds.
    pub administrator: bool,
    /// Whether the person may reset.
    pub standing: Standing,
    /// How many different kinds the person must prove.
    pub required: MethodsRequired,
    /// The methods that may prove them.
    pub methods: MethodSet,
    /// How a code for that may reach a mobile phone.
    pub deliveries: Allowed,
    /// The methods that may be the second factor at sign-in.
    pub sign_in: Allowed,
    /// The methods that the policies let be that, whether they work here at the moment or not.
    pub second_factors: MethodSet,
    /// Whether sign-in demands a second factor.
    pub second_factor: bool,
    /// Whether a reset ends where it was proved: on the phone that approved, in the browser with the passkey.
    pub finishes_on_device: bool,
    /// Whether unlocking without a reset is offered.
    pub unlock_allowed: bool,
    /// Whether sign-in stops for registration.
    pub interrupts: bool,
    /// After how many days people reconfirm; `None` is never.
    pub reconfirm_days: Option<u16>,
}

impl EffectivePolicy {
    /// The policy for a person with these roles, who is in these of the groups that the policies name.
    pub fn for_person(policies: &Policies<'_>, roles: &[Role], who: &Membership) -> Self {
        let (policy, administrator) = (policies.reset, is_administrator(roles));
        let standing = if administrator {
            if policies.administrators.enabled { Standing::Enabled } else { Standing::SwitchedOff }
        } else {
            standing_of_user(&policy.scope, who)
        };
        let (required, deliveries) = if administrator {
            (AdministratorPolicy::METHODS_REQUIRED, policies.for_administrators_reset(who))
        } else {
            (policy.methods_required, policies.for_reset(who))
        };
        let interrupts = policy.registration.required_at_sign_in
            && standing == Standing::Enabled
            && policy.scope != Scope::None;
        let sign_in = policies.methods.allowed(Purpose::SignIn, who);
        let reconfirm_days = Some(policy.registration.reconfirm_days).filter(|days| interrupts && *days > 0);
        Self {
            administrator,
            standing,
            required,
            methods: deliveries.methods,
            deliveries,
            sign_in,
            second_factors: sign_in.methods,
            second_factor: policies.methods.second_factor.covers(administrator),
            finishes_on_device: policies.methods.finish_on_device.covers(administrator),
            unlock_allowed: policy.unlock_allowed,
            interrupts,
            reconfirm_days,
        }
    }

    /// The same where only these methods work, and codes reach a mobile phone only in these ways.
    #[must_use]
    pub fn where_works(mut self, working: MethodSet, deliveries: &[Delivery]) -> Self {
        self.methods = self.deliveries.carried_out(working, deliveries);
        self.sign_in.methods = self.sign_in.carried_out(working, deliveries);
        self
    }

    /// What the person may register: what may be used for reset and, where sign-in demands a second factor, what may be
    /// that.
    pub fn registrable(&self) -> MethodSet {
        match (self.is_enabled(), self.second_factor) {
            (true, true) => self.methods.union(self.sign_in.methods),
            (false, true) => self.sign_in.methods,
            (_, false) => self.methods,
        }
    }

    /// Whether the person is let into registration.
    pub fn may_register(&self) -> bool {
        self.is_enabled() || self.second_factor
    }

    /// Whether the person may reset.
    pub fn is_enabled(&self) -> bool {
        self.standing == Standing::Enabled
    }
}

fn standing_of_user(scope: &Scope, who: &Membership) -> Standing {
    match scope {
        Scope::None => Standing::SwitchedOff,
        Scope::Selected(None) => Standing::NoGroup,
        Scope::Selected(Some(group)) if !who.contains(group) => Standing::OutOfScope,
        Scope::Selected(Some(_)) | Scope::All => Standing::Enabled,
    }
}

impl ResetPolicy {
    /// The ticked methods that have an effect while the check boxes alone govern. Where one method suffices,
    /// notifications do not count (R30) and neither do security questions, which are never the only proof (ruling 12).
    pub fn effective_methods(&self) -> MethodSet {
        Governed::default().counting(self.methods, self.methods_required).methods
    }
}
