//! Crockford's base 32: no `I`, `L`, `O` or `U`, so that a code can be read out.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One character for each byte, of which five bits count.
pub(super) fn spell(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// Reads at most `most` characters: case and dashes do not matter, `O` is 0, `I` and `L` are 1, and digits may be those
/// of any script.
pub(super) fn read(text: &str, most: usize) -> Option<String> {
    let mut chars = String::with_capacity(most);
    for c in text.chars().filter(|c| !c.is_whitespace() && !crate::text::is_dash(*c)) {
        let c = match crate::text::ascii_digit(c).unwrap_or(c).to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let known = u8::try_from(c).is_ok_and(|c| ALPHABET.contains(&c));
        if !known || chars.len() == most {
            return None;
        }
        chars.push(c);
    }
    Some(chars)
}
