//! The password policies in force.

use std::time::Duration;

use regain_directory::Source;

use super::{Description, Found, Severity};

/// NIST SP 800-63B-4, 3.1.1.2: at least so many characters where a second factor is asked for (15 where none is).
const SHORTEST: u32 = 8;
/// With so few tries people lock themselves out by caps lock and an old phone.
const FEW_TRIES: u32 = 3;
const DAY: Duration = Duration::from_hours(24);

pub(super) const POLICIES: &[Description] = &[
    Description {
        code: "policy-none",
        name: "No password policy",
        severity: Severity::Risk,
        sentence: "The directory publishes no password policy for these people: any password will do.",
        mend: "Set one: in Active Directory on the domain, in OpenLDAP with the overlay ppolicy, in 389 Directory \
               Server with a global password policy.",
        found: Found::Policy(|rules| rules.source == Source::None),
    },
    Description {
        code: "policy-short",
        name: "Short passwords are allowed",
        severity: Severity::Risk,
        sentence: "The policy accepts passwords of fewer than 8 characters, which NIST SP 800-63B-4 rules out even \
                   where a second factor is required.",
        mend: "Raise the minimum length to 8 or more, and to 15 where the password is the only factor.",
        found: Found::Policy(|rules| {
            rules.are_known() && rules.min_length.is_none_or(|length| length < SHORTEST)
        }),
    },
    Description {
        code: "policy-no-lockout",
        name: "No lockout",
        severity: Severity::Risk,
        sentence: "Wrong passwords never lock an account, so passwords can be guessed indefinitely.",
        mend: "Set a lockout threshold, such as 10 wrong passwords within 15 minutes.",
        found: Found::Policy(|rules| rules.are_known() && rules.lockout.is_none()),
    },
    Description {
        code: "policy-hidden",
        name: "Password policy that cannot be read",
        severity: Severity::Note,
        sentence: "A policy applies to these people, and the service account may not read it. Regain \
                   cannot show its rules before somebody chooses a password, and only two sign-in attempts each are \
                   passed on.",
        mend: "Let the service account read the policy (see 'Rights of the service account').",
        found: Found::Policy(|rules| matches!(rules.source, Source::Hidden(_))),
    },
    Description {
        code: "policy-few-tries",
        name: "Accounts lock after very few attempts",
        severity: Severity::Note,
        sentence: "Three wrong passwords or fewer lock an account. Expect many people to need an unlock.",
        mend: "Raise the threshold, or let people unlock their accounts by themselves.",
        found: Found::Policy(|rules| rules.lockout.is_some_and(|lockout| lockout.threshold <= FEW_TRIES)),
    },
    Description {
        code: "policy-locks-for-good",
        name: "Accounts stay locked until an administrator unlocks them",
        severity: Severity::Note,
        sentence: "A locked account does not open again by itself: each one is a call to the help desk today.",
        mend: "Let people unlock their accounts by themselves, or set a lockout duration.",
        found: Found::Policy(|rules| rules.lockout.is_some_and(|lockout| lockout.duration.is_none())),
    },
    Description {
        code: "policy-expiry",
        name: "Passwords expire",
        severity: Severity::Note,
        sentence: "The policy makes everybody change their password from time to time. NIST SP 800-63B-4 advises \
                   against this; it leads to weaker passwords and to calls to the help desk.",
        mend: "Consider dropping the maximum age, and require a change when a password may have become known.",
        found: Found::Policy(|rules| rules.max_age.is_some()),
    },
    Description {
        code: "policy-minimum-age",
        name: "Minimum password age of more than a day",
        severity: Severity::Note,
        sentence: "Whoever has just changed a password cannot change it again for days, even if it became known. Some \
                   directories apply this to a reset as well.",
        mend: "Lower the minimum age to one day or less.",
        found: Found::Policy(|rules| rules.min_age.is_some_and(|age| age > DAY)),
    },
    Description {
        code: "policy-filter",
        name: "A filter also judges passwords",
        severity: Severity::Note,
        sentence: "A module of the directory refuses passwords by rules that it does not publish. People learn of \
                   them when their choice is refused.",
        mend: "Write the rules into the help text of the page for the new password.",
        found: Found::Policy(|rules| rules.filtered),
    },
];
