//! The few rules of BER that LDAP uses (RFC 4511, 5.1): one byte of tag, a definite length. Reads what servers send, so
//! nothing here panics, and nothing is read twice.

/// A boolean.
pub(crate) const BOOLEAN: u8 = 0x01;
/// A whole number.
pub(crate) const INTEGER: u8 = 0x02;
/// Bytes.
pub(crate) const OCTETS: u8 = 0x04;
/// One of several numbers that are named.
pub(crate) const ENUMERATED: u8 = 0x0a;
/// Elements in order.
pub(crate) const SEQUENCE: u8 = 0x30;
/// Elements in any order.
pub(crate) const SET: u8 = 0x31;

/// In a tag: what follows is made of elements.
const CONSTRUCTED: u8 = 0x20;
/// In a tag: the number stands in the bytes that follow. LDAP has no such tag.
const LONG_TAG: u8 = 0x1f;

/// How far an element at the beginning of some bytes reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Tag and length are there: so long are they, and so long is the content.
    Known {
        /// Bytes of tag and length.
        head: usize,
        /// Bytes of content.
        content: usize,
    },
    /// More bytes are needed to tell.
    Unknown,
    /// This is no element of LDAP.
    Wrong,
}

/// How far the element at the beginning of `bytes` reaches.
pub(crate) fn extent(bytes: &[u8]) -> Extent {
    let Some((&tag, rest)) = bytes.split_first() else { return Extent::Unknown };
    if tag & LONG_TAG == LONG_TAG {
        return Extent::Wrong;
    }
    let Some((&first, rest)) = rest.split_first() else { return Extent::Unknown };
    if first < 0x80 {
        return Extent::Known { head: 2, content: usize::from(first) };
    }
    let digits = usize::from(first & 0x7f);
    // None: an indefinite length, which RFC 4511 forbids. Over four: more than anybody sends.
    if !(1..=4).contains(&digits) {
        return Extent::Wrong;
    }
    let Some(length) = rest.get(..digits) else { return Extent::Unknown };
    let content = length.iter().fold(0_usize, |sum, &digit| (sum << 8) | usize::from(digit));
    Extent::Known { head: 2 + digits, content }
}

/// How far the message at the beginning of `bytes` reaches. Each is a sequence, so that one byte tells another protocol.
pub(crate) fn message(bytes: &[u8]) -> Extent {
    if bytes.first().is_some_and(|&tag| tag != SEQUENCE) { Extent::Wrong } else { extent(bytes) }
}

/// Reads one element after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads `bytes` from the beginning.
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether everything was read.
    pub(crate) const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The next tag, which stays unread.
    pub(crate) fn peek(self) -> Option<u8> {
        self.0.first().copied()
    }

    /// The next element: tag and content. `None` at the end and where no whole element stands.
    pub(crate) fn any(&mut self) -> Option<(u8, &'a [u8])> {
        let Extent::Known { head, content } = extent(self.0) else { return None };
        let tag = self.peek()?;
        let end = head.checked_add(content)?;
        let found = self.0.get(head..end)?;
        self.0 = self.0.get(end..)?;
        Some((tag, found))
    }

    /// The content of the next element, which must have this tag.
    pub(crate) fn expect(&mut self, tag: u8) -> Option<&'a [u8]> {
        if self.peek() == Some(tag) { self.any().map(|(_, content)| content) } else { None }
    }

    /// The elements inside of the next element, which must have this tag.
    pub(crate) fn inside(&mut self, tag: u8) -> Option<Reader<'a>> {
        self.expect(tag).map(Reader)
    }
}

/// Whether the tag says that elements are inside.
pub(crate) const fn is_constructed(tag: u8) -> bool {
    tag & CONSTRUCTED != 0
}

/// The number in the content of an INTEGER or ENUMERATED: two's complement, at most eight bytes.
pub(crate) fn number(content: &[u8]) -> Option<i64> {
    let (&first, rest) = content.split_first()?;
    if rest.len() > 7 {
        return None;
    }
    let start = i64::from(first.cast_signed());
    Some(rest.iter().fold(start, |sum, &digit| (sum << 8) | i64::from(digit)))
}

/// One element.
pub(crate) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => bytes.push(short),
        _ => {
            let length = content.len().to_be_bytes();
            let zeros = length.iter().take_while(|&&digit| digit == 0).count();
            let digits = length.get(zeros..).unwrap_or_default();
            bytes.push(0x80 | u8::try_from(digits.len()).unwrap_or(u8::MAX));
            bytes.extend_from_slice(digits);
        }
    }
    bytes.extend_from_slice(content);
    bytes
}

/// A whole number that is not negative.
pub(crate) fn integer(number: u32) -> Vec<u8> {
    let digits = number.to_be_bytes();
    let zeros = digits.iter().take_while(|&&digit| digit == 0).count().min(3);
    let mut content = digits.get(zeros..).unwrap_or_default().to_vec();
    if content.first().is_some_and(|&first| first >= 0x80) {
        content.insert(0, 0);
    }
    element(INTEGER, &content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_integer_has_no_byte_too_many_and_no_sign() {
        assert_eq!(integer(0), [2, 1, 0]);
        assert_eq!(integer(1), [2, 1, 1]);
        assert_eq!(integer(128), [2, 2, 0, 128]);
        assert_eq!(integer(500), [2, 2, 1, 0xf4]);
    }

    #[test]
    fn a_number_may_be_negative() {
        assert_eq!(number(&[0xff]), Some(-1));
        assert_eq!(number(&[0x00, 0xff]), Some(255));
        assert_eq!(number(&[]), None);
        assert_eq!(number(&[0; 9]), None);
    }

    #[test]
    fn another_protocol_is_known_by_its_first_byte() {
        assert_eq!(message(b"H"), Extent::Wrong);
        assert_eq!(message(b""), Extent::Unknown);
        assert_eq!(message(b"\x30\x03"), Extent::Known { head: 2, content: 3 });
    }

    #[test]
    fn no_length_is_indefinite_or_huge() {
        assert_eq!(extent(&[0x30, 0x80]), Extent::Wrong);
        assert_eq!(extent(&[0x30, 0x85, 1, 0, 0, 0, 0]), Extent::Wrong);
        assert_eq!(extent(&[0x1f, 1]), Extent::Wrong);
        assert_eq!(extent(&[0x30, 0x82, 1]), Extent::Unknown);
        assert_eq!(extent(&[0x30, 0x82, 1, 0]), Extent::Known { head: 4, content: 256 });
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(content in prop::collection::vec(any::<u8>(), 0..70_000), number_in in any::<u32>()) {
            let bytes = element(OCTETS, &content);
            let mut reader = Reader::new(&bytes);
            prop_assert_eq!(reader.expect(OCTETS), Some(content.as_slice()));
            prop_assert!(reader.is_empty());
            let bytes = integer(number_in);
            prop_assert_eq!(Reader::new(&bytes).expect(INTEGER).and_then(number), Some(i64::from(number_in)));
        }

        #[test]
        fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let mut reader = Reader::new(&bytes);
            while let Some((tag, content)) = reader.any() {
                let _ = (is_constructed(tag), number(content), Reader::new(content).any());
            }
        }
    }
}
