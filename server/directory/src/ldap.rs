//! Directories that speak LDAP: Active Directory, OpenLDAP, 389 Directory Server, FreeIPA and others.

mod attributes;
mod ber;
mod breaker;
mod connection;
mod controls;
mod directory;
mod entry;
mod groups;
mod limits;
mod people;
mod ppolicy;
mod refusals;
mod rights;
mod root;
mod rules;
mod search;
mod server;
mod session;
mod settings;
#[cfg(test)]
mod stub;
mod values;
mod wire;
mod write;

pub use attributes::Attributes;
pub use directory::Directory;
pub use groups::{Group, GroupId};
pub use limits::Limits;
pub use rights::{Excess, Right, Rights};
pub use root::{Product, Root};
pub use server::{Encryption, NoServer, Server};
pub use session::{Found, Groups, Page, People, Session};
pub use settings::{BadSettings, Settings};
pub use write::{Done, Missing, SetOptions};
