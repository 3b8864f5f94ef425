//! Values that several people have. Of each value a fingerprint is kept, never the value itself.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest as _, Sha256};

use super::roll::Who;

/// A value that ought to be one person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Username,
    Mail,
    Mobile,
    OfficePhone,
    OtherMail,
}

impl Value {
    pub(super) const ALL: [Self; 5] =
        [Self::Username, Self::Mail, Self::Mobile, Self::OfficePhone, Self::OtherMail];
}

/// 128 bits of a hash: two values never have one by chance.
type Fingerprint = [u8; 16];

/// Who has which values, of one sort.
#[derive(Debug, Default)]
pub(super) struct Holders {
    first: HashMap<Fingerprint, Who>,
    others: HashMap<Fingerprint, Vec<Who>>,
}

impl Holders {
    /// Notes that somebody has a value. A value that one person has twice is noted once.
    pub(super) fn note(&mut self, value: &str, who: Who) {
        let print = fingerprint(value);
        let first = *self.first.entry(print).or_insert(who);
        if first != who {
            let others = self.others.entry(print).or_default();
            if others.last() != Some(&who) {
                others.push(who);
            }
        }
    }

    /// The groups of people who share a value, in the order in which they were read.
    pub(super) fn groups(&self) -> Vec<Vec<Who>> {
        let mut groups: Vec<_> = self
            .others
            .iter()
            .map(|(print, others)| {
                self.first.get(print).into_iter().chain(others).copied().collect::<Vec<_>>()
            })
            .collect();
        groups.sort_unstable();
        groups
    }

    /// Who has a value here that somebody else has there: `a colleague's mailbox is my other address`.
    pub(super) fn also_in(&self, there: &Self) -> Vec<Who> {
        let mut found = BTreeSet::new();
        for (print, first) in &self.first {
            let owners =
                || there.first.get(print).into_iter().chain(there.others.get(print).into_iter().flatten());
            for who in std::iter::once(first).chain(self.others.get(print).into_iter().flatten()) {
                if owners().any(|owner| owner != who) {
                    found.insert(*who);
                }
            }
        }
        found.into_iter().collect()
    }
}

fn fingerprint(value: &str) -> Fingerprint {
    let hash: [u8; 32] = Sha256::digest(value.as_bytes()).into();
    let mut print = Fingerprint::default();
    print.copy_from_slice(&hash[..16]);
    print
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_shares_a_value_is_in_one_group() {
        let mut holders = Holders::default();
        for (value, who) in [("a", 0), ("b", 1), ("a", 2), ("c", 3), ("c", 3), ("a", 4), ("b", 5)] {
            holders.note(value, who);
        }
        assert_eq!(holders.groups(), [vec![0, 2, 4], vec![1, 5]]);
    }

    #[test]
    fn a_value_of_ones_own_is_nobody_elses() {
        let (mut here, mut there) = (Holders::default(), Holders::default());
        here.note("a", 0);
        here.note("b", 1);
        there.note("a", 0);
        there.note("b", 2);
        assert_eq!(here.also_in(&there), [1]);
    }
}
