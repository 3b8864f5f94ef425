//! Addresses and numbers at which a person can be reached.

pub mod country;
pub mod domain;
pub mod email;
pub mod phone;
mod premium;

pub use country::Country;
pub use email::{EmailAddress, EmailProblem};
pub use phone::{PhoneNumber, PhoneProblem};
