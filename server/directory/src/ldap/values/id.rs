//! Identifiers in bytes: GUID and SID.

use std::fmt;

/// The text of an `objectGUID` (MS-DTYP 2.3.4.2): the first three groups are little-endian.
pub(crate) fn guid(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(36);
    for (place, byte) in turned(bytes.try_into().ok()?).into_iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    Some(text)
}

/// The same as a filter wants it: each byte in the order in which it is stored, escaped. `None`: not a GUID.
pub(crate) fn guid_filter(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    if lengths != [8, 4, 4, 4, 12] {
        return None;
    }
    let digits: String = groups.concat();
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).ok()?;
    Some(escaped(&turned(bytes.try_into().ok()?)))
}

/// From the order in which a GUID is stored to that in which it is written, and back.
fn turned(mut bytes: [u8; 16]) -> [u8; 16] {
    for group in [0..4, 4..6, 6..8] {
        if let Some(group) = bytes.get_mut(group) {
            group.reverse();
        }
    }
    bytes
}

/// Bytes as a filter wants them (RFC 4515, 3).
fn escaped(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        text.push_str(&format!("\\{byte:02x}"));
        text
    })
}

/// A security identifier (MS-DTYP 2.4.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Sid(Vec<u8>);

impl Sid {
    /// From all of `bytes`.
    pub(crate) fn new(bytes: &[u8]) -> Option<Self> {
        let (sid, rest) = Self::first(bytes)?;
        rest.is_empty().then_some(sid)
    }

    /// From the beginning of `bytes`, and what follows.
    pub(crate) fn first(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (&revision, &count) = (bytes.first()?, bytes.get(1)?);
        let end = 8 + 4 * usize::from(count);
        if revision != 1 || count > 15 {
            return None;
        }
        Some((Self(bytes.get(..end)?.to_vec()), bytes.get(end..)?))
    }

    /// One of the authority 5 (NT), such as `[32, 544]` for the built-in Administrators.
    pub(crate) fn nt(parts: &[u32]) -> Self {
        let count = u8::try_from(parts.len()).unwrap_or(u8::MAX);
        let mut bytes = vec![1, count, 0, 0, 0, 0, 0, 5];
        bytes.extend(parts.iter().flat_map(|part| part.to_le_bytes()));
        Self(bytes)
    }

    /// `S-1-1-0`: everybody.
    pub(crate) fn everyone() -> Self {
        Self(vec![1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
    }

    /// The number behind the domain's part, which says which account or group of the domain it is.
    pub(crate) fn relative(&self) -> Option<u32> {
        let (_, last) = self.0.split_last_chunk::<4>()?;
        if self.0.len() < 12 { None } else { Some(u32::from_le_bytes(*last)) }
    }

    /// Below this one: a domain's SID and a number in it.
    pub(crate) fn member(&self, relative: u32) -> Self {
        let mut bytes = self.0.clone();
        if let Some(count) = bytes.get_mut(1) {
            *count = count.saturating_add(1);
        }
        bytes.extend(relative.to_le_bytes());
        Self(bytes)
    }

    /// Whether it belongs to a domain of Windows: `S-1-5-21-…` with a number behind it.
    pub(crate) fn is_of_a_domain(&self) -> bool {
        self.0.len() == 28 && self.0.get(2..12) == Some(&[0, 0, 0, 0, 0, 5, 21, 0, 0, 0])
    }

    /// As a filter wants it.
    pub(crate) fn filter(&self) -> String {
        escaped(&self.0)
    }
}

impl fmt::Display for Sid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let authority = self.0.get(2..8).unwrap_or_default();
        let authority = authority.iter().fold(0_u64, |sum, &byte| (sum << 8) | u64::from(byte));
        write!(f, "S-1-{authority}")?;
        for part in self.0.get(8..).unwrap_or_default().as_chunks::<4>().0 {
            write!(f, "-{}", u32::from_le_bytes(*part))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_guid_is_written_as_windows_writes_it() {
        let bytes: Vec<u8> = (0..16).collect();
        assert_eq!(guid(&bytes).unwrap(), "03020100-0504-0706-0809-0a0b0c0d0e0f");
        assert_eq!(guid(&bytes[..15]), None);
        assert_eq!(guid(&[]), None);
    }

    #[test]
    fn only_a_guid_becomes_a_filter() {
        for text in
            ["", "*", "03020100-0504-0706-0809-0a0b0c0d0e0", "03020100-0504-0706-0809-0a0b0c0d0e0)", "é"]
        {
            assert_eq!(guid_filter(text), None, "{text}");
        }
    }

    #[test]
    fn a_sid_is_written_as_windows_writes_it() {
        assert_eq!(Sid::nt(&[32, 544]).to_string(), "S-1-5-32-544");
        assert_eq!(Sid::everyone().to_string(), "S-1-1-0");
        let domain = Sid::nt(&[21, 1, 2, 3]);
        let admins = domain.member(512);
        assert_eq!(admins.to_string(), "S-1-5-21-1-2-3-512");
        assert_eq!(admins.relative(), Some(512));
        assert!(admins.is_of_a_domain() && !domain.is_of_a_domain() && !Sid::nt(&[32, 544]).is_of_a_domain());
    }

    #[test]
    fn a_sid_must_be_whole() {
        assert_eq!(Sid::new(&[]), None);
        assert_eq!(Sid::new(&[1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0]), None);
        assert_eq!(Sid::new(&[2, 1, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0]), None);
        assert_eq!(Sid::new(&[1, 1, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 9]), None);
    }

    proptest! {
        #[test]
        fn a_guid_finds_its_own_bytes(bytes in any::<[u8; 16]>()) {
            prop_assert_eq!(guid_filter(&guid(&bytes).unwrap()), Some(escaped(&bytes)));
        }

        #[test]
        fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..80), text in ".{0,40}") {
            let _ = (guid(&bytes), guid_filter(&text));
            if let Some((sid, _)) = Sid::first(&bytes) {
                let _ = (sid.to_string(), sid.relative(), sid.filter(), sid.member(5));
            }
        }
    }
}
