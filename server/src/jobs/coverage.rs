//! Counts who is in scope, registered and ready.

pub(crate) use crate::services::usage::coverage::count;
