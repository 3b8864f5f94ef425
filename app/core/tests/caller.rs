//! How well a caller is known: over every subset of what a call could prove (ruling 16).

use regain_core::caller::{Evidence, Origin, adds, can_tell, kinds, missing};
use regain_core::method::{Kind, Method, Usable, different_kinds};
use regain_core::policy::MethodsRequired;

const A: &str = "+14255550100";
const B: &str = "+14255550101";
const C: &str = "+14255550102";

fn own(by: Usable) -> Evidence {
    Evidence { by, origin: Origin::Registered }
}

fn entered(by: Usable) -> Evidence {
    Evidence { by, origin: Origin::Entered }
}

/// Two of everything that could be confused.
fn universe() -> Vec<Evidence> {
    use Method::{AppCode, AppNotification, Email, MobilePhone, OfficePhone, Passkey, SecurityQuestions};
    vec![
        own(Usable::new(AppNotification)),
        own(Usable::new(AppCode)),
        own(Usable::new(Email)),
        own(Usable::phone(MobilePhone, A)),
        own(Usable::phone(MobilePhone, B)),
        own(Usable::phone(OfficePhone, A)),
        own(Usable::phone(OfficePhone, C)),
        own(Usable::new(Passkey)),
        own(Usable::new(SecurityQuestions)),
        entered(Usable::new(Email)),
        entered(Usable::phone(MobilePhone, C)),
        entered(Usable::phone(OfficePhone, A)),
    ]
}

fn subsets() -> impl Iterator<Item = Vec<Evidence>> {
    let all = universe();
    (0..1_usize << all.len()).map(move |mask| {
        all.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, one)| one.clone()).collect()
    })
}

#[test]
fn ruling_16_kinds_over_every_subset() {
    for set in subsets() {
        let known = kinds(&set);
        let telling: Vec<&Evidence> = set.iter().filter(|one| can_tell(one.by.method)).collect();
        // Never more than ruling 2 gives, and nothing out of what cannot tell.
        assert!(known <= different_kinds(telling.iter().map(|one| &one.by)), "{set:?}");
        assert_eq!(known == 0, telling.is_empty(), "{set:?}");
        // What was entered is one kind together.
        let registered: Vec<Evidence> =
            set.iter().filter(|one| one.origin == Origin::Registered).cloned().collect();
        assert!(known <= kinds(&registered) + 1, "{set:?}");
        // The same method twice is one method.
        let methods = |kind: Kind| {
            let mut methods: Vec<_> = registered
                .iter()
                .filter(|one| one.by.method.kind() == kind)
                .map(|one| one.by.method)
                .collect();
            methods.sort_unstable();
            methods.dedup();
            methods.len()
        };
        assert!(
            kinds(&registered) <= methods(Kind::App).min(1) + methods(Kind::Email) + methods(Kind::Phone)
        );
    }
}

#[test]
fn ruling_16_another_proof_never_takes_away_and_adds_one_at_most() {
    for set in subsets() {
        for another in universe() {
            let more = [set.as_slice(), std::slice::from_ref(&another)].concat();
            let (before, after) = (kinds(&set), kinds(&more));
            assert!(after == before || after == before + 1, "{set:?} {another:?}");
            assert_eq!(adds(MethodsRequired::Two, &set, &another), after.min(2) > before.min(2));
            // Twice the same proves as much as once, in whatever order.
            let again = [std::slice::from_ref(&another), more.as_slice()].concat();
            assert_eq!(kinds(&again), after, "{again:?}");
            let mut turned = more.clone();
            turned.reverse();
            assert_eq!(kinds(&turned), after);
        }
    }
}

#[test]
fn ruling_16_what_a_reset_demands_is_what_a_call_must_prove() {
    for set in subsets() {
        let all_entered = set.iter().all(|one| one.origin == Origin::Entered);
        let (one, two) = (missing(MethodsRequired::One, &set), missing(MethodsRequired::Two, &set));
        assert_eq!(one.kinds, 1 - kinds(&set).min(1));
        assert_eq!(two.kinds, 2 - kinds(&set).min(2));
        assert_eq!(one.is_nothing(), kinds(&set) >= 1, "nothing here is new: {set:?}");
        assert!(!all_entered || !two.is_nothing(), "entered data alone never makes two: {set:?}");
    }
}

#[test]
fn t65_what_came_lately_is_never_all_that_a_caller_proves() {
    let new = |one: &Evidence| Evidence { by: one.by.clone().with_youth(true), ..one.clone() };
    for set in subsets() {
        let lately: Vec<Evidence> = set.iter().map(new).collect();
        for demanded in [MethodsRequired::One, MethodsRequired::Two] {
            assert!(!missing(demanded, &lately).is_nothing(), "{set:?}");
            // Beside anything older that tells, it counts like what is old.
            for older in set.iter().filter(|one| can_tell(one.by.method)) {
                let with = [lately.as_slice(), std::slice::from_ref(older)].concat();
                assert_eq!(missing(demanded, &with), missing(demanded, &set), "{set:?} {older:?}");
                assert!(adds(demanded, &lately, older));
            }
        }
    }
}

#[test]
fn ruling_15_where_a_reset_ends_on_the_persons_device_no_call_is_enough() {
    for set in subsets() {
        for demanded in [MethodsRequired::One, MethodsRequired::Two] {
            assert!(!missing(demanded, &set).with_device(true).is_nothing(), "{set:?}");
            assert_eq!(missing(demanded, &set).with_device(false), missing(demanded, &set));
        }
    }
}

#[test]
fn ruling_16_by_example() {
    use Method::{AppCode, AppNotification, Email, MobilePhone, OfficePhone};
    let mail = own(Usable::new(Email));
    let (mobile, office) = (own(Usable::phone(MobilePhone, A)), own(Usable::phone(OfficePhone, A)));
    assert_eq!(kinds(&[mail.clone(), mobile.clone()]), 2);
    assert_eq!(kinds(&[mobile.clone(), office]), 1, "one line, two names");
    assert_eq!(kinds(&[mobile.clone(), own(Usable::phone(MobilePhone, B))]), 1, "the same method twice");
    assert_eq!(kinds(&[mobile.clone(), own(Usable::phone(OfficePhone, B))]), 2);
    assert_eq!(kinds(&[own(Usable::new(AppCode))]), 0);
    assert_eq!(kinds(&[own(Usable::new(AppNotification)), own(Usable::new(AppCode))]), 1);
    let (old_mail, old_phone) = (entered(Usable::new(Email)), entered(Usable::phone(OfficePhone, B)));
    assert_eq!(kinds(&[old_mail.clone(), old_phone.clone()]), 1);
    assert_eq!(kinds(&[mail.clone(), old_mail]), 1, "one mailbox is one kind, whoever names it");
    assert_eq!(kinds(&[mail, old_phone]), 2);
    assert_eq!(kinds(&[mobile, entered(Usable::phone(OfficePhone, A))]), 1);
}
