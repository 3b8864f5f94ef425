//! One way a person can prove who they are, and everything that they have of the kind.

use std::str::FromStr as _;

use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::method::{Age, Kind, Method, Usable};
use regain_store::User;
use uuid::Uuid;

use super::Changes;

/// One way a person can prove who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Which method.
    pub method: Method,
    /// The registered method's row; `None` for data that an administrator entered, and for questions.
    pub method_id: Option<Uuid>,
    /// Address, or number in E.164.
    pub destination: Option<String>,
    /// Of a phone the key of its line.
    pub line: Option<String>,
    /// Whether codes go to it at all. What was registered before its range was known to cost extra proves nothing (T62).
    pub reachable: bool,
    /// Whether it has been there long enough to count towards a reset (T65).
    pub age: Age,
}

impl Factor {
    /// One that has been there long enough. A number is read once, here: that takes longer than all else of a factor.
    pub fn new(method: Method, method_id: Option<Uuid>, destination: Option<String>) -> Self {
        let number = destination.as_deref().filter(|_| method.kind() == Kind::Phone);
        let read = number.map(|number| PhoneNumber::parse(number, None));
        let line = match &read {
            Some(Ok(number)) => Some(number.line()),
            // What is no number (any more) is its own line.
            _ => number.map(ToOwned::to_owned),
        };
        let reachable = !matches!(read, Some(Ok(number)) if number.is_premium());
        Self { method, method_id, destination, line, reachable, age: Age::Settled }
    }

    /// The factor as the rules count kinds.
    pub fn usable(&self) -> Usable {
        let usable = match &self.line {
            Some(line) => Usable::phone(self.method, line),
            None => Usable::new(self.method),
        };
        usable.with_youth(self.age != Age::Settled)
    }
}

/// Everything registered or entered, strongest first and each method's oldest first. What the person registered comes
/// first; what an administrator entered fills the gap (R96, R99).
pub(super) fn all(
    methods: Vec<regain_store::Method>,
    user: &User,
    answered: bool,
    changes: &Changes,
) -> Vec<Factor> {
    let registered = methods.into_iter().filter_map(|row| {
        let method = Method::from_str(&row.method).ok()?;
        Some(Factor::new(method, Some(row.id), row.destination))
    });
    let mut factors: Vec<Factor> = registered.collect();
    for (method, destination) in entered(user) {
        let has = |factor: &Factor| factor.method == method && factor.reachable;
        if destination.is_some() && !factors.iter().any(has) {
            // Numbers at which codes would cost extra count as missing, too (T62).
            factors.extend(Some(Factor::new(method, None, destination)).filter(|factor| factor.reachable));
        }
    }
    if answered {
        factors.push(Factor::new(Method::SecurityQuestions, None, None));
    }
    for factor in &mut factors {
        factor.age = changes.age(factor);
    }
    factors.sort_by_key(|factor| Method::ALL.iter().position(|method| *method == factor.method));
    factors
}

/// What an administrator entered, as codes go there.
pub(crate) fn entered(user: &User) -> [(Method, Option<String>); 3] {
    [
        (Method::Email, user.alternate_email.as_deref().and_then(email)),
        (Method::MobilePhone, user.mobile_phone.as_deref().and_then(phone)),
        (Method::OfficePhone, user.office_phone.as_deref().and_then(phone)),
    ]
}

fn email(text: &str) -> Option<String> {
    EmailAddress::parse(text).ok().map(|address| address.as_str().to_owned())
}

/// Malformed numbers count as missing (R97).
fn phone(text: &str) -> Option<String> {
    PhoneNumber::parse_stored(text).ok().map(|number| number.e164())
}
