//! What guessing programs try first.

/// Words that passwords are built around most often. The long lists stay on the server.
const COMMON: &[&str] = &[
    "password", "passwort", "passwd", "welcome", "letmein", "changeme", "iloveyou", "admin", "login",
    "secret", "access", "master", "dragon", "monkey", "shadow", "sunshine", "princess", "football",
    "baseball", "superman", "batman", "michael", "jordan", "charlie", "computer", "internet", "summer",
    "winter", "spring", "autumn", "january", "february", "october", "november", "december", "monday",
    "friday", "sunday", "hello", "freedom", "whatever", "trustno", "starwars", "company", "office", "user",
    "test", "guest", "qwerty", "love",
];

const ROWS: &[&str] = &["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop"];

/// The character that a look-alike stands for, in lower case.
pub(super) fn plain(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other.to_ascii_lowercase(),
    }
}

/// Length of the longest common word at the start of `text`, whatever its case and look-alikes.
pub(super) fn common_word(text: &[char]) -> usize {
    let matches = |word: &&&str| {
        word.len() <= text.len() && word.chars().zip(text).all(|(letter, c)| plain(*c) == letter)
    };
    COMMON.iter().filter(matches).map(|word| word.len()).max().unwrap_or(0)
}

/// Whether a year from 1900 to 2099 stands at the start of `text`, on its own or in a date.
pub(super) fn is_year(text: &[char]) -> bool {
    matches!(text, ['1', '9', a, b, ..] | ['2', '0', a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit())
}

/// Whether the last of the three goes on as the first two began: `abc`, `321`.
pub(super) fn is_sequence(a: char, b: char, c: char) -> bool {
    let (a, b, c) = (i64::from(u32::from(a)), i64::from(u32::from(b)), i64::from(u32::from(c)));
    c.wrapping_sub(b) == b - a && (b - a).abs() == 1
}

/// Whether the three are neighbours in a row of keys, to the right or to the left.
pub(super) fn is_walk(a: char, b: char, c: char) -> bool {
    let keys = [a, b, c].map(|key| key.to_ascii_lowercase());
    ROWS.iter().any(|row| {
        let place = |key| row.chars().position(|other| other == key);
        match keys.map(place) {
            [Some(a), Some(b), Some(c)] => (a + 1 == b && b + 1 == c) || (a == b + 1 && b == c + 1),
            _ => false,
        }
    })
}

/// Whether the three characters that end at `end` have occurred together before.
pub(super) fn is_echo(text: &[char], end: usize) -> bool {
    let Some(start) = end.checked_sub(2) else { return false };
    let part = &text[start..=end];
    text[..end].windows(3).any(|earlier| earlier == part)
}
