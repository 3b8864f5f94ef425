//! Regain, the server.
