//! The wizard as a state machine (T14 to T18, T26 to T29, R126 to R135), and who may enter it (R116).

use proptest::prelude::*;
use regain_core::eligibility::{self, DirectoryState, Facts, Refusal};
use regain_core::flow::{Ending, FlowFacts, Intent, Step, step};
use regain_core::method::{Kind, Method, Usable, different_kinds};
use regain_core::policy::{MethodsRequired, Standing};

const LINE: &str = "+37120000123";
const OTHER_LINE: &str = "+37160000123";

fn email() -> Usable {
    Usable::new(Method::Email)
}

fn app_code() -> Usable {
    Usable::new(Method::AppCode)
}

fn mobile() -> Usable {
    Usable::phone(Method::MobilePhone, LINE)
}

fn facts(proofs: &[Usable]) -> FlowFacts {
    FlowFacts {
        intent: Some(Intent::Reset),
        offers_unlock: true,
        required: MethodsRequired::Two,
        on_device: false,
        usable: vec![app_code(), email(), mobile()],
        proofs: proofs.to_vec(),
        open_challenge: None,
        ending: None,
        expired: false,
        locked: false,
    }
}

#[test]
fn t14_without_proofs_there_is_no_new_password() {
    assert_eq!(step(&facts(&[])), Step::ChooseMethod);
    assert_eq!(step(&FlowFacts { open_challenge: Some(Method::Email), ..facts(&[]) }), Step::Verify);
}

#[test]
fn t15_one_of_two_is_not_enough() {
    assert_eq!(step(&facts(&[email()])), Step::ChooseMethod);
    assert_eq!(step(&facts(&[email(), app_code()])), Step::NewPassword);
}

#[test]
fn r133_one_of_one_is_enough() {
    let facts = FlowFacts { required: MethodsRequired::One, ..facts(&[email()]) };
    assert_eq!(step(&facts), Step::NewPassword);
}

#[test]
fn t17_the_same_method_twice_is_one_kind() {
    assert_eq!(step(&facts(&[email(), email()])), Step::ChooseMethod);
}

#[test]
fn notification_and_code_of_the_app_are_one_kind() {
    let notification = Usable::new(Method::AppNotification);
    assert_eq!(different_kinds(&[notification, app_code()]), 1);
}

#[test]
fn t18_one_number_in_two_methods_is_one_kind() {
    let office = |line| Usable::phone(Method::OfficePhone, line);
    let with = |office: &Usable| {
        let mut facts = facts(&[mobile(), office.clone()]);
        facts.usable.push(office.clone());
        facts
    };
    assert_eq!(step(&with(&office(LINE))), Step::ChooseMethod);
    assert_eq!(step(&with(&office(OTHER_LINE))), Step::NewPassword);
    let facts = FlowFacts { proofs: vec![mobile()], ..with(&office(LINE)) };
    assert_eq!(facts.remaining(), [&app_code(), &email()], "R134: nor is the number offered again");
}

#[test]
fn t26_a_tightened_policy_counts_at_once() {
    let one = FlowFacts { required: MethodsRequired::One, ..facts(&[email()]) };
    assert_eq!(step(&one), Step::NewPassword);
    assert_eq!(step(&FlowFacts { required: MethodsRequired::Two, ..one }), Step::ChooseMethod);
}

#[test]
fn t28_the_proof_of_a_deleted_method_is_void() {
    let mut facts = facts(&[email(), mobile()]);
    facts.usable.retain(|method| method.method != Method::Email);
    assert_eq!(step(&facts), Step::ChooseMethod);
    assert_eq!(facts.kinds_left(), 1);
    facts.usable = vec![email(), Usable::phone(Method::MobilePhone, OTHER_LINE)];
    assert_eq!(facts.kinds_passed(), 1, "a changed number is another method");
}

#[test]
fn t29_an_unlock_never_comes_to_a_new_password() {
    let unlock = FlowFacts { intent: Some(Intent::Unlock), ..facts(&[email(), app_code()]) };
    assert_eq!(step(&unlock), Step::Unlock);
}

#[test]
fn r127_without_the_setting_there_is_only_the_reset() {
    let undecided = FlowFacts { intent: None, ..facts(&[]) };
    assert_eq!(step(&undecided), Step::ChooseIntent);
    assert_eq!(step(&FlowFacts { offers_unlock: false, ..undecided.clone() }), Step::ChooseMethod);
    let switched_off = FlowFacts { offers_unlock: false, intent: Some(Intent::Unlock), ..undecided };
    assert_eq!(switched_off.intent_now(), Some(Intent::Reset));
}

/// The setting may come while a flow is under way: an app's code is no proof of the phone that shows it.
#[test]
fn a_notification_is_asked_for_after_the_code_of_the_same_app() {
    let notification = Usable::new(Method::AppNotification);
    let mut facts = FlowFacts { on_device: true, ..facts(&[app_code(), email()]) };
    assert_eq!(step(&facts), Step::NewPassword, "who has no device finishes where they are");
    assert!(!facts.ends_on_phone());
    facts.usable.push(notification.clone());
    assert_eq!(step(&facts), Step::ChooseMethod);
    assert_eq!(facts.remaining(), [&notification]);
    facts.proofs.push(notification);
    assert_eq!(step(&facts), Step::NewPassword);
    assert!(facts.ends_on_phone());
    let unlock = FlowFacts { intent: Some(Intent::Unlock), proofs: vec![app_code(), email()], ..facts };
    assert_eq!(step(&unlock), Step::Unlock, "no password is set");
}

#[test]
fn an_ended_flow_goes_nowhere() {
    let passed = facts(&[email(), app_code()]);
    for (facts, expected) in [
        (FlowFacts { ending: Some(Ending::Done), ..passed.clone() }, Step::Done),
        (FlowFacts { ending: Some(Ending::Closed), ..passed.clone() }, Step::Closed),
        (FlowFacts { expired: true, ..passed.clone() }, Step::Expired),
        (FlowFacts { locked: true, ..passed.clone() }, Step::NewPassword),
        (FlowFacts { locked: true, expired: true, ..passed }, Step::Expired),
        (FlowFacts { locked: true, ..facts(&[email()]) }, Step::Locked),
        (FlowFacts { locked: true, expired: true, ..facts(&[email()]) }, Step::Locked),
    ] {
        assert_eq!(step(&facts), expected);
    }
}

fn eligible() -> Facts {
    Facts {
        known: true,
        blocked: false,
        standing: Standing::Enabled,
        required: MethodsRequired::Two,
        usable: vec![email(), mobile()],
        directory: DirectoryState::Local,
    }
}

#[test]
fn r116_the_first_failing_check_decides() {
    assert_eq!(eligibility::check(&eligible()), Ok(&[email(), mobile()][..]));
    // From last to first: each fault is added to those before and must win.
    let mut facts = Facts { directory: DirectoryState::Unreachable, ..eligible() };
    assert_eq!(eligibility::check(&facts), Err(Refusal::DirectoryUnreachable));
    facts.usable.pop();
    assert_eq!(eligibility::check(&facts), Err(Refusal::NotRegistered));
    for (standing, refusal) in [
        (Standing::OutOfScope, Refusal::NotInScope),
        (Standing::NoGroup, Refusal::NoPolicy),
        (Standing::SwitchedOff, Refusal::SwitchedOff),
    ] {
        facts.standing = standing;
        assert_eq!(eligibility::check(&facts), Err(refusal));
    }
    facts.blocked = true;
    assert_eq!(eligibility::check(&facts), Err(Refusal::Blocked), "T156");
    facts.known = false;
    assert_eq!(eligibility::check(&facts), Err(Refusal::Unknown));
}

#[test]
fn r118_to_r124_refusals_have_the_codes_of_the_model() {
    for (directory, code) in [
        (DirectoryState::WritebackOff, "SSPR_0010"),
        (DirectoryState::Misconfigured, "SSPR_0029"),
        (DirectoryState::Unreachable, "SSPR_0030"),
    ] {
        let refusal = eligibility::check(&Facts { directory, ..eligible() }).unwrap_err();
        assert_eq!(refusal.as_code(), code);
    }
    assert!(eligibility::check(&Facts { directory: DirectoryState::Writable, ..eligible() }).is_ok());
    let codes = [Refusal::SwitchedOff, Refusal::NoPolicy, Refusal::NotInScope, Refusal::NotRegistered];
    assert_eq!(codes.map(Refusal::as_code), ["SSPR_0009", "SSPR_0011", "SSPR_0013", "SSPR_0014"]);
}

#[test]
fn r37_raising_the_number_to_two_stops_people_with_one() {
    let facts = Facts { usable: vec![email()], required: MethodsRequired::One, ..eligible() };
    assert!(eligibility::check(&facts).is_ok());
    let facts = Facts { required: MethodsRequired::Two, ..facts };
    assert_eq!(eligibility::check(&facts), Err(Refusal::NotRegistered));
}

fn any_usable() -> impl Strategy<Value = Usable> {
    let youth = proptest::bool::weighted(0.3);
    (proptest::sample::select(Method::ALL), any::<bool>(), youth).prop_map(|(method, other, young)| {
        let usable = match method.kind() {
            Kind::Phone => Usable::phone(method, if other { OTHER_LINE } else { LINE }),
            _ => Usable::new(method),
        };
        usable.with_youth(young)
    })
}

fn any_facts() -> impl Strategy<Value = FlowFacts> {
    let methods = || proptest::collection::vec(any_usable(), 0..7);
    let intent = prop_oneof![Just(None), Just(Some(Intent::Reset)), Just(Some(Intent::Unlock))];
    (intent, any::<[bool; 6]>(), methods(), methods()).prop_map(
        |(intent, [offers_unlock, two, on_device, open, expired, locked], usable, proofs)| FlowFacts {
            intent,
            offers_unlock,
            required: if two { MethodsRequired::Two } else { MethodsRequired::One },
            on_device,
            usable,
            proofs,
            open_challenge: open.then_some(Method::Email),
            ending: None,
            expired,
            locked,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// T16: whatever came before, a new password needs enough standing proofs of different kinds.
    #[test]
    fn t16_no_facts_reach_the_end_without_enough_kinds(facts in any_facts()) {
        if matches!(step(&facts), Step::NewPassword | Step::Unlock) {
            let standing: Vec<_> = facts.proofs.iter().filter(|proof| facts.usable.contains(proof)).collect();
            prop_assert!(different_kinds(standing) >= facts.required.count());
            prop_assert!(!facts.expired);
        }
        // Used-up tries end what still asks for proofs, and nothing else (R145).
        if facts.locked && facts.ending.is_none() && facts.kinds_left() > 0 {
            prop_assert_eq!(step(&facts), Step::Locked);
        }
    }

    #[test]
    fn passing_a_remaining_method_always_brings_one_nearer(facts in any_facts()) {
        for method in facts.remaining() {
            let mut next = facts.clone();
            next.proofs.push(method.clone());
            let adds_a_kind = next.kinds_passed() == facts.kinds_passed() + 1;
            let is_needed = (method.method.is_of_device() || !method.young) && facts.kinds_left() > 0;
            prop_assert!(adds_a_kind || is_needed);
        }
    }

    #[test]
    fn an_eligible_person_can_always_get_to_the_end(usable in proptest::collection::vec(any_usable(), 0..7), two: bool, on_device: bool, pick in 0_usize..7) {
        let required = if two { MethodsRequired::Two } else { MethodsRequired::One };
        let facts = Facts { usable: usable.clone(), required, ..eligible() };
        let mut flow = FlowFacts { usable, required, on_device, offers_unlock: false, ..self::facts(&[]) };
        if eligibility::check(&facts).is_ok() {
            while step(&flow) == Step::ChooseMethod {
                // Whichever is chosen.
                let next = flow.remaining().get(pick % flow.remaining().len().max(1)).map(|method| (*method).clone());
                prop_assert!(next.is_some());
                flow.proofs.extend(next);
            }
            prop_assert_eq!(step(&flow), Step::NewPassword);
            // What is old and what is of a device may be two methods.
            let most = required.count() + usize::from(flow.usable.iter().any(|usable| usable.young));
            prop_assert!(flow.proofs.len() <= most, "no more proofs than the policy asks for");
            prop_assert!(flow.proofs.iter().any(|proof| !proof.young), "T65");
            let of_device = |proof: &Usable| proof.method.is_of_device();
            let bound = on_device && flow.usable.iter().any(of_device);
            prop_assert!(!bound || flow.proofs.iter().any(of_device), "a device proved");
            let passkey = flow.proofs.iter().any(|proof| proof.method == Method::Passkey);
            prop_assert_eq!(flow.ends_on_phone(), bound && !passkey);
        }
    }
}
