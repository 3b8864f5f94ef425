//! Counts who can help themselves, for *Usage & insights*.

pub(crate) use crate::services::usage::coverage::count;
