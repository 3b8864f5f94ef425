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

/// The time of day (UTC), as in *14:30*.
pub fn time(at: Timestamp) -> String {
    let Ok(instant) = Instant::from_microsecond(at.micros()) else { return String::new() };
    let at = instant.to_zoned_datetime(TimeZone::UTC);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// The minute (UTC), as in *26 Nov 2026, 01:51 UTC*.
pub fn minute(at: Timestamp) -> String {
    let Ok(instant) = Instant::from_microsecond(at.micros()) else { return String::new() };
    let (time, at) = (time(at), instant.to_zoned_datetime(TimeZone::UTC));
    t_args(
        "ui-minute",
        &[
            ("day", at.day().to_string()),
            ("month", at.month().to_string()),
            ("year", at.year().to_string()),
            ("time", time),
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
        assert_eq!(minute(Timestamp::from_seconds(1_772_496_060)), "3 Mar 2026, 00:01 UTC");
    }
}
