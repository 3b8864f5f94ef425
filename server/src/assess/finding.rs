//! A problem that was found, and where.

use std::collections::BTreeSet;

use super::problem::Description;
use super::roll::Who;

/// A problem that was found.
pub(super) struct Finding {
    pub(super) problem: &'static Description,
    pub(super) cases: Cases,
}

/// Where a problem was found.
pub(super) enum Cases {
    /// With these people.
    People(Vec<Case>),
    /// With these people together.
    Groups(Vec<Vec<Who>>),
    /// With these policies or places.
    Things(Vec<Thing>),
    /// With the directory as a whole, or not.
    Directory(bool),
}

/// A person with a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) who: Who,
    /// What is wrong, in a few words, where that is not the same for everybody.
    pub(super) why: &'static str,
}

/// A policy or a place with a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) name: String,
    /// People whom it concerns.
    pub(super) people: usize,
    /// What there is to say besides.
    pub(super) more: String,
}

impl Cases {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::People(people) => people.is_empty(),
            Self::Groups(groups) => groups.is_empty(),
            Self::Things(things) => things.is_empty(),
            Self::Directory(found) => !found,
        }
    }

    /// How many people it concerns; `None`: nobody in particular.
    pub(super) fn people(&self) -> Option<usize> {
        match self {
            Self::People(people) => Some(people.len()),
            Self::Groups(groups) => Some(groups.iter().flatten().collect::<BTreeSet<_>>().len()),
            Self::Things(things) => Some(things.iter().map(|thing| thing.people).sum()),
            Self::Directory(_) => None,
        }
    }
}
