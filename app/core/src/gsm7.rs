//! What a text message takes: the 7-bit alphabet of 3GPP TS 23.038 (once GSM 03.38) and how a text is cut into segments.

use unicode_normalization::UnicodeNormalization as _;

/// Septets of a message that is one segment (3GPP TS 23.040: 140 octets of seven bits each).
pub const ONE_SEGMENT: usize = 160;
/// Units of UTF-16 in one segment, as soon as one character is not in the alphabet.
pub const ONE_SEGMENT_UNICODE: usize = 70;
/// Septets of each segment of a longer message, whose header says which part it is.
const EACH_SEGMENT: usize = 153;
/// The same in units of UTF-16.
const EACH_SEGMENT_UNICODE: usize = 67;

/// The default alphabet, without the escape, in the order of the standard's table.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                     ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension table: an escape stands before each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// What a text takes when it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Whether every character is in the alphabet.
    pub plain: bool,
    /// Septets, or units of UTF-16.
    pub units: usize,
    /// Parts that it is sent and paid in.
    pub segments: usize,
}

impl Size {
    /// Units that one segment holds.
    pub const fn room(self) -> usize {
        if self.plain { ONE_SEGMENT } else { ONE_SEGMENT_UNICODE }
    }
}

/// The septets of a character; `None` for one that is not in the alphabet.
pub fn septets(c: char) -> Option<usize> {
    if BASIC.contains(c) {
        Some(1)
    } else if EXTENSION.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// The first character that is not in the alphabet.
pub fn first_foreign(text: &str) -> Option<char> {
    text.chars().find(|c| septets(*c).is_none())
}

/// Measures a text. No character is cut in two between segments.
pub fn measure(text: &str) -> Size {
    let plain = first_foreign(text).is_none();
    let (one, each) =
        if plain { (ONE_SEGMENT, EACH_SEGMENT) } else { (ONE_SEGMENT_UNICODE, EACH_SEGMENT_UNICODE) };
    let widths = text.chars().map(|c| if plain { septets(c).unwrap_or(1) } else { c.len_utf16() });
    let (mut units, mut segments, mut filled) = (0, 1, 0);
    for width in widths {
        units += width;
        if filled + width > each {
            segments += 1;
            filled = 0;
        }
        filled += width;
    }
    Size { plain, units, segments: if units <= one { 1 } else { segments } }
}

/// The nearest spelling within the alphabet, character by character: typographic marks become typewriter's, letters lose
/// marks that the alphabet lacks (*Škoda* becomes *Skoda*). What has no such spelling stays.
pub fn nearest(text: &str) -> String {
    let mut near = String::with_capacity(text.len());
    for c in text.chars() {
        if septets(c).is_some() {
            near.push(c);
            continue;
        }
        let plain = match c {
            '‘' | '’' | '‚' | '′' => "'".to_owned(),
            '“' | '”' | '„' | '«' | '»' => "\"".to_owned(),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => "-".to_owned(),
            'Ł' => "L".to_owned(),
            'ł' => "l".to_owned(),
            'Đ' => "D".to_owned(),
            'đ' => "d".to_owned(),
            'ı' => "i".to_owned(),
            c => c.nfkd().filter(|part| septets(*part).is_some()).collect(),
        };
        if plain.is_empty() { near.push(c) } else { near.push_str(&plain) }
    }
    near
}
