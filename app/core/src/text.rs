//! Small helpers about characters that several rules share.

mod digit;

use icu_casemap::CaseMapper;
use icu_properties::props::{
    BinaryProperty, Dash, DefaultIgnorableCodePoint, ExtendedPictographic, GeneralCategory, JoinControl,
    QuotationMark, SoftDotted, VariationSelector,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

pub(crate) use digit::ascii_digit;

/// NFKC: one spelling for characters that look and mean the same (NIST SP 800-63B-4, 3.1.1.2).
pub(crate) fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

/// NFC: one spelling for what different keyboards compose differently.
pub(crate) fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Whether a character only changes the one before it, as the vowel signs of Indic scripts do.
pub(crate) fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Case-folded for comparison, by Unicode's full folding: `ß` is `ss`, and a final sigma a sigma.
pub(crate) fn fold_case(text: &str) -> String {
    CaseMapper::new().fold_string(text).into_owned()
}

/// One key for all spellings that differ only in case, width or composition.
pub(crate) fn canonical(text: &str) -> String {
    let once = nfkc(&fold_case(&nfkc(text)));
    // Few characters fold into what folds again, once it is composed.
    nfkc(&fold_case(&once))
}

/// [`canonical`], and what people and keyboards write in several ways is written in one: quotation marks, dashes, the
/// dotted and the dotless i; what cannot be seen is gone. For what is looked for or remembered, never for who signs in.
pub fn folded(text: &str) -> String {
    nfkc(&plain(&canonical(&plain(text))))
}

/// The key by which a name is searched: [`folded`], blanks trimmed and collapsed.
pub fn search_key(text: &str) -> String {
    folded(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The way in which search keys are folded. A change of [`search_key`] is a new one: then all are folded anew.
pub const FOLDING: i64 = 1;

/// The key by which texts of several lines are searched: the key of each, behind a line end. What a line begins with is
/// found with the line end before it.
pub fn lines_key(text: &str) -> String {
    text.lines().flat_map(|line| ["\n".to_owned(), search_key(line)]).collect()
}

fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut has_dot = false;
    for c in text.chars() {
        let c = match c {
            // The dot of an i that has one already.
            '\u{307}' if has_dot => continue,
            c if is::<DefaultIgnorableCodePoint>(c) => continue,
            c if is::<QuotationMark>(c) || is_apostrophe(c) => '\'',
            c if is_dash(c) => '-',
            'ı' => 'i',
            other => other,
        };
        if canonical_combining_class(c) == 0 {
            has_dot = is::<SoftDotted>(c);
        }
        plain.push(c);
    }
    plain
}

/// What keyboards have for an apostrophe and Unicode does not count as a quotation mark: accents that stand alone,
/// modifier letters, primes.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '`' | '\u{B4}' | '\u{2B9}'..='\u{2BD}' | '\u{2032}' | '\u{2035}')
}

fn is<P: BinaryProperty>(c: char) -> bool {
    CodePointSetData::new::<P>().contains(c)
}

/// Characters that print nothing: controls, and the format characters that hide inside a name.
pub(crate) fn is_invisible(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    c.is_control()
        || is::<DefaultIgnorableCodePoint>(c)
        || matches!(category, GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator)
        || matches!(c, '\u{FFF9}'..='\u{FFFB}')
}

/// Whether a name hides something. Joiners and selectors hide nothing where they shape the character before them, as in
/// Persian, Sinhala and emoji; neither do the tags of a flag.
pub(crate) fn hides_something(name: &str) -> bool {
    let mut base = None;
    name.chars().any(|c| {
        let is_shaping = match c {
            '\u{E0020}'..='\u{E007F}' => base.is_some_and(is::<ExtendedPictographic>),
            _ => base.is_some() && (is::<JoinControl>(c) || is::<VariationSelector>(c)),
        };
        if !is_shaping {
            base = (!c.is_whitespace()).then_some(c);
        }
        !is_shaping && is_invisible(c)
    })
}

/// Hyphens and dashes that phones and word processors put between digits.
pub(crate) fn is_dash(c: char) -> bool {
    c == '\u{AD}' || is::<Dash>(c)
}
