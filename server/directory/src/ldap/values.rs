//! What the bytes in an attribute mean. A value that is not as it must be is `None`: unknown, never trusted.

mod id;
mod instant;

pub(crate) use id::{Sid, guid, guid_filter};
pub(crate) use instant::{Filetime, filetime, generalized, generalized_of, interval};

#[cfg(test)]
pub(crate) use instant::filetime_of;
