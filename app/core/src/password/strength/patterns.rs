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

/// How many characters make a run: three of them, such as `ert` or `rst`, are in many words.
pub(super) const RUN: usize = 4;

/// Whether each of the characters is the next after the one before, upwards or downwards: `abcd`, `4321`.
pub(super) fn is_sequence(run: &[char]) -> bool {
    let steps_by = |step: i64| {
        run.windows(2).all(|pair| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0])) == step)
    };
    steps_by(1) || steps_by(-1)
}

/// Whether the characters are neighbours in a row of keys, to the right or to the left.
pub(super) fn is_walk(run: &[char]) -> bool {
    let key = |c: &char| u8::try_from(c.to_ascii_lowercase()).unwrap_or(0);
    ROWS.iter().any(|row| {
        row.as_bytes().windows(RUN).any(|keys| {
            run.iter().map(key).eq(keys.iter().copied()) || run.iter().rev().map(key).eq(keys.iter().copied())
        })
    })
}

/// Whether the last three characters are one character, or have occurred together in `before`.
pub(super) fn is_echo(before: &[char], last: &[char]) -> bool {
    last.iter().all(|c| *c == last[0]) || before.windows(last.len()).any(|earlier| earlier == last)
}
