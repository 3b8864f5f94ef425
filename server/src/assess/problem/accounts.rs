//! The state of accounts.

use regain_directory::Protection;

use super::{Description, Found, Severity};
use crate::assess::facts::Standing;

pub(super) const ACCOUNTS: &[Description] = &[
    Description {
        code: "stale",
        name: "Not used for 90 days",
        severity: Severity::Risk,
        sentence: "These accounts are enabled, but nobody has signed in with them for more than 90 days.",
        mend: "Find out whether their owners still need them, and disable those that nobody needs. Active Directory \
               records a sign-in up to 14 days late.",
        found: Found::PersonIf {
            person: |facts| facts.is_in_use() && facts.is_stale(),
            all: |totals| totals.sign_ins.are_told(),
        },
    },
    Description {
        code: "never-used",
        name: "Never used",
        severity: Severity::Risk,
        sentence: "These accounts are enabled, but nobody has ever signed in with them. Accounts that are younger than 30 \
                   days are left out where their age is known.",
        mend: "Disable those that nobody is going to use; their first password may be known to others.",
        found: Found::PersonIf {
            person: |facts| facts.is_in_use() && facts.never_signed_in(),
            all: |totals| totals.sign_ins.are_told(),
        },
    },
    Description {
        code: "never-expires",
        name: "Password never expires",
        severity: Severity::Risk,
        sentence: "These accounts are exempt from expiry, although the policy that applies to them sets a maximum age.",
        mend: "Clear 'Password never expires' unless there is a reason, or drop the maximum age for everybody.",
        found: Found::PersonUnder {
            person: |facts| facts.is_in_use() && facts.never_expires(),
            policy: |rules| rules.max_age.is_some(),
        },
    },
    Description {
        code: "protected-admin-count",
        name: "Protected account (adminCount)",
        severity: Severity::Note,
        sentence: "The directory guards these accounts against delegated rights (adminCount is 1). Regain refuses them; \
                   their owners turn to another administrator.",
        mend: "Nothing, if they are administrators. For somebody who no longer is one, clear adminCount and let the \
               entry inherit permissions again.",
        found: Found::Person(|facts| facts.standing == Standing::Protected(Protection::AdminCount)),
    },
    Description {
        code: "protected-group",
        name: "Protected account (privileged group)",
        severity: Severity::Note,
        sentence: "These accounts are in a group that controls the directory. Regain refuses them; their owners turn to \
                   another administrator.",
        mend: "Nothing, if they are administrators. Otherwise remove them from the group.",
        found: Found::Person(|facts| facts.standing == Standing::Protected(Protection::PrivilegedGroup)),
    },
    Description {
        code: "locked",
        name: "Locked at the moment",
        severity: Severity::Note,
        sentence: "Too many wrong passwords have locked these accounts. With self-service their owners could unlock \
                   them themselves.",
        mend: "Unlock them if their owners ask for it. Many at once can mean that somebody is guessing passwords.",
        found: Found::Person(|facts| facts.is_served() && facts.is_locked()),
    },
    Description {
        code: "expired",
        name: "Password has expired",
        severity: Severity::Note,
        sentence: "These people cannot sign in before they change their password.",
        mend: "Nothing. With self-service they can set a new one themselves.",
        found: Found::Person(|facts| facts.is_served() && facts.is_expired()),
    },
    Description {
        code: "expires-soon",
        name: "Password expires within 30 days",
        severity: Severity::Note,
        sentence: "These people have to change their password in the coming 30 days.",
        mend: "Nothing. Regain can remind them by email 14, 7, 3 and 1 days before.",
        found: Found::Person(|facts| facts.is_served() && facts.expires_on_day().is_some()),
    },
    Description {
        code: "must-change",
        name: "Must change the password at the next sign-in",
        severity: Severity::Note,
        sentence: "An administrator set the password, and its owner has not changed it yet.",
        mend: "Nothing. Where people sign in remotely and cannot change a password there, self-service lets them.",
        found: Found::Person(|facts| facts.is_served() && facts.person.account.must_change),
    },
    Description {
        code: "disabled",
        name: "Disabled",
        severity: Severity::Note,
        sentence: "An administrator turned these accounts off. They cannot reset and are not counted above.",
        mend: "Nothing. Delete those that are kept for no reason.",
        found: Found::Person(|facts| facts.standing == Standing::Disabled),
    },
    Description {
        code: "ended",
        name: "Account has expired",
        severity: Severity::Note,
        sentence: "The end date of these accounts has passed. They cannot reset and are not counted above.",
        mend: "Extend those whose owners still work here.",
        found: Found::Person(|facts| facts.standing == Standing::Ended),
    },
];
