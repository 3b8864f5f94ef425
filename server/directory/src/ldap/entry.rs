//! One entry that a search found. Values are untrusted: what is not as it must be is left out.

use std::collections::HashMap;

use ldap3::{ResultEntry, SearchEntry};
use regain_core::time::Timestamp;

use super::values::{Filetime, filetime, generalized};

/// Longer values are no names, numbers or addresses of people.
const LONGEST: usize = 512;
/// A person has fewer numbers.
const MOST_VALUES: usize = 20;

/// One entry: where it is, and its attributes, whose names are in lower case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// Where it is.
    pub(crate) dn: String,
    values: HashMap<String, Vec<Vec<u8>>>,
    /// Of attributes that came in part: the place of the next value.
    rest: HashMap<String, u32>,
}

impl Entry {
    /// From the library's, whose shape was looked at when it came.
    pub(crate) fn new(found: ResultEntry) -> Self {
        let found = SearchEntry::construct(found);
        let texts = found
            .attrs
            .into_iter()
            .map(|(name, values)| (name, values.into_iter().map(String::into_bytes).collect::<Vec<_>>()));
        let mut entry = Self { dn: found.dn, ..Self::default() };
        for (name, values) in texts.chain(found.bin_attrs) {
            entry.add(&name, values);
        }
        entry
    }

    /// One with these attributes, for tests.
    #[cfg(test)]
    pub(crate) fn of(dn: &str, values: &[(&str, &[u8])]) -> Self {
        let mut entry = Self { dn: dn.to_owned(), ..Self::default() };
        for (name, value) in values {
            entry.add(name, vec![value.to_vec()]);
        }
        entry
    }

    /// Active Directory gives 1,500 values at once: `member;range=0-1499` (MS-ADTS 3.1.1.3.1.3.3).
    fn add(&mut self, name: &str, values: Vec<Vec<u8>>) {
        let name = name.to_ascii_lowercase();
        let (base, option) = name.split_once(';').unwrap_or((&name, ""));
        if let Some(range) = option.strip_prefix("range=") {
            let last = range.split_once('-').and_then(|(_, last)| last.parse::<u32>().ok());
            match last.and_then(|last| last.checked_add(1)) {
                Some(next) if !values.is_empty() => self.rest.insert(base.to_owned(), next),
                _ => self.rest.remove(base),
            };
        }
        self.values.entry(base.to_owned()).or_default().extend(values);
    }

    /// Where the values of an attribute go on that came in part.
    pub(crate) fn goes_on(&self, name: &str) -> Option<u32> {
        self.rest.get(&name.to_ascii_lowercase()).copied()
    }

    /// All values.
    pub(crate) fn bytes(&self, name: &str) -> &[Vec<u8>] {
        self.values.get(&name.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The first value.
    pub(crate) fn first(&self, name: &str) -> Option<&[u8]> {
        self.bytes(name).first().map(Vec::as_slice)
    }

    /// All values that are text, as they are.
    pub(crate) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.bytes(name).iter().filter_map(|value| std::str::from_utf8(value).ok())
    }

    /// The first value, as it is.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.first(name).and_then(|value| std::str::from_utf8(value).ok())
    }

    /// The first value that a page can show.
    pub(crate) fn shown(&self, name: &str) -> Option<String> {
        self.all_shown(name).into_iter().next()
    }

    /// The values that a page can show.
    pub(crate) fn all_shown(&self, name: &str) -> Vec<String> {
        let fits =
            |text: &&str| !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control);
        self.texts(name).map(str::trim).filter(fits).take(MOST_VALUES).map(str::to_owned).collect()
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// A number of things.
    pub(crate) fn count(&self, name: &str) -> Option<u32> {
        self.text(name)?.parse().ok()
    }

    /// `TRUE` (RFC 4517, 3.3.3), or `on` as 389 Directory Server writes.
    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.text(name)
            .is_some_and(|text| text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("on"))
    }

    /// An instant in GeneralizedTime.
    pub(crate) fn instant(&self, name: &str) -> Option<Timestamp> {
        generalized(self.text(name)?)
    }

    /// An instant of Windows.
    pub(crate) fn filetime(&self, name: &str) -> Option<Filetime> {
        filetime(self.text(name)?)
    }

    /// Whether it has an attribute of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// More values of an attribute.
    pub(crate) fn append(&mut self, name: &str, more: &mut Self) {
        let name = name.to_ascii_lowercase();
        let values = more.values.remove(&name).unwrap_or_default();
        self.values.entry(name.clone()).or_default().extend(values);
        match more.rest.get(&name) {
            Some(&next) => self.rest.insert(name, next),
            None => self.rest.remove(&name),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_case_and_ranges_go_on() {
        let mut entry = Entry::of("cn=g", &[("Member;range=0-1499", b"cn=a"), ("CN", b"g")]);
        assert_eq!(entry.text("cn"), Some("g"));
        assert_eq!(entry.goes_on("member"), Some(1500));
        let mut last = Entry::of("cn=g", &[("member;range=1500-*", b"cn=b")]);
        entry.append("MEMBER", &mut last);
        assert_eq!(entry.goes_on("member"), None);
        assert_eq!(entry.texts("member").collect::<Vec<_>>(), ["cn=a", "cn=b"]);
    }

    #[test]
    fn a_range_that_does_not_move_on_ends() {
        let mut entry = Entry::default();
        entry.add("member;range=0-1499", Vec::new());
        entry.add("uid;range=0-4294967295", vec![b"a".to_vec()]);
        assert_eq!((entry.goes_on("member"), entry.goes_on("uid")), (None, None));
    }

    #[test]
    fn a_page_shows_no_control_characters_and_no_novels() {
        let long = [b'a'; LONGEST + 1];
        let entry = Entry::of(
            "",
            &[("cn", b"a\x1b[2J"), ("cn", &long), ("cn", b"\xff"), ("cn", b" "), ("cn", b" Al ")],
        );
        assert_eq!(entry.all_shown("cn"), ["Al"]);
    }
}
