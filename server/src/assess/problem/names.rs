//! The names with which a reset begins.

use super::{Description, Found, Severity};
use crate::assess::facts::Naming;
use crate::assess::shared::Value;

pub(super) const NAMES: &[Description] = &[
    Description {
        code: "username-missing",
        name: "No username",
        severity: Severity::Blocks,
        sentence: "These people have no user principal name or, outside Active Directory, no email address, so there is \
                   no name with which they could start a reset.",
        mend: "Give each of them a user principal name or, outside Active Directory, a primary email address.",
        found: Found::Person(|facts| facts.is_served() && facts.naming() == Naming::Missing),
    },
    Description {
        code: "username-unusable",
        name: "Username that nobody can type",
        severity: Severity::Blocks,
        sentence: "The username is longer than 256 characters or contains characters that cannot be seen.",
        mend: "Correct the user principal name; an invisible character usually came in by copy and paste.",
        found: Found::Person(|facts| facts.is_served() && facts.naming() == Naming::Unusable),
    },
    Description {
        code: "username-shared",
        name: "Same username",
        severity: Severity::Blocks,
        sentence: "Several entries have the same username. Regain does not guess which one is meant, so none of them \
                   can reset.",
        mend: "Rename or remove the entries that should not have the name. Entries that are turned off count, too.",
        found: Found::Shared(Value::Username),
    },
];
