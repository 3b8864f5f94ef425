//! R177 to R182: smart lockout of sign-in.

use proptest::prelude::*;
use regain_core::lockout::{Attempt, Fingerprint, Lockout, LockoutSettings};
use regain_core::time::{Duration, Timestamp};

const START: Timestamp = Timestamp::from_seconds(1_700_000_000);
const SETTINGS: LockoutSettings = LockoutSettings { threshold: 10, duration_seconds: 60 };

/// Another wrong password for each number.
fn wrong(number: u32) -> Fingerprint {
    let mut fingerprint = [0; 16];
    fingerprint[..4].copy_from_slice(&number.to_le_bytes());
    fingerprint
}

/// The state after that many different wrong passwords, and when they were typed.
fn after(failures: u32) -> Lockout {
    (0..failures).fold(Lockout::default(), |state, number| fail(&state, number, START))
}

fn fail(state: &Lockout, number: u32, now: Timestamp) -> Lockout {
    match state.attempt(&SETTINGS, wrong(number), now) {
        Attempt::Counted(next) => next,
        other => panic!("attempt {number} was not counted: {other:?}"),
    }
}

#[test]
fn r177_ten_wrong_passwords_lock() {
    assert_eq!(after(9).locked(START), None);
    assert!(after(10).locked(START).is_some());
    let tight = LockoutSettings { threshold: 1, ..SETTINGS };
    let Attempt::Counted(state) = Lockout::default().attempt(&tight, wrong(1), START) else { panic!() };
    assert!(state.locked(START).is_some(), "the threshold is a setting");
}

#[test]
fn a_locked_account_compares_nothing() {
    let until = START.plus(Duration::from_mins(1));
    assert_eq!(after(10).attempt(&SETTINGS, wrong(99), START), Attempt::Refused { until });
    assert_eq!(
        after(10).attempt(&SETTINGS, wrong(9), START),
        Attempt::Refused { until },
        "nor a repeated one"
    );
}

#[test]
fn r178_the_first_lock_lasts_60_seconds_and_later_ones_longer() {
    let mut state = after(10);
    let mut now = START;
    let mut lengths = Vec::new();
    for number in 100..110 {
        let until = state.locked(now).expect("locked");
        lengths.push(until.since(now).as_secs());
        now = until;
        state = fail(&state, number, now);
    }
    assert_eq!(lengths, [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]);
}

#[test]
fn r178_the_lock_ends_to_the_second() {
    let state = after(10);
    assert!(state.locked(START.plus(Duration::from_millis(59_999))).is_some());
    assert!(state.locked(START.plus(Duration::from_mins(1))).is_none());
}

#[test]
fn r179_the_first_wrong_password_after_a_lock_locks_again() {
    let later = START.plus(Duration::from_secs(61));
    assert!(fail(&after(10), 50, later).locked(later).is_some());
}

#[test]
fn r180_one_of_the_last_three_wrong_passwords_does_not_count_again() {
    let state = after(5);
    for number in [2, 3, 4] {
        assert_eq!(state.attempt(&SETTINGS, wrong(number), START), Attempt::Repeated);
    }
    assert_eq!(fail(&state, 1, START).failures, 6, "the fourth last is forgotten");
    let later = START.plus(Duration::from_secs(61));
    assert_eq!(after(10).attempt(&SETTINGS, wrong(9), later), Attempt::Repeated, "nor does it lock again");
}

#[test]
fn settings_have_their_ranges() {
    let problems =
        |threshold, duration_seconds| LockoutSettings { threshold, duration_seconds }.problems().len();
    assert_eq!(LockoutSettings::default(), SETTINGS);
    assert_eq!([problems(1, 5), problems(50, 18_000)], [0, 0]);
    assert_eq!([problems(0, 60), problems(51, 60), problems(10, 4), problems(10, 18_001)], [1, 1, 1, 1]);
}

#[test]
fn a_first_lock_longer_than_an_hour_is_kept() {
    let settings = LockoutSettings { threshold: 1, duration_seconds: 18_000 };
    let Attempt::Counted(state) = Lockout::default().attempt(&settings, wrong(1), START) else { panic!() };
    assert_eq!(state.locked_until, Some(START.plus(Duration::from_hours(5))));
}

proptest! {
    /// Whoever guesses as fast as the locks allow compares few passwords in a day.
    #[test]
    fn a_day_of_guessing_compares_fewer_than_50(pauses in proptest::collection::vec(0_u64..7200, 400)) {
        let mut state = Lockout::default();
        let mut now = START;
        let mut compared = 0;
        for (number, pause) in (0_u32..).zip(pauses) {
            if now.since(START) >= Duration::from_hours(24) {
                break;
            }
            match state.attempt(&SETTINGS, wrong(number), now) {
                Attempt::Refused { until } => now = until,
                Attempt::Counted(next) => {
                    compared += 1;
                    state = next;
                }
                Attempt::Repeated => prop_assert!(false, "every password is another"),
            }
            now = now.plus(Duration::from_secs(pause % 7));
        }
        prop_assert!(compared < 50, "{compared}");
        prop_assert!(state.recent.len() <= 3);
    }

    #[test]
    fn the_state_is_the_same_after_it_was_stored(failures in 0_u32..10) {
        let state = after(failures);
        let stored = serde_json::to_string(&state).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(serde_json::from_str::<Lockout>(&stored).ok(), Some(state));
    }
}
