//! Domains of mail addresses in letters of any script (UTS 46).

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

/// Hyphens in the third and fourth place are in real names that are no A-labels.
const HYPHENS: Hyphens = Hyphens::CheckFirstLast;

/// A domain as the domain name system and mail servers take it: ASCII, lower case, other letters as A-labels. `None`
/// where it is no domain.
pub fn ascii(domain: &str) -> Option<String> {
    let ascii = Uts46::new().to_ascii(domain.as_bytes(), AsciiDenyList::STD3, HYPHENS, DnsLength::Verify);
    ascii.ok().map(Into::into)
}

/// The same as people read it: A-labels as letters.
pub(super) fn readable(domain: &str) -> Option<String> {
    let (readable, valid) = Uts46::new().to_unicode(domain.as_bytes(), AsciiDenyList::STD3, HYPHENS);
    valid.ok().map(|()| readable.into())
}

/// Whether joiners stand in a word only where its script needs them.
pub(super) fn joins_rightly(word: &str) -> bool {
    Uts46::new().to_unicode(word.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow).1.is_ok()
}
