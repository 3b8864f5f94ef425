//! Where passwords live: in Regain's own database, or in a directory of the organisation.

mod kind;
mod ldap;
mod local;
mod outcome;
mod person;
mod rules;

pub use kind::{Kind, NoKind};
pub use ldap::{
    Attributes, BadSettings, Directory, Done, Encryption, Excess, Found, Group, GroupId, Groups, Limits,
    Missing, NoServer, Page, People, Product, Right, Rights, Root, Server, Session, SetOptions, Settings,
};
pub use local::{HashError, Hasher, Peppers, Place, Verdict};
pub use outcome::{Away, BadCertificate, BindVerdict, Failure, Refusal};
pub use person::{Account, Expiry, Lock, Person, PersonId, Protection};
pub use rules::{Lockout, Rules, Source};
