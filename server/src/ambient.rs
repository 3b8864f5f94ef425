//! The only module that asks the machine for time, randomness and environment. Everything else takes them as arguments.
#![expect(clippy::disallowed_methods, reason = "this is the module that the ban sends everybody to")]

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use regain_core::entropy::Entropy;
use regain_core::time::{Clock, Duration, Timestamp};
use uuid::Uuid;

/// The machine's clock, which never runs backwards for us: a jump back must not extend a code or a session.
#[derive(Debug, Default)]
pub struct SystemClock {
    latest: AtomicI64,
    ahead: AtomicI64,
}

impl SystemClock {
    /// Moves this clock ahead of the machine's, for tests.
    pub fn advance(&self, by: Duration) {
        self.ahead.fetch_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX), Ordering::SeqCst);
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(since.as_micros()).unwrap_or(i64::MAX) + self.ahead.load(Ordering::SeqCst);
        Timestamp(self.latest.fetch_max(now, Ordering::SeqCst).max(now))
    }
}

/// The operating system's randomness.
#[derive(Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness nothing here is safe; there is no answer but to stop.
        #[expect(clippy::expect_used, reason = "going on without randomness would be worse")]
        getrandom::fill(bytes).expect("the operating system gives no randomness");
    }
}

/// A row id in time order (UUIDv7). An id is a key, never a capability.
pub fn new_id(now: Timestamp, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(now.0 / 1000).unwrap_or(0), &random).into_uuid()
}

/// An environment variable that is set and not empty.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
