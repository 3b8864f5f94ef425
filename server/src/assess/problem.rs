//! The kinds of problems, each described once: its name, how grave it is, a sentence, how to mend it, and whom it is about.
//! Text, JSON and HTML follow from the description. Who adds a kind adds it to one of the lists below, and to nothing else.

mod accounts;
mod contact;
mod names;
mod policies;
mod service;

use regain_directory::Rules;

use super::coverage::Share;
use super::facts::Facts;
use super::rights::Right;
use super::shared::Value;
use super::totals::Totals;

/// A kind of problem.
pub(super) struct Description {
    /// In JSON and in links. Never changes.
    pub(super) code: &'static str,
    /// The heading.
    pub(super) name: &'static str,
    /// How grave it is.
    pub(super) severity: Severity,
    /// One plain sentence about those whom it is about.
    pub(super) sentence: &'static str,
    /// How to mend it.
    pub(super) mend: &'static str,
    /// Whom it is about.
    pub(super) found: Found,
}

/// How grave a problem is, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Severity {
    /// Somebody cannot reset until it is mended.
    Blocks,
    /// It opens a way in.
    Risk,
    /// Good to know; nothing has to be done.
    Note,
}

impl Severity {
    pub(super) const ALL: [Self; 3] = [Self::Blocks, Self::Risk, Self::Note];

    /// In JSON and as a class of the page.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Risk => "risk",
            Self::Note => "note",
        }
    }

    /// The heading of those that are as grave.
    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::Blocks => "What stands in the way",
            Self::Risk => "Security risks",
            Self::Note => "Good to know",
        }
    }

    /// What they have in common.
    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::Blocks => {
                "Until these are fixed, the people concerned cannot reset their password, or not by every method they should have."
            }
            Self::Risk => {
                "These do not prevent a reset. They make it easier for somebody else to take over an account."
            }
            Self::Note => "None of this is urgent, but it explains what people will come across.",
        }
    }
}

/// Whom a problem is about.
pub(super) enum Found {
    /// People, each by what is known of them alone.
    Person(fn(&Facts<'_>) -> bool),
    /// The same, with what is wrong in a few words.
    Because(fn(&Facts<'_>) -> Option<&'static str>),
    /// People, unless what is known of everybody speaks against it.
    PersonIf { person: fn(&Facts<'_>) -> bool, all: fn(&Totals) -> bool },
    /// People whose password policy speaks for it, too.
    PersonUnder { person: fn(&Facts<'_>) -> bool, policy: fn(&Rules) -> bool },
    /// People whose reset could rest on this much, unless what is known of everybody speaks against it.
    Share { share: Share, all: fn(&Totals) -> bool },
    /// Groups of people who share what ought to be one person's.
    Shared(Value),
    /// People whose other address is somebody else's primary one.
    Colleague,
    /// Password policies, and with each the people under it.
    Policy(fn(&Rules) -> bool),
    /// Places where the service account lacks a right.
    Lacks(Right),
    /// Places where the service account may do more than it needs.
    Excess,
    /// Places where nobody tells what the service account may do.
    Untold,
    /// The directory as a whole.
    Directory(fn(&Totals) -> bool),
}

/// All kinds, in the order of the report.
pub(super) fn all() -> impl Iterator<Item = &'static Description> {
    [names::NAMES, contact::CONTACT, service::SERVICE, accounts::ACCOUNTS, policies::POLICIES]
        .into_iter()
        .flatten()
}
