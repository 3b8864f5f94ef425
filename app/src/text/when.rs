//! Instants as people read them, in the zone of the organisation, which every time of day names.

use leptos::prelude::use_context;
use regain_core::time::Timestamp;

use super::zone::{Clock, Zone};
use super::{Locale, text};
use crate::visit::Visit;

/// The day, as in *3 March 2026*.
pub fn day(at: Timestamp) -> String {
    here("ui-day", at)
}

/// The minute in a sentence, as in *3 March 2026 at 14:30 CET*.
pub fn moment(at: Timestamp) -> String {
    here("ui-moment", at)
}

/// The minute in a list, as in *3 Mar 2026, 14:30 CET*.
pub fn brief(at: Timestamp) -> String {
    here("ui-brief", at)
}

/// The second in a list, as in *3 Mar 2026, 14:30:09 CET*.
pub fn exact(at: Timestamp) -> String {
    here("ui-exact", at)
}

/// Like [`moment`], outside a visit: in this zone and this language.
pub fn moment_in(at: Timestamp, zone: &Zone, locale: Locale) -> String {
    written("ui-moment", at, zone, locale)
}

/// The time of day alone, as in *14:30*: for lists whose heading names the zone.
pub fn time_of_day(at: Timestamp) -> String {
    zone().clock(at).map_or_else(String::new, |clock| clock.at.strftime("%H:%M").to_string())
}

/// The day as addresses and programs have it, as in *2026-03-03*.
pub fn date(at: Timestamp) -> String {
    zone().clock(at).map_or_else(String::new, |clock| clock.at.date().to_string())
}

/// The zone of the visit that is being answered.
pub fn zone() -> Zone {
    use_context::<Visit>().map(|visit| visit.zone).unwrap_or_default()
}

/// In the zone and the language of the visit that is being answered.
fn here(key: &str, at: Timestamp) -> String {
    let locale = use_context::<Visit>().map(|visit| visit.locale).unwrap_or_default();
    written(key, at, &zone(), locale)
}

fn written(key: &str, at: Timestamp, zone: &Zone, locale: Locale) -> String {
    let Some(Clock { at, name }) = zone.clock(at) else { return String::new() };
    let args = [
        ("day", at.day().to_string()),
        ("month", at.month().to_string()),
        ("year", at.year().to_string()),
        ("time", format!("{} {name}", at.strftime("%H:%M"))),
        ("exact", format!("{} {name}", at.strftime("%H:%M:%S"))),
    ];
    text(locale, key, &args)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_zone(name: &str, seconds: i64) -> String {
        moment_in(Timestamp::from_seconds(seconds), &Zone::named(name).unwrap(), Locale::English)
    }

    #[test]
    fn a_day_reads_as_people_write_it() {
        assert_eq!(day(Timestamp::from_seconds(0)), "1 January 1970");
        let at = Timestamp::from_seconds(1_772_496_067);
        assert_eq!(day(at), "3 March 2026");
        assert_eq!(moment(at), "3 March 2026 at 00:01 UTC");
        assert_eq!(brief(at), "3 Mar 2026, 00:01 UTC");
        assert_eq!(exact(at), "3 Mar 2026, 00:01:07 UTC");
        assert_eq!((time_of_day(at), date(at)), ("00:01".to_owned(), "2026-03-03".to_owned()));
    }

    #[test]
    fn a_time_is_the_one_of_its_zone_and_names_it() {
        for (zone, says) in [
            ("UTC", "30 November 2026 at 16:05 UTC"),
            ("Europe/Berlin", "30 November 2026 at 17:05 CET"),
            ("America/New_York", "30 November 2026 at 11:05 EST"),
            ("Asia/Kolkata", "30 November 2026 at 21:35 IST"),
            ("Asia/Kathmandu", "30 November 2026 at 21:50 UTC+05:45"),
            ("America/Sao_Paulo", "30 November 2026 at 13:05 UTC-03"),
            ("Pacific/Auckland", "1 December 2026 at 05:05 NZDT"),
        ] {
            assert_eq!(in_zone(zone, 1_796_054_709), says);
        }
    }

    #[test]
    fn the_hour_that_comes_twice_has_two_names() {
        assert_eq!(in_zone("Europe/Berlin", 1_792_888_200), "25 October 2026 at 02:30 CEST");
        assert_eq!(in_zone("Europe/Berlin", 1_792_891_800), "25 October 2026 at 02:30 CET");
    }
}
