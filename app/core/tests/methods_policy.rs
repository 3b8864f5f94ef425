//! R33 and R241 to R248: the authentication methods policy beside the check boxes, state by state.

use proptest::prelude::*;
use regain_core::form::FormState;
use regain_core::method::{Delivery, Method, MethodSet};
use regain_core::policy::{
    AdministratorPolicy, AuthenticationMethodsPolicy, Available, EffectivePolicy, Governed, Include,
    Membership, MethodRules, MethodsRequired, Migration, Policies, PolicyMethod, Purpose, ResetPolicy, Scope,
    SecondFactor, Tab, Target, edit_rules, rules_changes, typed_rules,
};
use regain_core::role::Role;

const EMAIL_AND_PHONE: MethodSet = MethodSet::of(&[Method::Email, Method::MobilePhone]);

fn line(name: &str) -> PolicyMethod {
    name.parse().expect("a line of the policy")
}

fn boxes(methods: MethodSet) -> ResetPolicy {
    ResetPolicy { scope: Scope::All, methods, ..ResetPolicy::default() }
}

/// A policy in a state, with these lines on for everybody at reset.
fn policy(migration: Migration, on: &[&str]) -> AuthenticationMethodsPolicy {
    let mut policy = AuthenticationMethodsPolicy { migration, ..AuthenticationMethodsPolicy::default() };
    for name in on {
        let mut rules = policy.rules(line(name));
        rules.reset.on = true;
        policy.set_rules(line(name), rules);
    }
    policy
}

fn effective(reset: &ResetPolicy, methods: &AuthenticationMethodsPolicy, groups: &[&str]) -> EffectivePolicy {
    let policies = Policies { reset, administrators: AdministratorPolicy::default(), methods };
    EffectivePolicy::for_person(&policies, &[], &groups.iter().collect())
}

fn obstacle(reset: &ResetPolicy, methods: &AuthenticationMethodsPolicy) -> Option<&'static str> {
    methods.governs().obstacle(reset, MethodSet::ALL, Delivery::ALL)
}

#[test]
fn r241_every_method_but_questions_has_a_line_and_phones_have_two_of_their_own() {
    let lines: Vec<_> = PolicyMethod::all().collect();
    for method in Method::ALL {
        let covered = lines.iter().any(|line| line.allows(true).methods.contains(*method));
        assert_eq!(covered, *method != Method::SecurityQuestions, "{method}");
    }
    for line in &lines {
        assert_eq!(line.as_str().parse(), Ok(*line));
        let rules = AuthenticationMethodsPolicy::default().rules(*line);
        assert!(!rules.reset.on, "off for reset until somebody turns it on: {}", line.as_str());
        assert_eq!(rules.sign_in.on, line.method().counts_at_sign_in(), "R53: {}", line.as_str());
    }
    assert!("security_questions".parse::<PolicyMethod>().is_err());
    assert!("mobile_phone".parse::<PolicyMethod>().is_err());
}

#[test]
fn r242_a_new_installation_is_in_pre_migration_and_the_boxes_rule_alone() {
    let new = AuthenticationMethodsPolicy::default();
    assert_eq!(new.migration, Migration::PreMigration);
    assert_eq!(new.second_factor, SecondFactor::Administrators);
    let with_app = policy(Migration::PreMigration, &["app_code", "sms"]);
    assert_eq!(effective(&boxes(EMAIL_AND_PHONE), &with_app, &[]).methods, EMAIL_AND_PHONE);
    let email = boxes(MethodSet::of(&[Method::Email]));
    assert_eq!(effective(&email, &with_app, &[]).methods, email.methods);
}

#[test]
fn r243_in_progress_a_method_that_either_allows_can_be_used() {
    let with_app = policy(Migration::InProgress, &["app_code"]);
    let both = effective(&boxes(EMAIL_AND_PHONE), &with_app, &[]);
    assert_eq!(both.methods, EMAIL_AND_PHONE.with(Method::AppCode));
}

#[test]
fn r244_in_complete_only_the_new_policy_counts_but_for_questions_and_the_number() {
    let done = policy(Migration::Complete, &["app_code", "sms"]);
    let mut reset = boxes(EMAIL_AND_PHONE.with(Method::SecurityQuestions));
    let holds = effective(&reset, &done, &[]);
    assert_eq!(
        holds.methods,
        MethodSet::of(&[Method::AppCode, Method::MobilePhone, Method::SecurityQuestions])
    );
    assert!(holds.deliveries.text && !holds.deliveries.call, "texts are on, calls are not");
    assert_eq!(holds.required, MethodsRequired::Two);
    reset.methods_required = MethodsRequired::One;
    assert_eq!(effective(&reset, &done, &[]).required, MethodsRequired::One);
}

#[test]
fn r33_the_rules_about_apps_lapse_once_the_migration_is_complete() {
    let mut reset = boxes(MethodSet::of(&[Method::AppNotification, Method::AppCode]));
    reset.methods_required = MethodsRequired::One;
    let apps = ["app_notification", "app_code"];
    for (state, code, counts) in [
        (Migration::PreMigration, Some("methods-app-alone"), false),
        (Migration::InProgress, Some("methods-app-alone"), false),
        (Migration::Complete, None, true),
    ] {
        let methods = policy(state, &apps);
        assert_eq!(obstacle(&reset, &methods), code, "{state}");
        let notification = effective(&reset, &methods, &[]).methods.contains(Method::AppNotification);
        assert_eq!(notification, counts, "R30: {state}");
    }
}

#[test]
fn r246_who_began_in_progress_never_goes_to_pre_migration() {
    for to in Migration::ALL {
        assert!(Migration::may_become(*to, Migration::PreMigration));
        let barred = *to == Migration::PreMigration;
        assert_eq!(Migration::may_become(*to, Migration::InProgress), !barred);
    }
}

#[test]
fn r247_only_the_way_back_from_complete_asks_for_a_reason() {
    for from in Migration::ALL {
        for to in Migration::ALL {
            let back = *from == Migration::Complete && *to != Migration::Complete;
            assert_eq!(from.needs_reason(*to), back, "{from} {to}");
        }
    }
}

#[test]
fn r248_the_guide_maps_boxes_to_lines() {
    let new = AuthenticationMethodsPolicy::default();
    for (method, lines) in [
        (Method::MobilePhone, &["sms", "voice"][..]),
        (Method::OfficePhone, &["voice"]),
        (Method::Email, &["email"]),
        (Method::AppNotification, &["app_notification"]),
        (Method::AppCode, &["app_code"]),
        (Method::SecurityQuestions, &[]),
    ] {
        let ticked = MethodSet::of(&[method]);
        let proposed = PolicyMethod::all().filter(|line| new.is_proposed(ticked, *line));
        let mut names: Vec<_> = proposed.map(PolicyMethod::as_str).collect();
        names.sort_unstable();
        let mut lines = lines.to_vec();
        lines.sort_unstable();
        assert_eq!(names, lines, "{method}");
        assert_eq!(new.proposes_office(ticked), method == Method::OfficePhone);
    }
}

#[test]
fn r248_what_the_boxes_gave_to_everybody_stays_for_everybody() {
    let mut methods = policy(Migration::InProgress, &["email", "app_code"]);
    for name in ["email", "app_code"] {
        let mut rules = methods.rules(line(name));
        rules.reset.include = Include::Selected(vec!["staff".to_owned()]);
        methods.set_rules(line(name), rules);
    }
    let chosen = [line("email"), line("app_code"), line("sms")];
    let done = methods.migrated(EMAIL_AND_PHONE, &chosen, false);
    assert_eq!(done.migration, Migration::Complete);
    assert_eq!(done.rules(line("email")).reset.include, Include::All);
    assert_eq!(done.rules(line("app_code")).reset.include.groups(), ["staff"], "its groups stay");
    assert!(done.rules(line("sms")).reset.on && !done.rules(line("voice")).reset.on);
}

#[test]
fn include_and_exclude_say_for_whom_separately_for_reset_and_sign_in() {
    let mut methods = policy(Migration::Complete, &["email", "sms", "app_code"]);
    let mut rules = methods.rules(line("sms"));
    rules.reset.include = Include::Selected(vec!["field".to_owned(), "night".to_owned()]);
    rules.reset.exclude = vec!["leavers".to_owned()];
    rules.sign_in.exclude = vec!["night".to_owned()];
    methods.set_rules(line("sms"), rules);
    let reset = boxes(MethodSet::EMPTY);
    for (groups, at_reset, at_sign_in) in [
        (&[][..], false, true),
        (&["field"], true, true),
        (&["night"], true, false),
        (&["night", "leavers"], false, false),
        (&["elsewhere"], false, true),
    ] {
        let holds = effective(&reset, &methods, groups);
        assert_eq!(holds.methods.contains(Method::MobilePhone), at_reset, "{groups:?}");
        assert_eq!(holds.sign_in.text, at_sign_in, "{groups:?}: calls have rules of their own");
    }
    assert_eq!(methods.groups(), ["field", "leavers", "night"]);
}

#[test]
fn administrators_keep_their_own_methods_for_reset() {
    let methods = policy(Migration::Complete, &["email", "sms"]);
    let reset = boxes(MethodSet::EMPTY);
    let policies =
        Policies { reset: &reset, administrators: AdministratorPolicy::default(), methods: &methods };
    let admin = EffectivePolicy::for_person(&policies, &[Role::GlobalAdministrator], &Membership::NONE);
    for method in PolicyMethod::BOXES.iter() {
        assert_eq!(admin.methods.contains(method), method != Method::SecurityQuestions, "{method}");
    }
    assert!(admin.second_factor, "the default");
    assert!(!effective(&reset, &methods, &[]).second_factor);
}

#[test]
fn a_second_factor_is_demanded_of_nobody_administrators_or_everyone() {
    for (setting, user, administrator) in [
        (SecondFactor::Nobody, false, false),
        (SecondFactor::Administrators, false, true),
        (SecondFactor::Everyone, true, true),
    ] {
        assert_eq!((setting.covers(false), setting.covers(true)), (user, administrator));
    }
    let mut methods = AuthenticationMethodsPolicy::default();
    for line in PolicyMethod::all().filter(|line| line.serves(Purpose::SignIn)) {
        assert_eq!(methods.obstacle_at_sign_in(MethodSet::ALL, Delivery::ALL), None);
        let mut rules = methods.rules(line);
        rules.sign_in.on = false;
        methods.set_rules(line, rules);
    }
    let none = methods.obstacle_at_sign_in(MethodSet::ALL, Delivery::ALL);
    assert_eq!(none, Some("second-factor-none-works"));
    methods.second_factor = SecondFactor::Nobody;
    assert_eq!(methods.obstacle_at_sign_in(MethodSet::ALL, Delivery::ALL), None);
}

#[test]
fn calls_alone_are_no_mobile_phone_where_only_texts_work() {
    let methods = policy(Migration::Complete, &["voice", "email"]);
    let holds = effective(&boxes(MethodSet::EMPTY), &methods, &[]);
    assert!(holds.methods.contains(Method::MobilePhone));
    let here = holds.clone().where_works(MethodSet::ALL, &[Delivery::Text]);
    assert!(!here.methods.contains(Method::MobilePhone));
    assert!(holds.where_works(MethodSet::ALL, Delivery::ALL).methods.contains(Method::MobilePhone));
}

#[test]
fn a_form_is_read_and_what_depends_on_no_keeps_its_value() {
    let voice = PolicyMethod::VOICE;
    let mut rules = MethodRules::default_of(voice);
    let on = FormState::default()
        .with_value("reset", "yes")
        .with_value("reset_include", "selected")
        .with_value("reset_groups", "a")
        .with_value("reset_groups", "a")
        .with_value("reset_groups", "b")
        .with_value("reset_exclude", "c")
        .with_value("sign_in", "no")
        .with_value("sign_in_exclude", "ignored")
        .with_value("office", "yes");
    let before = rules.clone();
    assert_eq!(edit_rules(voice, &mut rules, &on), []);
    assert_eq!(rules.reset.include.groups(), ["a", "b"]);
    assert_eq!(rules.reset.exclude, ["c"]);
    assert!(rules.office && !rules.sign_in.on && rules.sign_in.exclude.is_empty());
    let properties: Vec<_> = rules_changes(voice, &before, &rules).into_iter().map(|c| c.property).collect();
    let expected = ["office", "reset", "reset_exclude", "reset_groups", "reset_include", "sign_in"];
    assert_eq!(properties, expected);
    for (name, value, field, code) in [
        ("reset", "maybe", "reset", "choice-unknown"),
        ("reset_include", "some", "reset_include", "choice-unknown"),
        ("office", "", "office", "choice-unknown"),
    ] {
        let mut wrong = on.clone();
        wrong.values.insert(name.to_owned(), vec![value.to_owned()]);
        let problems = edit_rules(voice, &mut rules.clone(), &wrong);
        assert_eq!((problems[0].field.as_str(), problems[0].code.as_str()), (field, code));
    }
    let mut empty = on;
    empty.values.remove("reset_groups");
    assert_eq!(edit_rules(voice, &mut rules, &empty)[0].code, "groups-missing");
}

#[test]
fn in_complete_the_tab_is_judged_by_the_new_policy() {
    let judge = |methods: &AuthenticationMethodsPolicy| {
        let available = Available { governed: methods.governs(), ..Available::of(MethodSet::ALL) };
        boxes(MethodSet::EMPTY).validate_tab(Tab::AuthenticationMethods, &available).is_ok()
    };
    assert!(judge(&policy(Migration::Complete, &["email", "sms"])));
    assert!(!judge(&policy(Migration::Complete, &["email"])), "one kind");
    assert!(!judge(&policy(Migration::PreMigration, &["email", "sms"])), "no box is ticked");
}

fn any_target() -> impl Strategy<Value = Target> {
    let groups = || proptest::collection::vec("[a-c]", 0..3);
    (any::<bool>(), proptest::option::of(groups()), groups()).prop_map(|(on, include, exclude)| Target {
        on,
        include: include.map_or(Include::All, Include::Selected),
        exclude,
    })
}

fn any_policy() -> impl Strategy<Value = AuthenticationMethodsPolicy> {
    let lines = PolicyMethod::all().count();
    let rules = (any_target(), any_target(), any::<bool>())
        .prop_map(|(reset, sign_in, office)| MethodRules { reset, sign_in, office });
    let rules = proptest::collection::vec(rules, lines..=lines);
    let states = proptest::sample::select(Migration::ALL);
    (states, proptest::sample::select(SecondFactor::ALL), rules).prop_map(
        |(migration, second_factor, rules)| {
            let mut policy = AuthenticationMethodsPolicy {
                migration,
                second_factor,
                ..AuthenticationMethodsPolicy::default()
            };
            for (line, rules) in PolicyMethod::all().zip(rules) {
                policy.set_rules(line, rules);
            }
            policy
        },
    )
}

fn any_boxes() -> impl Strategy<Value = ResetPolicy> {
    let methods = proptest::collection::vec(proptest::sample::select(Method::ALL), 0..6);
    (methods, any::<bool>()).prop_map(|(methods, two)| ResetPolicy {
        methods_required: if two { MethodsRequired::Two } else { MethodsRequired::One },
        ..boxes(methods.into_iter().collect())
    })
}

proptest! {
    #[test]
    fn a_policy_is_the_same_after_it_was_stored(policy in any_policy()) {
        let stored = serde_json::to_string(&policy).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read: AuthenticationMethodsPolicy =
            serde_json::from_str(&stored).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read, policy);
    }

    /// Migration only ever adds on the way, and what one state allows follows from the two policies alone.
    #[test]
    fn in_progress_is_the_union_of_the_other_two(
        methods in any_policy(), reset in any_boxes(), groups in proptest::collection::vec("[a-c]", 0..3)
    ) {
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let reset = ResetPolicy { methods_required: MethodsRequired::Two, ..reset };
        let at = |migration| {
            effective(&reset, &AuthenticationMethodsPolicy { migration, ..methods.clone() }, &groups).methods
        };
        let union = at(Migration::PreMigration).union(at(Migration::Complete));
        prop_assert_eq!(at(Migration::InProgress), union);
    }

    #[test]
    fn nobody_has_what_nobody_can_have(
        methods in any_policy(), reset in any_boxes(), groups in proptest::collection::vec("[a-c]", 0..3)
    ) {
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let holds = effective(&reset, &methods, &groups);
        let possible = methods.governs().counting(reset.methods, reset.methods_required);
        prop_assert_eq!(holds.methods.minus(possible.methods), MethodSet::EMPTY);
        prop_assert_eq!(
            holds.sign_in.methods.minus(methods.possible(Purpose::SignIn).methods),
            MethodSet::EMPTY
        );
        prop_assert!(!holds.sign_in.methods.contains(Method::Email));
        prop_assert!(!holds.sign_in.methods.contains(Method::SecurityQuestions));
    }

    #[test]
    fn what_may_be_saved_can_be_met(methods in any_policy(), reset in any_boxes()) {
        let governed: Governed = methods.governs();
        if governed.obstacle(&reset, MethodSet::ALL, Delivery::ALL).is_none() {
            let usable = governed.counting(reset.methods, reset.methods_required).methods;
            prop_assert!(regain_core::policy::possible_kinds(usable) >= reset.methods_required.count());
            prop_assert!(usable != MethodSet::of(&[Method::SecurityQuestions]));
        }
    }

    /// Migrating with everything that the guide proposes takes no method from anybody.
    #[test]
    fn the_guide_takes_nothing_away(
        methods in any_policy(), reset in any_boxes(), groups in proptest::collection::vec("[a-c]", 0..3)
    ) {
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let methods = AuthenticationMethodsPolicy { migration: Migration::InProgress, ..methods };
        let chosen: Vec<_> =
            PolicyMethod::all().filter(|line| methods.is_proposed(reset.methods, *line)).collect();
        let office = methods.proposes_office(reset.methods);
        let done = methods.migrated(reset.methods, &chosen, office);
        let (before, after) = (effective(&reset, &methods, &groups), effective(&reset, &done, &groups));
        prop_assert_eq!(before.methods.minus(after.methods), MethodSet::EMPTY);
    }

    #[test]
    fn a_form_shows_what_it_reads(methods in any_policy()) {
        for line in PolicyMethod::all() {
            let rules = methods.rules(line);
            let mut read = MethodRules::default_of(line);
            edit_rules(line, &mut read, &typed_rules(line, &rules));
            for purpose in Purpose::ALL.iter().filter(|purpose| line.serves(**purpose)) {
                let (read, saved) = (read.target(*purpose), rules.target(*purpose));
                prop_assert_eq!(read.on, saved.on);
                if saved.on {
                    prop_assert_eq!(read.include.as_str(), saved.include.as_str());
                }
            }
        }
    }
}

#[test]
fn r93_only_what_is_offered_for_reset_makes_an_offer_another_one() {
    let reset = boxes(EMAIL_AND_PHONE);
    let same = |before: &AuthenticationMethodsPolicy, after: &AuthenticationMethodsPolicy| {
        before.offers_the_same(after, &reset)
    };
    // While the check boxes govern, the lines that they stand for are offered to nobody.
    assert!(same(&policy(Migration::PreMigration, &[]), &policy(Migration::PreMigration, &["app_code"])));
    assert!(!same(&policy(Migration::InProgress, &[]), &policy(Migration::InProgress, &["app_code"])));
    assert!(
        same(&policy(Migration::InProgress, &[]), &policy(Migration::InProgress, &["email"])),
        "its box is ticked"
    );
    let before = policy(Migration::PreMigration, &[]);
    let all = [line("email"), PolicyMethod::SMS, PolicyMethod::VOICE];
    assert!(
        same(&before, &before.migrated(reset.methods, &all, false)),
        "the guide takes over what was offered"
    );
    assert!(!same(&before, &before.migrated(reset.methods, &all[1..], false)));
    let factor = AuthenticationMethodsPolicy { second_factor: SecondFactor::Everyone, ..before.clone() };
    assert!(same(&before, &factor), "sign-in asks for that by itself");
}

#[test]
fn r93_groups_make_an_offer_another_one_and_their_order_does_not() {
    let reset = boxes(EMAIL_AND_PHONE);
    let with = |groups: &[&str]| {
        let mut methods = policy(Migration::Complete, &["email", "app_code"]);
        let mut rules = methods.rules(line("app_code"));
        rules.reset.include = Include::Selected(groups.iter().map(|group| (*group).to_owned()).collect());
        methods.set_rules(line("app_code"), rules);
        methods
    };
    assert!(with(&["a", "b"]).offers_the_same(&with(&["b", "a"]), &reset));
    assert!(!with(&["a", "b"]).offers_the_same(&with(&["a"]), &reset));
}
