//! Pages, one file for each address.

pub mod not_found;
pub mod signin;
