//! The spellings of a number: digits of every script, separators, marks that nobody sees, and an extension.

use super::{MAX_EXTENSION, PhoneProblem};
use crate::text;

/// More characters than any spelling of a number has.
const MAX_CHARS: usize = 64;
/// What stands before an extension.
const MARKS: [&str; 5] = ["x", "ext", "extn", "extension", "#"];
/// What address books and links put before a number.
const SCHEMES: [&str; 3] = ["tel", "sms", "callto"];

/// A number as it was typed, with nothing but its digits left.
pub(super) struct Typed {
    /// Whether a plus stands before the digits.
    pub(super) plus: bool,
    /// ASCII digits; at least one.
    pub(super) digits: String,
    pub(super) extension: Option<String>,
}

/// Reads a spelling; other text than a number's is refused, not skipped: it may hold another number.
pub(super) fn read(text: &str) -> Result<Typed, PhoneProblem> {
    let text = plain(text)?;
    let (number, extension) = split_extension(&text)?;
    let mut typed = Typed { plus: false, digits: String::new(), extension };
    for c in number.chars() {
        match c {
            '0'..='9' => typed.digits.push(c),
            '+' if !typed.plus && typed.digits.is_empty() => typed.plus = true,
            _ if is_separator(c) => {}
            _ => return Err(PhoneProblem::Malformed),
        }
    }
    if typed.digits.is_empty() { Err(PhoneProblem::Empty) } else { Ok(typed) }
}

/// The text without what nobody sees, and without blanks around it.
pub(super) fn visible(text: &str) -> String {
    text.trim().chars().filter(|c| !text::is_invisible(*c)).collect()
}

/// The digits between the plus and the first space behind them.
pub(super) fn code_before_space(text: &str) -> Result<String, PhoneProblem> {
    let text = plain(text)?;
    if text.is_empty() {
        return Err(PhoneProblem::Empty);
    }
    let behind_plus = text.trim_start_matches(is_separator).strip_prefix('+');
    let (code, _) = behind_plus.and_then(|rest| rest.split_once(' ')).ok_or(PhoneProblem::Malformed)?;
    Ok(code.trim_matches(is_separator).to_owned())
}

/// An extension without a number.
pub(super) fn extension(text: &str) -> Result<String, PhoneProblem> {
    let digits = plain(text)?;
    let is_one =
        (1..=MAX_EXTENSION).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_one { Ok(digits) } else { Err(PhoneProblem::Malformed) }
}

/// One character for each that means the same, without marks of direction and width, and without `tel:`.
fn plain(text: &str) -> Result<String, PhoneProblem> {
    if text.chars().count() > MAX_CHARS {
        return Err(PhoneProblem::TooLong);
    }
    let seen = text::nfkc(text).chars().filter_map(one).collect::<String>();
    let number = seen.split_once(':').filter(|(scheme, _)| {
        SCHEMES.iter().any(|known| scheme.trim_matches(is_separator).eq_ignore_ascii_case(known))
    });
    Ok(number.map_or(&*seen, |(_, number)| number).trim().to_owned())
}

fn one(c: char) -> Option<char> {
    match text::ascii_digit(c) {
        Some(digit) => Some(digit),
        None if text::is_dash(c) => Some('-'),
        None if c.is_whitespace() => Some(' '),
        None if text::is_invisible(c) => None,
        None => Some(c),
    }
}

/// The number and what is dialled behind it: `x123`, `ext. 123`, `#123`, `;ext=123`.
fn split_extension(text: &str) -> Result<(&str, Option<String>), PhoneProblem> {
    let end = text.trim_end_matches(is_separator);
    let marked = end.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &end[marked.len()..];
    let number =
        marked.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '#' | ';' | '=' | '.' | ' '));
    let mark = marked[number.len()..].trim_matches([';', '=', '.', ' ']);
    if digits.is_empty() || !MARKS.iter().any(|known| mark.eq_ignore_ascii_case(known)) {
        return Ok((text, None));
    }
    if digits.len() > MAX_EXTENSION {
        Err(PhoneProblem::Malformed)
    } else {
        Ok((number, Some(digits.to_owned())))
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '[' | ']' | '<' | '>')
}
