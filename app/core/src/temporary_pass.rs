//! Temporary Access Passes: what an administrator sets about them.

mod edit;

use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

pub use edit::{changes, edit, field, typed, typed_lifetime};

/// *Minimum*, *maximum* and *default lifetime* in minutes: which numbers may be set. The bounds of Microsoft Entra, ten
/// minutes to thirty days.
pub const LIFETIMES: RangeInclusive<u32> = 10..=43_200;
/// *Length*: which numbers may be set. The bounds of Microsoft Entra. A character carries five bits, so the shortest
/// pass has 40. Typed with a username and counted like passwords (at most 100 tries in a day) that is far more than the
/// 20 bits that OWASP ASVS 5.0, 6.5.4, asks of an issued code; below 112 bits a code is kept under a password hash with
/// a salt (6.5.2), which every pass is.
pub const LENGTHS: RangeInclusive<u8> = 8..=48;

/// The settings document `temporary_pass`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PassSettings {
    /// Whether passes are issued and accepted at all.
    pub enabled: bool,
    /// A pass opens one session and no more.
    pub one_time: bool,
    /// The shortest life in minutes that an administrator may give.
    pub min_minutes: u32,
    /// The longest.
    pub max_minutes: u32,
    /// The life of a pass for which nothing else is said.
    pub default_minutes: u32,
    /// Characters of a pass.
    pub length: u8,
}

/// On, one use, an hour at most. Microsoft Entra begins with a longest life of eight hours and with passes for many
/// uses; the rule that a pass is good once and for at most an hour (T112) is the safer of the two, so it is where an
/// installation begins. The shortest life begins at the lower bound: who is on the phone needs no hour.
impl Default for PassSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            one_time: true,
            min_minutes: *LIFETIMES.start(),
            max_minutes: 60,
            default_minutes: 60,
            length: *LENGTHS.start(),
        }
    }
}
