//! Small helpers about characters that several rules share.

use unicode_normalization::UnicodeNormalization;

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

/// Case-folded for comparison: lower case, with the two letters that lower-casing alone keeps apart
/// (`ß` and `ss`, final and ordinary sigma).
pub(crate) fn fold_case(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ς' => folded.push('σ'),
            'ß' => folded.push_str("ss"),
            other => folded.push(other),
        }
    }
    folded
}

/// One key for all spellings that differ only in case, width or composition.
pub(crate) fn canonical(text: &str) -> String {
    nfkc(&fold_case(&nfkc(text)))
}

/// Characters that print nothing: controls, and the format characters that hide inside a name.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The ASCII digit for a digit typed on a full-width, Arabic-Indic or Persian keyboard.
pub(crate) fn ascii_digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6F0}'..='\u{6F9}' => 0x6F0,
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

/// Hyphens and dashes that phones and word processors put between digits.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{AD}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}
