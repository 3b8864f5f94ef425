//! Elapsed time, for figures and time limits: xtask has no clock to inject, it measures the real one.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Now, on the monotonic clock.
#[expect(clippy::disallowed_methods, reason = "the one place of xtask that reads the clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// Time since 1970, as authenticators and their codes need it.
#[expect(clippy::disallowed_methods, reason = "the one place of xtask that reads the clock")]
pub fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
