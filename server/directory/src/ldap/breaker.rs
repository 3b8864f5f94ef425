//! A server that failed several times is left alone for a while: neither it nor those who wait gain by asking on.

use std::sync::{Mutex, MutexGuard, PoisonError};

use regain_core::time::{Duration, Timestamp};

/// So many failures in a row.
const FAILURES: u32 = 5;
/// So long nobody asks then; afterwards one does, and the others wait on until that one knows.
const REST: Duration = Duration::from_secs(10);

/// Counts the failures of one server.
#[derive(Debug, Default)]
pub(crate) struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    failures: u32,
    rests_until: Timestamp,
}

impl Breaker {
    /// Whether somebody may ask at `now`; if not, for how long nobody may.
    pub(crate) fn ask(&self, now: Timestamp) -> Result<(), Duration> {
        let mut state = self.state();
        if state.failures < FAILURES {
            return Ok(());
        }
        if now < state.rests_until {
            return Err(state.rests_until.since(now));
        }
        state.rests_until = now.plus(REST);
        Ok(())
    }

    /// It failed.
    pub(crate) fn failed(&self, now: Timestamp) {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        state.rests_until = now.plus(REST);
    }

    /// It took a connection. The next failure counts as one too many still: a server may greet and then fall silent.
    pub(crate) fn reached(&self) {
        let mut state = self.state();
        state.failures = state.failures.min(FAILURES - 1);
    }

    /// It answered a question.
    pub(crate) fn answered(&self) {
        self.state().failures = 0;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::from_seconds(1_000);

    fn open() -> Breaker {
        let breaker = Breaker::default();
        for _ in 0..FAILURES {
            assert_eq!(breaker.ask(START), Ok(()));
            breaker.failed(START);
        }
        breaker
    }

    #[test]
    fn after_five_failures_nobody_asks_for_ten_seconds() {
        let breaker = open();
        assert_eq!(breaker.ask(START), Err(REST));
        let nearly = START.plus(Duration::from_millis(9_999));
        assert_eq!(breaker.ask(nearly), Err(Duration::from_millis(1)));
    }

    #[test]
    fn then_one_asks_and_the_others_wait() {
        let breaker = open();
        let later = START.plus(REST);
        assert_eq!(breaker.ask(later), Ok(()));
        assert_eq!(breaker.ask(later), Err(REST));
        breaker.answered();
        assert_eq!(breaker.ask(later), Ok(()));
    }

    #[test]
    fn a_server_that_greets_and_falls_silent_rests_again_at_once() {
        let breaker = open();
        let later = START.plus(REST);
        breaker.reached();
        assert_eq!(breaker.ask(later), Ok(()));
        breaker.failed(later);
        assert_eq!(breaker.ask(later), Err(REST));
    }

    #[test]
    fn an_answer_in_between_starts_the_count_anew() {
        let breaker = Breaker::default();
        for _ in 0..FAILURES - 1 {
            breaker.failed(START);
        }
        breaker.answered();
        for _ in 0..FAILURES - 1 {
            breaker.failed(START);
        }
        assert_eq!(breaker.ask(START), Ok(()));
    }
}
