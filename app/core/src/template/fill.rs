//! What is done to values, so that a message keeps its promises whatever they hold.

use super::{CODE_DIGITS, ORGANIZATION, Template};
use crate::gsm7;

/// Shorter than this the organisation's name is not cut: nobody would recognise it.
const SHORTEST_NAME: usize = 8;

/// The last line of a text message with a code: phones fill the code in on this host alone (the format of
/// *origin-bound one-time codes*). It is added to the text, never edited.
pub fn domain_line(host: &str, code: &str) -> String {
    format!("\n\n@{host} #{code}")
}

/// A value beside a code: a run of digits that could be taken for one is broken into groups of three.
pub fn spread_digits(value: &str) -> String {
    let mut spread = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (run, after) = from.split_at(end);
        spread.push_str(before);
        if CODE_DIGITS.contains(&run.len()) {
            spread.push_str(&grouped(run));
        } else {
            spread.push_str(run);
        }
        rest = after;
    }
    spread.push_str(rest);
    spread
}

fn grouped(run: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in run.chars().enumerate() {
        if index > 0 && index % 3 == 0 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// A text message in one segment, if that can be: the organisation's name is spelled in the alphabet of text messages,
/// and cut where it is too long. `last_line` is what follows the text.
pub fn fit_text_message(template: &Template, value: impl Fn(&str) -> String, last_line: &str) -> String {
    let name = gsm7::nearest(&value(ORGANIZATION));
    let with = |name: &str| {
        let text = template.fill(|asked| if asked == ORGANIZATION { name.to_owned() } else { value(asked) });
        format!("{text}{last_line}")
    };
    let whole = with(&name);
    if gsm7::measure(&whole).segments == 1 || template.count(ORGANIZATION) == 0 {
        return whole;
    }
    let length = name.chars().count();
    let shorter = (SHORTEST_NAME..length).rev().map(|length| {
        let cut: String = name.chars().take(length).collect();
        with(cut.trim_end())
    });
    shorter.into_iter().find(|text| gsm7::measure(text).segments == 1).unwrap_or(whole)
}
