//! What a reset could rest on by what is on file, and for how many.

use super::facts::{Facts, Naming};

/// What a person's reset could rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    /// A phone and an alternate address, which is enough where two methods are required, too.
    Both,
    /// A phone alone.
    Phone,
    /// An alternate address alone.
    Mail,
    /// Nothing to which a code can go.
    Nothing,
    /// Whatever is on file: there is no name to begin with, or others have it, too.
    Nameless,
}

impl Share {
    /// By the person alone.
    pub(super) fn of(facts: &Facts<'_>) -> Self {
        match (facts.naming(), facts.contact.has_phone(), facts.contact.has_mail()) {
            (Naming::Missing | Naming::Unusable, _, _) => Self::Nameless,
            (Naming::Fine, true, true) => Self::Both,
            (Naming::Fine, true, false) => Self::Phone,
            (Naming::Fine, false, true) => Self::Mail,
            (Naming::Fine, false, false) => Self::Nothing,
        }
    }
}

/// How many of those for whom self-service is could reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Coverage {
    /// People for whom self-service is: the sum of the others.
    pub(super) served: usize,
    pub(super) both: usize,
    pub(super) phone: usize,
    pub(super) mail: usize,
    pub(super) nothing: usize,
    pub(super) nameless: usize,
}

impl Coverage {
    pub(super) const fn add(&mut self, share: Share) {
        self.served += 1;
        let count = match share {
            Share::Both => &mut self.both,
            Share::Phone => &mut self.phone,
            Share::Mail => &mut self.mail,
            Share::Nothing => &mut self.nothing,
            Share::Nameless => &mut self.nameless,
        };
        *count += 1;
    }

    /// Who could reset where one method is required.
    pub(super) const fn with_one(&self) -> usize {
        self.both + self.phone + self.mail
    }

    /// Who could reset where two are.
    pub(super) const fn with_two(&self) -> usize {
        self.both
    }
}
