//! Addresses and numbers at which a person can be reached.

#[cfg(feature = "phone")]
pub mod country;
pub mod domain;
pub mod email;
#[cfg(feature = "phone")]
pub mod phone;

#[cfg(feature = "phone")]
pub use country::Country;
pub use email::{EmailAddress, EmailProblem};
#[cfg(feature = "phone")]
pub use phone::{PhoneNumber, PhoneProblem};
