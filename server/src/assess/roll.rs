//! Everybody who was read, by number: enough to name a person in a report, and nothing else of the entry. A hundred
//! thousand people take about 10 MB.

use regain_directory::Person;

use super::place;

/// A person's place in the [`Roll`], in the order in which the directory named them.
pub(super) type Who = usize;

/// The names of everybody, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Roll {
    text: String,
    /// Where the label, the display name and the entry's own part of the DN end.
    ends: Vec<[usize; 3]>,
    containers: Vec<usize>,
}

/// What a person is called.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named<'a> {
    /// Username, account name or the entry's own part of the DN: the first that there is.
    pub(super) label: &'a str,
    /// The full name; may be empty.
    pub(super) display_name: &'a str,
    /// The entry's own part of the DN.
    pub(super) rdn: &'a str,
    /// The number of the container.
    pub(super) container: usize,
}

impl Roll {
    /// Adds a person of this container.
    pub(super) fn add(&mut self, person: &Person, container: usize) -> Who {
        let (rdn, _) = place::divided(&person.dn);
        let names = [&person.username, &person.account_name];
        let mut given = names.into_iter().flatten().filter(|name| !name.trim().is_empty());
        let label = given.next().map_or(rdn, String::as_str);
        let mut end = |part: &str| {
            self.text.push_str(part);
            self.text.len()
        };
        self.ends.push([end(label), end(person.display_name.as_deref().unwrap_or_default()), end(rdn)]);
        self.containers.push(container);
        self.ends.len() - 1
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// What somebody is called.
    pub(super) fn named(&self, who: Who) -> Named<'_> {
        let begin = who.checked_sub(1).map_or(0, |before| self.ends[before][2]);
        let [label, display_name, rdn] = self.ends[who];
        Named {
            label: &self.text[begin..label],
            display_name: &self.text[label..display_name],
            rdn: &self.text[display_name..rdn],
            container: self.containers[who],
        }
    }
}
