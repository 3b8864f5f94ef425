//! What people carry: an authenticator and a passkey, in software. Tests of the server mount both files, too.

pub mod passkey;
pub mod phone;
