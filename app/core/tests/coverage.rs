//! In scope, registered, ready: each word keeps what it promises.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use regain_core::coverage::{Coverage, NotReady};
use regain_core::eligibility::{DirectoryState, Facts, Refusal, check};
use regain_core::method::{Method, Usable};
use regain_core::policy::{MethodsRequired, Standing};
use regain_core::time::Timestamp;

const LATER: Timestamp = Timestamp::from_seconds(1_800_000_000);

/// Somebody with some methods, of which some can be used now.
fn somebody() -> impl Strategy<Value = (Facts, Vec<Usable>)> {
    let has = subsequence(Method::ALL.to_vec(), 0..=Method::ALL.len());
    let has = has.prop_flat_map(|methods| (subsequence(methods.clone(), 0..=methods.len()), Just(methods)));
    let required = select(vec![MethodsRequired::One, MethodsRequired::Two]);
    let rest = (any::<bool>(), select(Standing::ALL), required, select(DirectoryState::ALL), any::<bool>());
    (has, rest).prop_map(|((now, all), (blocked, standing, required, directory, young))| {
        let usable = |methods: Vec<Method>| -> Vec<Usable> {
            methods.into_iter().map(|method| Usable::new(method).with_youth(young)).collect()
        };
        let usable_now = usable(now);
        (Facts { known: true, blocked, standing, required, usable: usable_now, directory }, usable(all))
    })
}

proptest! {
    #[test]
    fn whoever_is_ready_is_in_scope_and_registered_and_would_not_be_refused(
        (facts, counted) in somebody(), locked in any::<bool>(),
    ) {
        let coverage = Coverage::of(&facts, &counted, locked.then_some(LATER));
        prop_assert_eq!(coverage.ready.is_ok(), check(&facts).is_ok() && !locked);
        if coverage.ready.is_ok() {
            prop_assert!(coverage.in_scope && coverage.registered && !facts.blocked);
        }
    }

    #[test]
    fn what_is_said_to_stand_in_the_way_agrees_with_the_other_words((facts, counted) in somebody()) {
        let coverage = Coverage::of(&facts, &counted, Some(LATER));
        match coverage.ready {
            Ok(()) => prop_assert!(false, "nobody is ready whose recovery is locked"),
            Err(NotReady::Refused(Refusal::NotRegistered)) => prop_assert!(!coverage.registered),
            Err(NotReady::Refused(Refusal::NotInScope)) => prop_assert!(!coverage.in_scope),
            Err(NotReady::Locked(until)) => prop_assert!(until == LATER && coverage.registered),
            Err(NotReady::Refused(_)) => {}
        }
    }
}
