//! The policy that holds for one person: the users' or the administrators'.

use super::{MethodsRequired, ResetPolicy, Scope};
use crate::method::{Method, MethodSet};
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
    /// Whether unlocking without a reset is offered.
    pub unlock_allowed: bool,
    /// Whether sign-in stops for registration.
    pub interrupts: bool,
    /// After how many days people reconfirm; `None` is never.
    pub reconfirm_days: Option<u16>,
}

impl EffectivePolicy {
    /// The policy for a person with these roles. `in_scope` says whether the person is in the chosen
    /// group, directly or through nested groups; it does not matter for *None* and *All*.
    pub fn for_person(
        policy: &ResetPolicy,
        administrators: AdministratorPolicy,
        roles: &[Role],
        in_scope: bool,
    ) -> Self {
        let administrator = is_administrator(roles);
        let standing = if administrator {
            if administrators.enabled { Standing::Enabled } else { Standing::SwitchedOff }
        } else {
            standing_of_user(&policy.scope, in_scope)
        };
        let (required, methods) = if administrator {
            (AdministratorPolicy::METHODS_REQUIRED, AdministratorPolicy::METHODS)
        } else {
            (policy.methods_required, policy.effective_methods())
        };
        let interrupts = policy.registration.required_at_sign_in
            && standing == Standing::Enabled
            && policy.scope != Scope::None;
        let reconfirm_days = Some(policy.registration.reconfirm_days).filter(|days| interrupts && *days > 0);
        let unlock_allowed = policy.unlock_allowed;
        Self { administrator, standing, required, methods, unlock_allowed, interrupts, reconfirm_days }
    }

    /// Whether the person may reset.
    pub fn is_enabled(&self) -> bool {
        self.standing == Standing::Enabled
    }
}

fn standing_of_user(scope: &Scope, in_scope: bool) -> Standing {
    match scope {
        Scope::None => Standing::SwitchedOff,
        Scope::Selected(None) => Standing::NoGroup,
        Scope::Selected(Some(_)) if !in_scope => Standing::OutOfScope,
        Scope::Selected(Some(_)) | Scope::All => Standing::Enabled,
    }
}

impl ResetPolicy {
    /// The ticked methods that have an effect. Where one method suffices, notifications do not count
    /// (R30) and neither do security questions, which are never the only proof (ruling 12).
    pub fn effective_methods(&self) -> MethodSet {
        match self.methods_required {
            MethodsRequired::One => {
                self.methods.without(Method::AppNotification).without(Method::SecurityQuestions)
            }
            MethodsRequired::Two => self.methods,
        }
    }
}
