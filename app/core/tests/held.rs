//! A factor that does not work is no missing factor (T34, T66), and what is new does not open a reset by itself (T65):
//! over everything that can stand in the way of every method.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use regain_core::eligibility::{self, DirectoryState, Facts, Refusal};
use regain_core::flow::{FlowFacts, Step, step};
use regain_core::method::held::{
    Demand, Obstacle, demand, demand_of, registered_for_reset, strongest, usable_for_reset,
};
use regain_core::method::{Age, Held, Method, MethodSet, Strength, Usable, different_kinds, suffice};
use regain_core::policy::{MethodsRequired, Standing};
use regain_core::time::Timestamp;

const BROKEN: [Obstacle; 4] =
    [Obstacle::NotWorking, Obstacle::Unreachable, Obstacle::Suspended, Obstacle::Spent];
const LATER: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn obstacles() -> impl Strategy<Value = Vec<Obstacle>> {
    subsequence(Obstacle::ALL.to_vec(), 0..=Obstacle::ALL.len())
}

fn held(second_factors: MethodSet) -> impl Strategy<Value = Held> {
    let age = select(vec![Age::Settled, Age::Young(LATER), Age::Waiting(LATER)]);
    (select(Method::ALL), any::<bool>(), age, obstacles()).prop_map(
        move |(method, registered, age, obstacles)| Held {
            usable: Usable::new(method).with_youth(age != Age::Settled),
            registered,
            strength: method.strength(second_factors),
            age,
            obstacles,
        },
    )
}

/// What a person may hold, under some policy of second factors.
fn person() -> impl Strategy<Value = (MethodSet, Vec<Held>)> {
    let policies = subsequence(Method::ALL.to_vec(), 0..=Method::ALL.len());
    policies.prop_flat_map(|methods| {
        let second_factors: MethodSet =
            methods.into_iter().filter(|method| method.counts_at_sign_in()).collect();
        (Just(second_factors), proptest::collection::vec(held(second_factors), 0..7))
    })
}

fn works(one: &Held) -> bool {
    !one.obstacles.iter().any(|obstacle| BROKEN.contains(obstacle))
}

#[test]
fn t66_every_subset_of_obstacles_of_every_strong_method_leaves_the_gate_shut_or_asks_for_it() {
    let second_factors: MethodSet =
        Method::ALL.iter().copied().filter(|one| one.counts_at_sign_in()).collect();
    for method in second_factors.iter() {
        for bits in 0..1_u32 << Obstacle::ALL.len() {
            let has = |place: &usize| bits & (1 << place) != 0;
            let obstacles = (0..Obstacle::ALL.len()).filter(has).map(|place| Obstacle::ALL[place]).collect();
            let one = Held {
                usable: Usable::new(method),
                registered: true,
                strength: method.strength(second_factors),
                age: Age::Settled,
                obstacles,
            };
            let wanted = if works(&one) { Demand::Show(vec![0]) } else { Demand::Unavailable };
            // A mailbox that works stands in for nothing.
            let mailbox = Held {
                usable: Usable::new(Method::Email),
                strength: Method::Email.strength(second_factors),
                obstacles: Vec::new(),
                ..one.clone()
            };
            assert_eq!(demand(&[one.clone(), mailbox]), wanted, "{one:?}");
            assert_eq!(demand_of(&[one], Strength::Strong), wanted);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn t34_who_registered_anything_never_passes_with_the_password_alone((_, held) in person()) {
        let asked = held.iter().any(|one| one.registered && one.strength.is_some());
        prop_assert_eq!(demand(&held) != Demand::Nothing, asked);
        let strong = held.iter().any(|one| one.registered && one.strength == Some(Strength::Strong));
        prop_assert_eq!(demand_of(&held, Strength::Strong) != Demand::Nothing, strong);
    }

    #[test]
    fn what_is_shown_is_the_best_and_works((_, held) in person()) {
        if let Demand::Show(places) = demand(&held) {
            prop_assert!(!places.is_empty());
            for place in places {
                prop_assert!(held[place].registered && works(&held[place]));
                prop_assert_eq!(held[place].strength, strongest(&held));
            }
        }
    }

    #[test]
    fn what_breaks_never_opens((_, held) in person(), broken in select(&BROKEN[..]), place in 0_usize..7) {
        let before = demand(&held);
        let mut after = held.clone();
        let Some(one) = after.get_mut(place) else { return Ok(()) };
        one.obstacles.push(broken);
        prop_assert_eq!(demand(&after) == Demand::Nothing, before == Demand::Nothing);
        if let (Demand::Show(before), Demand::Show(after)) = (&before, &demand(&after)) {
            prop_assert!(after.iter().all(|place| before.contains(place)));
        }
        prop_assert!(usable_for_reset(&after).len() <= usable_for_reset(&held).len() + 1);
        prop_assert!(!registered_for_reset(&after).contains(&place));
    }

    #[test]
    fn t65_what_waits_opens_nothing_and_what_is_new_not_by_itself((_, held) in person(), two: bool) {
        let usable: Vec<Usable> =
            usable_for_reset(&held).into_iter().map(|place| held[place].usable.clone()).collect();
        let waits = usable_for_reset(&held).into_iter().any(|place| matches!(held[place].age, Age::Waiting(_)));
        prop_assert!(!waits);
        let required = if two { MethodsRequired::Two } else { MethodsRequired::One };
        let facts = Facts {
            known: true,
            blocked: false,
            standing: Standing::Enabled,
            required,
            usable: usable.clone(),
            directory: DirectoryState::Local,
        };
        let kinds = different_kinds(&usable) >= required.count();
        let old = usable.iter().any(|one| !one.young);
        let wanted = match (kinds, old) {
            (false, _) => Err(Refusal::NotRegistered),
            (true, false) => Err(Refusal::TooNew),
            (true, true) => Ok(()),
        };
        prop_assert_eq!(eligibility::check(&facts).map(|_| ()), wanted);
        prop_assert_eq!(suffice(&usable, required.count()), wanted.is_ok());
    }

    /// Whoever may begin can also end, whichever way they take; and never with new methods alone.
    #[test]
    fn t65_every_way_through_a_reset_takes_an_older_method((_, held) in person(), two: bool, choices: [usize; 6]) {
        let usable: Vec<Usable> =
            usable_for_reset(&held).into_iter().map(|place| held[place].usable.clone()).collect();
        let required = if two { MethodsRequired::Two } else { MethodsRequired::One };
        if !suffice(&usable, required.count()) {
            return Ok(());
        }
        let mut facts = FlowFacts {
            intent: None,
            offers_unlock: false,
            required,
            on_device: false,
            usable,
            proofs: Vec::new(),
            open_challenge: None,
            ending: None,
            expired: false,
            locked: false,
        };
        for choice in choices {
            if step(&facts) == Step::NewPassword {
                break;
            }
            let remaining = facts.remaining();
            prop_assert!(!remaining.is_empty(), "a dead end after {:?}", facts.proofs);
            let proved = remaining[choice % remaining.len()].clone();
            facts.proofs.push(proved);
        }
        prop_assert_eq!(step(&facts), Step::NewPassword);
        prop_assert!(suffice(&facts.proofs, required.count()), "{:?}", facts.proofs);
    }
}
