//! Elapsed time, for figures and time limits: xtask has no clock to inject, it measures the real one.

use std::time::Instant;

/// Now, on the monotonic clock.
#[expect(clippy::disallowed_methods, reason = "the one place of xtask that reads the clock")]
pub fn now() -> Instant {
    Instant::now()
}
