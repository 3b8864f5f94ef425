//! Instants and spans: FILETIME and *Interval* of Windows, GeneralizedTime of everybody.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use regain_core::time::{Duration, Timestamp};

/// From 1601 to 1970, in microseconds (MS-DTYP 2.3.3).
const EPOCH: i64 = 11_644_473_600_000_000;
/// An instant that never comes, and a span that never ends.
const NEVER: i64 = i64::MAX;

/// An attribute of Windows that is an instant, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filetime {
    /// 0: not yet, or not at all; each attribute has its own meaning.
    Zero,
    /// The greatest number: never.
    Never,
    /// Then.
    At(Timestamp),
}

/// Hundreds of nanoseconds since 1601, in decimal.
pub(crate) fn filetime(text: &str) -> Option<Filetime> {
    match text.parse::<i64>().ok()? {
        0 => Some(Filetime::Zero),
        NEVER => Some(Filetime::Never),
        ticks if ticks > 0 => Some(Filetime::At(Timestamp(ticks / 10 - EPOCH))),
        _ => None,
    }
}

/// The instant as Windows writes it.
#[cfg(test)]
pub(crate) fn filetime_of(instant: Timestamp) -> String {
    instant.micros().saturating_add(EPOCH).saturating_mul(10).max(0).to_string()
}

/// A span: hundreds of nanoseconds, negative (MS-ADTS 2.2.18). The outer `None`: no such value; the inner: for ever.
pub(crate) fn interval(text: &str) -> Option<Option<Duration>> {
    match text.parse::<i64>().ok()? {
        i64::MIN => Some(None),
        ticks if ticks <= 0 => Some(Some(Duration::from_micros(ticks.unsigned_abs() / 10))),
        _ => None,
    }
}

/// `YYYYMMDDHH[MM[SS[.fraction]]]` and a zone (RFC 4517, 3.3.13). The fraction of a second is left out.
pub(crate) fn generalized(text: &str) -> Option<Timestamp> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (date, rest) = text.split_at_checked(digits)?;
    if !matches!(digits, 10 | 12 | 14) {
        return None;
    }
    let field = |from: usize, to: usize| date.get(from..to).map_or(Some(0), |text| text.parse::<i8>().ok());
    let year = date.get(..4)?.parse::<i16>().ok()?;
    // A leap second is the last one of its minute: no calendar here knows it.
    let second = field(12, 14)?.min(59);
    let local =
        DateTime::new(year, field(4, 6)?, field(6, 8)?, field(8, 10)?, field(10, 12)?, second, 0).ok()?;
    let instant = offset(without_fraction(rest)?)?.to_timestamp(local).ok()?;
    Some(Timestamp(instant.as_microsecond()))
}

fn without_fraction(rest: &str) -> Option<&str> {
    let Some(fraction) = rest.strip_prefix(['.', ',']) else { return Some(rest) };
    let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    (zone.len() < fraction.len()).then_some(zone)
}

fn offset(zone: &str) -> Option<Offset> {
    if zone == "Z" {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let hours = digits.get(..2)?.parse::<i32>().ok()?;
    let minutes = digits.get(2..4).map_or(Some(0), |text| text.parse::<i32>().ok())?;
    if hours > 23 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

/// The instant in whole seconds, in UTC. `None`: a year before 0 or after 9999.
pub(crate) fn generalized_of(instant: Timestamp) -> Option<String> {
    let instant = jiff::Timestamp::from_microsecond(instant.micros()).ok()?;
    let at = Offset::UTC.to_datetime(instant);
    if at.year() < 0 {
        return None;
    }
    let (date, time) = (at.date(), at.time());
    Some(format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}Z",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn windows_counts_from_1601() {
        let at = Timestamp::from_seconds(1_355_526_400);
        assert_eq!(filetime("130000000000000000"), Some(Filetime::At(at)));
        assert_eq!(filetime("0"), Some(Filetime::Zero));
        assert_eq!(filetime("9223372036854775807"), Some(Filetime::Never));
        for text in ["", "-1", "1.5", "9223372036854775808", " 1"] {
            assert_eq!(filetime(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_of_windows_is_negative() {
        assert_eq!(interval("-18000000000"), Some(Some(Duration::from_mins(30))));
        assert_eq!(interval("0"), Some(Some(Duration::ZERO)));
        assert_eq!(interval("-9223372036854775808"), Some(None));
        assert_eq!(interval("1"), None);
        assert_eq!(interval("x"), None);
    }

    #[test]
    fn each_spelling_of_an_instant_is_read() {
        let new_year = Timestamp::from_seconds(1_767_225_600);
        let cases = [
            "20260101000000Z",
            "202601010000Z",
            "2026010100Z",
            "20260101000000.0Z",
            "20260101000000,123Z",
            "20260101010000+0100",
            "20251231233000-0030",
            "2026010101+01",
        ];
        for text in cases {
            assert_eq!(generalized(text), Some(new_year), "{text}");
        }
        assert_eq!(generalized("19700101000000Z"), Some(Timestamp(0)));
        assert_eq!(generalized("20161231235960Z"), generalized("20161231235959Z"));
    }

    #[test]
    fn the_mark_of_a_lock_for_good_is_an_instant_long_ago() {
        assert!(generalized("000001010000Z").is_some_and(|at| at < Timestamp(0)));
    }

    #[test]
    fn half_an_instant_is_none() {
        let cases = [
            "",
            "Z",
            "2026",
            "20260101000000",
            "20261301000000Z",
            "20260230000000Z",
            "20260101000000.Z",
            "20260101000000+1",
            "20260101000000+2500",
            "20260101000000X",
            "2026010100000Z",
            "２０２６０１０１００Z",
        ];
        for text in cases {
            assert_eq!(generalized(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(seconds in -62_000_000_000_i64..253_000_000_000) {
            let at = Timestamp::from_seconds(seconds);
            prop_assert_eq!(generalized(&generalized_of(at).unwrap()), Some(at));
        }

        #[test]
        fn filetimes_come_back(micros in 1 - EPOCH..EPOCH) {
            prop_assert_eq!(filetime(&filetime_of(Timestamp(micros))), Some(Filetime::At(Timestamp(micros))));
        }

        #[test]
        fn nothing_panics(text in "[0-9.,Z+é-]{0,24}", any_text in ".{0,24}") {
            let _ = (generalized(&text), generalized(&any_text), filetime(&text), interval(&text));
        }
    }
}
