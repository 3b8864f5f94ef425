//! Who an account belongs to: names to sign in with, and names of persons.

#[cfg(feature = "phone")]
mod details;
mod group;
mod name;
mod organization;
mod upn;
mod username;

#[cfg(feature = "phone")]
pub use details::{TypedDetails, UserDetails};
pub use group::{DESCRIPTION_CHARS, GROUP_NAME_CHARS, GroupDetails, group_key};
pub use name::{DISPLAY_NAME_CHARS, NAME_CHARS};
pub use organization::{ORGANIZATION_CHARS, organization_name};
pub use upn::{Upn, UpnProblem};
pub use username::{Username, UsernameProblem};

use serde::{Deserialize, Serialize};

/// The names of a person, which a password must not contain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonNames {
    /// First name.
    pub given: String,
    /// Last name.
    pub surname: String,
    /// The name that pages show.
    pub display: String,
    /// User principal name.
    pub upn: String,
}
