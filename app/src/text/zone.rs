//! Time zones by their names, as *Europe/Berlin*.

use std::sync::LazyLock;

use jiff::Timestamp as Instant;
use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use regain_core::time::Timestamp;

/// A time zone of a place, or UTC. The database of zones is part of the binary: every server knows the same ones, and no
/// machine has to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// What the clocks of a zone show.
pub(super) struct Clock {
    /// Day and time of day.
    pub(super) at: DateTime,
    /// What people there call that time: *CET*, or *UTC+05:45* where it has no name.
    pub(super) name: String,
}

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let database = TimeZoneDatabase::bundled();
    let is_shown =
        |name: &String| Zone::named(name).is_some_and(|zone| zone.name() == name && zone.0.is_primary());
    let mut names: Vec<_> =
        database.available().map(|name| name.as_str().to_owned()).filter(is_shown).collect();
    names.sort_by(|one, other| (one != UTC, one).cmp(&(other != UTC, other)));
    // Each zone was read for this; only the one that is used is worth its memory.
    database.reset();
    names
});

/// The zone before anybody chose one.
const UTC: &str = "UTC";

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl Zone {
    /// The zone of this name. Capitals do not matter, and a space does for an underscore.
    pub fn named(name: &str) -> Option<Self> {
        let zone = TimeZoneDatabase::bundled().get(&name.trim().replace(' ', "_")).ok()?;
        if zone.primary_iana_name() == Some(UTC) {
            return Some(Self::default());
        }
        zone.location().is_some().then_some(Self(zone))
    }

    /// The names to choose from: UTC, then one for each zone of each country.
    pub fn names() -> &'static [String] {
        &NAMES
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or(UTC)
    }

    /// The instant with which a day begins there.
    pub fn beginning_of(&self, day: Date) -> Option<Timestamp> {
        // Where clocks jump over midnight, it is the instant after the jump.
        let instant = self.0.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
        Some(Timestamp(instant.as_microsecond()))
    }

    /// What its clocks show at an instant.
    pub(super) fn clock(&self, at: Timestamp) -> Option<Clock> {
        let instant = Instant::from_microsecond(at.micros()).ok()?;
        let name = spoken(self.0.to_offset_info(instant).abbreviation());
        Some(Clock { at: self.0.to_datetime(instant), name })
    }
}

/// An abbreviation as people read it: where a zone's time has no name, the database has its distance from UTC (`+0545`).
fn spoken(abbreviation: &str) -> String {
    match abbreviation.split_at_checked(3) {
        Some((hours, minutes)) if hours.starts_with(['+', '-']) => {
            let colon = if minutes.is_empty() { "" } else { ":" };
            format!("UTC{hours}{colon}{minutes}")
        }
        _ => abbreviation.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_has_its_name_however_it_is_typed() {
        for (typed, name) in [
            ("UTC", "UTC"),
            ("utc", "UTC"),
            ("Etc/UTC", "UTC"),
            (" europe/BERLIN ", "Europe/Berlin"),
            ("America/New York", "America/New_York"),
            ("Asia/Calcutta", "Asia/Calcutta"),
        ] {
            assert_eq!(
                Zone::named(typed).map(|zone| zone.name().to_owned()).as_deref(),
                Some(name),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_no_place_is_no_zone() {
        for typed in
            ["", "Berlin", "Europe", "Europe/Nowhere", "Etc/Unknown", "Factory", "CET-1", "+01:00", "../UTC"]
        {
            assert_eq!(Zone::named(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_names_to_choose_from_are_one_for_each_zone_of_a_country() {
        let names = Zone::names();
        assert_eq!(names[0], "UTC");
        assert!((350..500).contains(&names.len()), "{}", names.len());
        assert!(names[1..].is_sorted());
        for name in ["Europe/Berlin", "Asia/Kolkata", "America/New_York"] {
            assert!(names.iter().any(|found| found == name), "{name}");
        }
        assert!(!names.iter().any(|name| name == "Asia/Calcutta"), "an older name of one that is there");
    }

    #[test]
    fn a_day_begins_with_its_first_instant() {
        let seconds = |zone: &str, day: &str| {
            Zone::named(zone).unwrap().beginning_of(day.parse().unwrap()).unwrap().seconds()
        };
        assert_eq!(seconds("UTC", "2026-11-30"), 1_795_996_800);
        assert_eq!(seconds("Asia/Kolkata", "2026-11-30"), 1_795_996_800 - 19_800);
        // In Cairo clocks jumped from midnight to one o'clock.
        assert_eq!(seconds("Africa/Cairo", "2024-04-26"), 1_714_082_400);
    }

    #[test]
    fn a_time_without_a_name_is_called_by_its_distance_from_utc() {
        for (abbreviation, name) in
            [("CET", "CET"), ("UTC", "UTC"), ("+03", "UTC+03"), ("-03", "UTC-03"), ("+0545", "UTC+05:45")]
        {
            assert_eq!(spoken(abbreviation), name);
        }
    }
}
