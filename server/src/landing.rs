//! Where people land after sign-in: where they were going, unless something comes first.

use regain_app::outcome::with_next;
use regain_app::visit::Session;
use regain_core::next_path::NextPath;
use regain_core::registration::{missing, missing_second_factor, reconfirm_due};
use regain_core::role::Role;
use regain_core::time::Timestamp;

use crate::person::Person;
use crate::step_up::{self, Demand};

/// Where a person whose password must be changed goes first.
pub const CHANGE_PASSWORD: &str = "/security-info/change-password";
/// Where a person shows a second factor.
pub const VERIFY: &str = "/signin/verify";
/// Where a person goes who is asked to register or to review.
pub const REGISTER: &str = "/register";
/// The same wizard under the name that the model has for it.
const SSPR_SETUP: &str = "/ssprsetup";
/// The page that says that somebody is in.
const HOME: &str = "/";
/// A person's own methods.
const SECURITY_INFO: &str = "/security-info";

/// Why sign-in stops for security info.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupt {
    /// Required methods are missing (R61).
    Register,
    /// They are there, and it is time to review them (R90).
    Reconfirm,
}

/// What a person is asked for at sign-in. It is asked again at each sign-in until it is done (R74); a session that
/// goes on is left alone (R75).
pub fn interrupt(person: &Person, now: Timestamp) -> Option<Interrupt> {
    // Whom the wizard could not ask for what they have is not stopped for it.
    if !person.effective.interrupts || step_up::demand(person) == Demand::Unavailable {
        return None;
    }
    let due = reconfirm_due(&person.effective, settled_at(person), now);
    if missing(&person.effective, person.working, &person.counted()).is_complete() {
        return due.then_some(Interrupt::Reconfirm);
    }
    // Who once had enough and removed a method is not chased before the review is due (R93); who has too little
    // because the policy asks for more is (R37).
    let removed_by_themselves =
        person.user.registered_at.is_some() && person.policies.asks_since <= settled_at(person);
    (due || !removed_by_themselves).then_some(Interrupt::Register)
}

/// When the person last registered or confirmed. Before that the account's own age counts: what an administrator
/// entered ages, too.
fn settled_at(person: &Person) -> Timestamp {
    let user = &person.user;
    user.confirmed_at.max(user.registered_at).unwrap_or(user.created_at)
}

/// Where a person lands who has just signed in, or just replaced a temporary password.
pub fn after_sign_in(
    person: &Person,
    temporary_password: bool,
    next: Option<&NextPath>,
    now: Timestamp,
) -> String {
    let with = |gate: &str| next.map_or_else(|| gate.to_owned(), |next| with_next(gate, next.as_str()));
    if temporary_password {
        return with(CHANGE_PASSWORD);
    }
    let goal = goal(&person.roles, next);
    let register = |goal: String| {
        if next.is_some_and(is_wizard) { goal } else { with_next(REGISTER, &goal) }
    };
    let beyond = |goal: String| if interrupt(person, now).is_some() { register(goal) } else { goal };
    // Who must have a second factor shows it first, and registers one where there is none.
    match (person.effective.second_factor, step_up::strongest(person)) {
        (true, None) => register(goal),
        (true, Some(_)) => with_next(VERIFY, &beyond(goal)),
        (false, _) => beyond(goal),
    }
}

/// Where a person lands whom a temporary pass let in: at what is missing, else at their security info. Nothing else opens.
pub fn after_pass(person: &Person, next: Option<&NextPath>) -> String {
    let effective = &person.effective;
    let complete = missing(effective, person.working, &person.counted()).is_complete()
        && missing_second_factor(effective, person.registered()).is_none();
    let goal = within_pass(next);
    let wizard = next.is_some_and(is_wizard);
    if complete || wizard || !effective.may_register() { goal } else { with_next(REGISTER, &goal) }
}

/// Where the person was going, as far as a session goes that a temporary pass opened.
fn within_pass(next: Option<&NextPath>) -> String {
    let is_own = |next: &&NextPath| {
        is_wizard(next)
            || next
                .path()
                .strip_prefix(SECURITY_INFO)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    next.filter(is_own).map_or_else(|| SECURITY_INFO.to_owned(), |next| next.as_str().to_owned())
}

/// Where *Looks good* and *Not now* lead: where the person was going.
pub fn after_registration(session: &Session, next: Option<&NextPath>) -> String {
    if session.by_pass {
        return within_pass(next.filter(|next| !is_wizard(next)));
    }
    goal(&session.roles, next.filter(|next| !is_wizard(next)))
}

/// Where a shown second factor leads: where the person was going, the wizard included.
pub fn after_step_up(session: &Session, next: Option<&NextPath>) -> String {
    if session.by_pass {
        return within_pass(next);
    }
    goal(&session.roles, next)
}

/// Whether the wizard itself is where the person was going: it leads on, not back to its start.
pub fn is_wizard(next: &NextPath) -> bool {
    [REGISTER, SSPR_SETUP].iter().any(|wizard| {
        next.path().strip_prefix(wizard).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Where the person was going; without that administrators go to the portal, everybody else to the page that says that
/// they are in.
fn goal(roles: &[Role], next: Option<&NextPath>) -> String {
    match next {
        Some(next) if next.path() != HOME => next.as_str().to_owned(),
        _ if roles.is_empty() => HOME.to_owned(),
        _ => "/admin".to_owned(),
    }
}
