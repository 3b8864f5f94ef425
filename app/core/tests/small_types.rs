//! Time, secrets, forms, names of enumerations, proof of work and resend gaps.

use proptest::prelude::*;
use regain_core::eligibility::Refusal;
use regain_core::form::{FieldProblem, FormState};
use regain_core::limits::resend_gap;
use regain_core::method::{Delivery, Kind, Method, MethodSet};
use regain_core::pow;
use regain_core::role::{Right, Role};
use regain_core::secret::{Secret, SecretBytes};
use regain_core::time::{Clock, Duration, ManualClock, Timestamp};

#[test]
fn time_stops_at_its_ends_instead_of_wrapping() {
    let last = Timestamp(i64::MAX);
    assert_eq!(last.plus(Duration::from_secs(1)), last);
    assert_eq!(Timestamp(i64::MIN).minus(Duration::MAX), Timestamp(i64::MIN));
    assert_eq!(Timestamp(1).since(Timestamp(2)), Duration::ZERO);
    assert_eq!(Timestamp(-1).seconds(), -1);
    assert_eq!(last.since(Timestamp(i64::MIN)), Duration::from_micros(u64::MAX));
}

#[test]
fn a_manual_clock_stands_still_until_told() {
    let clock = ManualClock::at(Timestamp::from_seconds(100));
    assert_eq!(clock.now(), clock.now());
    clock.advance(Duration::from_secs(5));
    assert_eq!(clock.now().seconds(), 105);
}

#[test]
fn secrets_never_print() {
    assert_eq!(format!("{:?}", Secret::from("hunter2")), "***");
    assert_eq!(format!("{:?}", SecretBytes::from(vec![1, 2])), "***");
    assert_eq!(Secret::from("a"), Secret::from("a".to_owned()));
    assert_ne!(Secret::from("a"), Secret::from("ab"));
}

#[test]
fn a_form_answers_by_field() {
    let form = FormState::default()
        .with_value("methods", "email")
        .with_value("methods", "app_code")
        .with_problem(FieldProblem::new("days", "reconfirm-days-range").with("max", &730));
    assert_eq!(form.values("methods"), ["email", "app_code"]);
    assert_eq!((form.value("methods"), form.value("nothing")), ("email", ""));
    assert_eq!(form.problem("days").map(|problem| problem.args[0].1.as_str()), Some("730"));
    assert!(form.is_refused() && form.problem("methods").is_none());
    let stored = serde_json::to_string(&form).unwrap();
    assert_eq!(serde_json::from_str::<FormState>(&stored).unwrap(), form);
    assert_eq!(serde_json::to_string(&FormState::default()).unwrap(), "{}");
}

/// Every name of an enumeration leads back to its variant.
macro_rules! assert_names {
    ($($name:ty),+) => {$(
        for variant in <$name>::ALL {
            assert_eq!(variant.as_str().parse::<$name>(), Ok(*variant));
            let json = serde_json::to_string(variant).unwrap();
            assert_eq!(serde_json::from_str::<$name>(&json).unwrap(), *variant);
        }
        assert!("nonsense".parse::<$name>().is_err());
        assert!(serde_json::from_str::<$name>("\"nonsense\"").is_err());
    )+};
}

#[test]
fn names_of_enumerations_lead_back() {
    assert_names!(Method, Kind, Delivery, Role, Right, Refusal);
    assert!(Method::LISTED.iter().all(|method| Method::ALL.contains(method)));
}

#[test]
fn a_set_of_methods_is_stored_as_their_names() {
    let set = MethodSet::of(&[Method::Email, Method::AppCode]);
    assert_eq!(serde_json::to_string(&set).unwrap(), r#"["app_code","email"]"#);
    assert_eq!(serde_json::from_str::<MethodSet>(r#"["email","app_code","email"]"#).unwrap(), set);
    assert!(serde_json::from_str::<MethodSet>(r#"["fax"]"#).is_err());
    assert_eq!(
        (set.len(), set.without(Method::Email).len(), MethodSet::ALL.len()),
        (2, 1, Method::ALL.len())
    );
    assert_eq!(Method::LISTED.len(), Method::ALL.len());
}

#[test]
fn the_known_answer_of_the_proof_of_work() {
    let nonce = pow::solve_from("regain", 12, 0, 1_000_000).unwrap();
    assert!(pow::check("regain", 12, nonce));
    assert!(!(0..nonce).any(|earlier| pow::check("regain", 12, earlier)), "the first one is found");
    assert!(!pow::check("regain2", 12, nonce), "and it solves no other challenge");
    assert_eq!(pow::solve_from("regain", 12, 0, nonce), None, "slices end where they should");
    assert_eq!(pow::solve_from("regain", 12, nonce, 1), Some(nonce));
}

/// Computed with another program: SHA-256 of `abc:0` begins with 5f, of `regain:367` with 0004 in hex.
#[test]
fn the_digest_is_of_seed_colon_and_decimal_number() {
    assert!(pow::check("abc", 1, 0) && !pow::check("abc", 2, 0));
    assert!(pow::check("regain", 13, 367) && !pow::check("regain", 14, 367));
    assert_eq!(pow::solve_from("regain", 12, 0, 1000), Some(367));
}

#[test]
fn resend_gaps_grow_to_two_minutes() {
    assert_eq!([0, 1, 2, 3, 4, u32::MAX].map(|sent| resend_gap(sent).as_secs()), [0, 30, 60, 120, 120, 120]);
}

proptest! {
    #[test]
    fn plus_and_since_are_inverse(start in -1_i64 << 40..1 << 40, micros in 0_u64..1 << 40) {
        let duration = Duration::from_micros(micros);
        prop_assert_eq!(Timestamp(start).plus(duration).since(Timestamp(start)), duration);
        prop_assert_eq!(Timestamp(start).plus(duration).minus(duration), Timestamp(start));
    }

    #[test]
    fn what_is_solved_is_accepted(seed in "[ -~]{0,40}", bits in 0_u8..9, start in 0..u64::MAX / 2) {
        if let Some(nonce) = pow::solve_from(&seed, bits, start, 5000) {
            prop_assert!(nonce >= start && pow::check(&seed, bits, nonce));
        }
    }
}
