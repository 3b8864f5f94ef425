//! The settings that an administrator makes, their defaults, and what may be saved.

mod authentication_methods;
mod changes;
mod edit;
mod effective;
mod helpdesk;
mod others;
mod settings;
mod validate;

pub use authentication_methods::{
    Allowed, AuthenticationMethodsPolicy, COMMON, Governed, Include, MAX_GROUPS, Membership, MethodRules,
    MethodsProblem, Migration, PolicyMethod, Purpose, SecondFactor, Target, Whom, common_changes,
    common_value, edit_common, edit_rules, methods_field, rules_changes, typed_common, typed_rules,
};
pub use changes::{Change, changes};
pub use edit::{NO, YES, edit, parse_yes_no, typed, whole_number, yes_no};
pub use effective::{AdministratorPolicy, EffectivePolicy, Policies, Standing};
pub use helpdesk::{HelpdeskLink, HelpdeskProblem};
pub use others::{audit_field, channel_field, protection_field};
pub use settings::{
    Explain, Helpdesk, MethodsRequired, Notifications, Question, QuestionSettings, Registration, ResetPolicy,
    Scope,
};
pub use validate::{Available, PolicyProblem, RECONFIRM_DAYS_MAX, Tab, field, possible_kinds};
