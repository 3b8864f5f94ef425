//! From a server's address to a handle on which LDAP can be spoken: connection, StartTLS, TLS, and a look at every message.

pub(crate) mod dial;
mod relay;
mod shape;
mod starttls;
pub(crate) mod tls;
