//! Dates as people read them.

use jiff::Timestamp as Instant;
use jiff::tz::TimeZone;
use regain_core::time::Timestamp;

use super::t_args;

/// The day (UTC), as in *3 March 2026*.
pub fn day(at: Timestamp) -> String {
    let Ok(instant) = Instant::from_microsecond(at.micros()) else { return String::new() };
    let date = instant.to_zoned_datetime(TimeZone::UTC).date();
    t_args(
        "ui-day",
        &[
            ("day", date.day().to_string()),
            ("month", date.month().to_string()),
            ("year", date.year().to_string()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_as_people_write_it() {
        assert_eq!(day(Timestamp::from_seconds(0)), "1 January 1970");
        assert_eq!(day(Timestamp::from_seconds(1_772_496_000)), "3 March 2026");
    }
}
