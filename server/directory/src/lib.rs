//! Where passwords live: in Regain's own database, or in a directory of the organisation.

mod kind;
mod local;
mod outcome;
mod person;
mod rules;

pub use kind::{Kind, NoKind};
pub use local::{HashError, Hasher, Peppers, Place, Verdict};
pub use outcome::{Away, BindVerdict, Failure, Refusal};
pub use person::{Account, Expiry, Lock, Person, PersonId, Protection};
pub use rules::{Lockout, Rules, Source};
