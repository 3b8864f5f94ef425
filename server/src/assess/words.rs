//! Numbers, times and lists as a sentence has them.

use std::time::Duration;

use regain_core::time::Timestamp;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// `1,234`.
pub(super) fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number with the word for one, or for many.
pub(super) fn count(many: usize, one_word: &str, many_word: &str) -> String {
    format!("{} {}", number(many), if many == 1 { one_word } else { many_word })
}

/// `1 person`, `1,234 people`.
pub(super) fn people(many: usize) -> String {
    count(many, "person", "people")
}

/// `84%`. Says 0% and 100% only where it is none and all.
pub(super) fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let rounded = (part * 200 + whole) / (whole * 2);
    match rounded {
        0 if part > 0 => "<1%".to_owned(),
        100.. if part < whole => ">99%".to_owned(),
        rounded => format!("{rounded}%"),
    }
}

/// `3 March 2026, 14:30 UTC`.
pub(super) fn moment(at: Timestamp) -> String {
    written(at, "%-d %B %Y, %H:%M UTC")
}

/// `3 Mar`, UTC.
pub(super) fn short_day(at: Timestamp) -> String {
    written(at, "%-d %b")
}

/// `2026-03-03`, UTC.
pub(super) fn date(at: Timestamp) -> String {
    written(at, "%Y-%m-%d")
}

/// `2026-03-03T14:30:00Z`.
pub(super) fn instant(at: Timestamp) -> String {
    written(at, "%Y-%m-%dT%H:%M:%SZ")
}

fn written(at: Timestamp, format: &str) -> String {
    jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default().strftime(format).to_string()
}

/// `30 minutes`, `1 day`, `1 hour 30 minutes`: the two largest units at most.
pub(super) fn span(duration: Duration) -> String {
    let mut rest = duration.as_secs();
    let mut parts = Vec::new();
    for (unit, one, many) in [
        (DAY, "day", "days"),
        (HOUR, "hour", "hours"),
        (MINUTE, "minute", "minutes"),
        (1, "second", "seconds"),
    ] {
        if rest >= unit && parts.len() < 2 {
            parts.push(count(usize::try_from(rest / unit).unwrap_or(usize::MAX), one, many));
        }
        rest %= unit;
    }
    if parts.is_empty() { "no time".to_owned() } else { parts.join(" ") }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// The same text as it may stand on a terminal or a page: what moves the cursor, turns the direction of what follows or
/// cannot be seen shows as `�`. A directory's names come from many hands.
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_harmful(c) { '\u{FFFD}' } else { c }).collect()
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{61C}'
                | '\u{180E}'
                | '\u{200B}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_percentages_do_not_lie() {
        for (given, written) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(given), written);
        }
        for (part, whole, written) in [
            (0, 0, "–"),
            (0, 2_000, "0%"),
            (1, 2_000, "<1%"),
            (1_999, 2_000, ">99%"),
            (2_000, 2_000, "100%"),
            (1, 3, "33%"),
            (2, 3, "67%"),
        ] {
            assert_eq!(percent(part, whole), written, "{part}/{whole}");
        }
    }

    #[test]
    fn times_and_lists_read_as_one_speaks() {
        assert_eq!(span(Duration::from_mins(30)), "30 minutes");
        assert_eq!(span(Duration::from_hours(24)), "1 day");
        assert_eq!(span(Duration::from_secs(86_400 + 3_600 + 61)), "1 day 1 hour");
        assert_eq!(span(Duration::ZERO), "no time");
        assert_eq!(moment(Timestamp::from_seconds(0)), "1 January 1970, 00:00 UTC");
        let items = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(list(&items(&["a"])), "a");
        assert_eq!(list(&items(&["a", "b", "c"])), "a, b and c");
    }

    #[test]
    fn a_name_moves_no_cursor_and_turns_no_line() {
        assert_eq!(harmless("Ana\u{1b}[2J\u{202E}x\n"), "Ana�[2J�x�");
        assert_eq!(harmless("Zoë 中文 O’Hara"), "Zoë 中文 O’Hara");
    }
}
