//! The only module that asks the machine for time, randomness and environment. Everything else takes them as arguments.
#![expect(clippy::disallowed_methods, reason = "this is the module that the ban sends everybody to")]

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use regain_core::entropy::Entropy;
use regain_core::time::{Clock, Duration, Timestamp};
use uuid::Uuid;

/// The time that counts. It never runs backwards, and never slower than time passes: a machine's clock that is put back,
/// or a restart after that, must not extend a code, a session or what else has an end. It follows the machine's clock
/// forwards or, once there is one, a clock that several servers share.
#[derive(Debug)]
pub struct SystemClock(Mutex<State>);

#[derive(Debug)]
struct State {
    /// What was last shown, and when that was on the clock that nobody sets.
    shown: i64,
    at: Instant,
    /// Whether it follows a shared clock.
    follows: bool,
    /// By how much tests moved time.
    advanced: i64,
    /// By how much tests put the machine's clock.
    jumped: i64,
    /// Whether it stands still for tests: only they move it.
    still: bool,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self(Mutex::new(State {
            shown: machine(),
            at: Instant::now(),
            follows: false,
            advanced: 0,
            jumped: 0,
            still: false,
        }))
    }
}

fn machine() -> i64 {
    micros(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

impl State {
    /// The machine's clock, as tests left it.
    fn machine(&self) -> i64 {
        machine() + self.jumped + self.advanced
    }

    fn now(&mut self) -> i64 {
        if self.still {
            return self.shown;
        }
        let at = Instant::now();
        let passed = micros(at.duration_since(self.at));
        let machine = if self.follows { i64::MIN } else { self.machine() };
        (self.shown, self.at) = ((self.shown + passed).max(machine), at);
        self.shown
    }
}

impl SystemClock {
    /// Lets time pass, for tests.
    pub fn advance(&self, by: Duration) {
        let mut state = self.state();
        state.advanced += micros(by);
        state.shown += micros(by);
    }

    /// From here on no time passes but what [`Self::advance`] lets pass, for tests that ask whether anything was written:
    /// some things are written once a minute.
    pub fn stand_still(&self) {
        let mut state = self.state();
        state.now();
        state.still = true;
    }

    /// Puts the machine's clock by so many seconds, for tests: no time passes by that.
    pub fn jump(&self, seconds: i64) {
        self.state().jumped += seconds * 1_000_000;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic cannot leave it half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.state().now())
    }

    fn raise(&self, latest: Timestamp) {
        let mut state = self.state();
        state.shown = state.now().max(latest.0);
    }

    fn follow(&self, shared: Timestamp) {
        let mut state = self.state();
        let shared = shared.0 + state.advanced;
        // At first it may go back: nothing was decided yet by what the machine showed.
        let now = if state.follows { state.now() } else { i64::MIN };
        (state.shown, state.at, state.follows) = (now.max(shared), Instant::now(), true);
    }

    fn machine_ahead(&self) -> i64 {
        let mut state = self.state();
        state.machine() - state.now()
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
