//! R1 to R60 and R199 to R216, as far as they are rules: defaults, refusals, and whose policy holds.

use proptest::prelude::*;
use regain_core::method::{Method, MethodSet};
use regain_core::network::{Network, Source};
use regain_core::policy::{
    AdministratorPolicy, AuthenticationMethodsPolicy, Available, Change, EffectivePolicy, Explain,
    HelpdeskLink, Membership, MethodsRequired, Policies, Question, ResetPolicy, Scope, Standing, Tab,
    changes,
};
use regain_core::questions::PREDEFINED;
use regain_core::role::Role;

const EVERYTHING: Available = Available::of(MethodSet::ALL);

/// The codes of what is wrong on one tab.
fn refusals(policy: &ResetPolicy, tab: Tab, available: Available) -> Vec<String> {
    let problems = policy.validate_tab(tab, &available).err().unwrap_or_default();
    problems.into_iter().map(|problem| problem.code).collect()
}

fn of_methods(required: MethodsRequired, methods: &[Method], available: Available) -> Vec<String> {
    let policy =
        ResetPolicy { methods_required: required, methods: MethodSet::of(methods), ..with_questions(5) };
    refusals(&policy, Tab::AuthenticationMethods, available)
}

fn with_questions(count: usize) -> ResetPolicy {
    let mut policy = ResetPolicy::default();
    policy.questions.chosen =
        PREDEFINED.iter().take(count).map(|id| Question::Predefined((*id).to_owned())).collect();
    policy.methods.insert(Method::SecurityQuestions);
    policy
}

#[test]
fn the_defaults_are_those_of_the_model_with_two_methods() {
    let policy = ResetPolicy::default();
    assert_eq!(policy.scope, Scope::None);
    assert_eq!(policy.methods_required, MethodsRequired::Two, "ruling 1");
    assert_eq!(policy.methods, MethodSet::of(&[Method::Email, Method::MobilePhone]), "R28");
    assert_eq!((policy.questions.to_register, policy.questions.to_reset), (5, 3), "R39");
    assert!(policy.registration.required_at_sign_in, "R60");
    assert_eq!(policy.registration.reconfirm_days, 180, "R57");
    assert!(policy.notifications.users && !policy.notifications.admins, "R195");
    assert!(policy.unlock_allowed, "ruling 5");
    assert_eq!(policy.explain, Explain::Never, "ruling 3");
    assert_eq!(policy.validate(&EVERYTHING), Ok(()));
}

#[test]
fn r11_selected_needs_a_group() {
    let policy = ResetPolicy { scope: Scope::Selected(None), ..ResetPolicy::default() };
    assert_eq!(refusals(&policy, Tab::Properties, EVERYTHING), ["group-missing"]);
    let for_user = under(&policy, AdministratorPolicy::default(), &[], &Membership::NONE);
    assert_eq!(for_user.standing, Standing::NoGroup, "and enables nobody if it is there all the same");
}

#[test]
fn r15_a_tab_is_not_refused_for_another_one() {
    let policy = ResetPolicy { methods: MethodSet::EMPTY, ..ResetPolicy::default() };
    for tab in Tab::ALL.iter().filter(|tab| **tab != Tab::AuthenticationMethods) {
        assert_eq!(policy.validate_tab(*tab, &EVERYTHING), Ok(()));
    }
    assert!(policy.validate(&EVERYTHING).is_err());
}

#[test]
fn r26_only_one_or_two_methods_can_be_required() {
    for number in [0, 3, 255] {
        assert!(MethodsRequired::try_from(number).is_err());
    }
    for text in ["", "0", "3", " 1", "two"] {
        assert!(text.parse::<MethodsRequired>().is_err(), "{text:?}");
    }
    assert_eq!("2".parse(), Ok(MethodsRequired::Two));
    assert!(serde_json::from_str::<MethodsRequired>("3").is_err());
}

#[test]
fn r29_some_method_must_be_ticked() {
    assert_eq!(of_methods(MethodsRequired::One, &[], EVERYTHING), ["methods-none"]);
    assert_eq!(of_methods(MethodsRequired::Two, &[], EVERYTHING), ["methods-none"]);
}

#[test]
fn r30_notifications_have_no_effect_where_one_method_suffices() {
    let mut policy = ResetPolicy::default();
    policy.methods.insert(Method::AppNotification);
    policy.methods_required = MethodsRequired::One;
    assert!(!policy.effective_methods().contains(Method::AppNotification));
    policy.methods_required = MethodsRequired::Two;
    assert!(policy.effective_methods().contains(Method::AppNotification));
}

#[test]
fn r31_the_app_alone_is_refused_where_one_method_suffices() {
    let app = [Method::AppCode, Method::AppNotification];
    assert_eq!(of_methods(MethodsRequired::One, &app[..1], EVERYTHING), ["methods-app-alone"]);
    assert_eq!(of_methods(MethodsRequired::One, &app, EVERYTHING), ["methods-app-alone"]);
    let with_email = [Method::AppCode, Method::Email];
    assert_eq!(of_methods(MethodsRequired::One, &with_email, EVERYTHING), [""; 0]);
}

#[test]
fn ruling_2_two_methods_need_two_kinds() {
    let app = [Method::AppCode, Method::AppNotification];
    assert_eq!(of_methods(MethodsRequired::Two, &app, EVERYTHING), ["methods-one-kind"]);
    assert_eq!(of_methods(MethodsRequired::Two, &[Method::Email], EVERYTHING), ["methods-one-kind"]);
    for pair in [[Method::AppCode, Method::Email], [Method::Email, Method::MobilePhone]] {
        assert_eq!(of_methods(MethodsRequired::Two, &pair, EVERYTHING), [""; 0]);
    }
}

#[test]
fn ruling_2_only_methods_that_work_count() {
    let mail_only = Available::of(MethodSet::of(&[Method::Email, Method::AppCode]));
    let phone_and_mail = [Method::Email, Method::MobilePhone];
    assert_eq!(of_methods(MethodsRequired::Two, &phone_and_mail, mail_only), ["methods-one-kind-works"]);
    assert_eq!(of_methods(MethodsRequired::One, &phone_and_mail, mail_only), [""; 0]);
    assert_eq!(of_methods(MethodsRequired::One, &[Method::MobilePhone], mail_only), ["methods-none-work"]);
}

#[test]
fn ruling_12_questions_are_never_the_only_proof() {
    let questions = Method::SecurityQuestions;
    assert_eq!(of_methods(MethodsRequired::One, &[questions], EVERYTHING), ["methods-questions-alone"]);
    assert_eq!(of_methods(MethodsRequired::Two, &[questions], EVERYTHING), ["methods-one-kind"]);
    let both = [questions, Method::AppNotification];
    assert_eq!(of_methods(MethodsRequired::One, &both, EVERYTHING), ["methods-no-effect"]);
    let policy = ResetPolicy { methods_required: MethodsRequired::One, ..with_questions(5) };
    assert!(
        !policy.effective_methods().contains(questions),
        "one proof by questions would be questions alone"
    );
}

#[test]
fn r39_numbers_of_questions_are_3_to_5_and_register_is_not_less_than_reset() {
    let numbers = |to_register, to_reset| {
        let mut policy = with_questions(20);
        (policy.questions.to_register, policy.questions.to_reset) = (to_register, to_reset);
        refusals(&policy, Tab::AuthenticationMethods, EVERYTHING)
    };
    for (to_register, to_reset) in [(3, 3), (5, 3), (5, 5), (4, 3)] {
        assert_eq!(numbers(to_register, to_reset), [""; 0]);
    }
    assert_eq!(numbers(6, 3), ["questions-number-range"]);
    assert_eq!(numbers(5, 2), ["questions-number-range"]);
    assert_eq!(numbers(3, 4), ["questions-reset-exceeds-register"]);
}

#[test]
fn r40_r41_enough_questions_and_at_most_20() {
    let found = |count| refusals(&with_questions(count), Tab::AuthenticationMethods, EVERYTHING);
    assert_eq!(found(4), ["questions-too-few"]);
    assert_eq!(found(5), [""; 0]);
    assert_eq!(found(20), [""; 0]);
    assert_eq!(found(21), ["questions-too-many"]);
    let mut unticked = with_questions(0);
    unticked.methods.remove(Method::SecurityQuestions);
    assert_eq!(
        refusals(&unticked, Tab::AuthenticationMethods, EVERYTHING),
        [""; 0],
        "R38: hidden, so not asked"
    );
}

#[test]
fn r42_own_questions_have_3_to_200_characters() {
    let with_text = |text: &str| {
        let mut policy = with_questions(5);
        policy.questions.chosen.push(Question::Custom { id: "own-1".into(), text: text.into() });
        refusals(&policy, Tab::AuthenticationMethods, EVERYTHING)
    };
    assert_eq!(with_text("Ok?"), [""; 0]);
    assert_eq!(with_text(&"ж".repeat(200)), [""; 0]);
    for text in ["", "  a  ", &"a".repeat(201)] {
        assert_eq!(with_text(text), ["question-text-length"]);
    }
}

#[test]
fn a_question_is_offered_once_and_must_exist() {
    let with = |question| {
        let mut policy = with_questions(5);
        policy.questions.chosen.push(question);
        refusals(&policy, Tab::AuthenticationMethods, EVERYTHING)
    };
    assert_eq!(with(Question::Predefined(PREDEFINED[0].into())), ["question-twice"]);
    assert_eq!(with(Question::Predefined("nonsense".into())), ["question-unknown"]);
}

#[test]
fn r57_days_are_0_to_730() {
    let with_days = |days| {
        let mut policy = ResetPolicy::default();
        policy.registration.reconfirm_days = days;
        refusals(&policy, Tab::Registration, EVERYTHING)
    };
    for days in [0, 1, 180, 730] {
        assert_eq!(with_days(days), [""; 0]);
    }
    assert_eq!(with_days(731), ["reconfirm-days-range"]);
}

#[test]
fn r201_a_customised_link_must_be_there() {
    let with_target = |customized, target: &str| {
        let mut policy = ResetPolicy::default();
        (policy.helpdesk.customized, policy.helpdesk.target) = (customized, target.to_owned());
        refusals(&policy, Tab::Customization, EVERYTHING)
    };
    assert_eq!(with_target(true, "  "), ["helpdesk-empty"]);
    assert_eq!(with_target(true, "support.contoso.com"), ["helpdesk-malformed"]);
    assert_eq!(with_target(true, "https://support.contoso.com/"), [""; 0]);
    assert_eq!(with_target(false, ""), [""; 0]);
}

#[test]
fn t88_only_web_and_mail_addresses_become_links() {
    for url in [
        "https://support.contoso.com/",
        "http://helpdesk/new?topic=password#form",
        "HTTPS://contoso.com:8443",
        "https://[2001:db8::1]:443/x",
        "https://bücher.example/hilfe",
    ] {
        assert_eq!(HelpdeskLink::parse(url), Ok(HelpdeskLink::Url(url.to_owned())));
    }
    for refused in [
        "javascript:alert(1)",
        " java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "https://user@evil.example",
        "https://user:pass@evil.example/",
        "https://",
        "https:///path",
        "https://a b.example",
        "https://evil.example\\@good.example",
        "https://x.example/\"onclick",
        "https://x.example:0/",
        "https://x.example:99999/",
        "https://-x.example/",
        "https://x..example/",
        "ftp://x.example/",
        "mailto:x@mail.example?bcc=y@mail.example",
        "x@mail.example,y@mail.example",
        "//x.example",
    ] {
        assert!(HelpdeskLink::parse(refused).is_err(), "{refused}");
    }
    let link = HelpdeskLink::parse(" it+help@contoso.example ").map(|link| link.href());
    assert_eq!(link, Ok("mailto:it+help@contoso.example".to_owned()));
    let link = HelpdeskLink::parse("a&b?c@contoso.example").map(|link| link.href());
    assert_eq!(link, Ok("mailto:a%26b%3Fc@contoso.example".to_owned()));
}

#[test]
fn explanations_can_be_bound_to_networks() {
    let explain = Explain::OnNetworks(vec!["10.0.0.0/8".into(), "2001:db8::/32".into(), "192.0.2.7".into()]);
    for (address, expected) in [
        ("10.200.3.4", true),
        ("::ffff:10.1.2.3", true),
        ("11.0.0.1", false),
        ("2001:db8:ffff::1", true),
        ("2001:db9::1", false),
        ("192.0.2.7", true),
        ("192.0.2.8", false),
    ] {
        let source = address.parse().map_or(Source::Unknown, Source::Known);
        assert_eq!(explain.applies_to(source), expected, "{address}");
    }
    assert!(!explain.applies_to(Source::Unknown) && Explain::Always.applies_to(Source::Unknown));
    assert!(Network::parse("0.0.0.0/0").is_some_and(|n| "1.2.3.4".parse().is_ok_and(|a| n.contains(a))));
    for malformed in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "example.com"] {
        assert!(Network::parse(malformed).is_none(), "{malformed}");
        let policy = ResetPolicy {
            explain: Explain::OnNetworks(vec![malformed.to_owned()]),
            ..ResetPolicy::default()
        };
        assert_eq!(refusals(&policy, Tab::Properties, EVERYTHING), ["network-malformed"]);
    }
    let policy = ResetPolicy { explain: Explain::OnNetworks(Vec::new()), ..ResetPolicy::default() };
    assert_eq!(refusals(&policy, Tab::Properties, EVERYTHING), ["networks-empty"]);
}

fn for_person(scope: Scope, roles: &[Role], in_scope: bool, admins_enabled: bool) -> EffectivePolicy {
    let policy = ResetPolicy { scope, methods_required: MethodsRequired::One, ..with_questions(5) };
    let who: Membership = policy.scope.group().filter(|_| in_scope).into_iter().collect();
    under(&policy, AdministratorPolicy { enabled: admins_enabled }, roles, &who)
}

/// What holds for a person before the authentication methods policy was ever saved.
fn under(
    policy: &ResetPolicy,
    administrators: AdministratorPolicy,
    roles: &[Role],
    who: &Membership,
) -> EffectivePolicy {
    let methods = AuthenticationMethodsPolicy::default();
    EffectivePolicy::for_person(&Policies { reset: policy, administrators, methods: &methods }, roles, who)
}

#[test]
fn r2_r3_r4_the_scope_says_who_is_enabled() {
    let group = || Scope::Selected(Some("sspr".into()));
    assert_eq!(for_person(Scope::None, &[], true, true).standing, Standing::SwitchedOff);
    assert_eq!(for_person(group(), &[], true, true).standing, Standing::Enabled);
    assert_eq!(for_person(group(), &[], false, true).standing, Standing::OutOfScope);
    assert_eq!(for_person(Scope::All, &[], false, true).standing, Standing::Enabled);
}

#[test]
fn r208_to_r211_administrators_have_their_own_policy() {
    for scope in [Scope::None, Scope::Selected(None), Scope::Selected(Some("g".into())), Scope::All] {
        let policy = for_person(scope, &[Role::ReportsReader, Role::HelpdeskAdministrator], false, true);
        assert!(policy.administrator && policy.is_enabled());
        assert_eq!(policy.required, MethodsRequired::Two, "R209");
        assert!(!policy.methods.contains(Method::SecurityQuestions), "R54");
        assert!(policy.methods.contains(Method::AppCode), "R210: whatever the boxes say");
    }
    let reader = for_person(Scope::None, &[Role::ReportsReader], true, true);
    assert!(!reader.administrator && !reader.is_enabled(), "a reader is an ordinary person");
}

#[test]
fn r213_r214_administrators_can_be_switched_off_even_in_scope() {
    let policy = for_person(Scope::All, &[Role::GlobalAdministrator], true, false);
    assert_eq!(policy.standing, Standing::SwitchedOff);
    assert!(!policy.interrupts);
}

#[test]
fn ruling_13_none_interrupts_nobody() {
    assert!(!for_person(Scope::None, &[], true, true).interrupts);
    assert!(!for_person(Scope::None, &[Role::GlobalAdministrator], true, true).interrupts);
    assert!(for_person(Scope::All, &[Role::GlobalAdministrator], true, true).interrupts, "R63");
    assert!(!for_person(Scope::Selected(Some("g".into())), &[], false, true).interrupts, "R62");
}

#[test]
fn r58_r59_reconfirmation_needs_days_and_required_registration() {
    let days = |required, days| {
        let mut policy = ResetPolicy { scope: Scope::All, ..ResetPolicy::default() };
        (policy.registration.required_at_sign_in, policy.registration.reconfirm_days) = (required, days);
        under(&policy, AdministratorPolicy::default(), &[], &Membership::NONE).reconfirm_days
    };
    assert_eq!(days(true, 180), Some(180));
    assert_eq!(days(true, 0), None);
    assert_eq!(days(false, 180), None);
}

#[test]
fn r23_every_changed_setting_is_named_with_old_and_new_value() {
    let old = ResetPolicy::default();
    assert_eq!(changes(&old, &old), []);
    let mut new = ResetPolicy { scope: Scope::Selected(Some("SSPR-Test-Group".into())), ..old.clone() };
    new.methods.insert(Method::AppCode);
    new.notifications.admins = true;
    let change = |property: &str, old: &str, new: &str| Change {
        property: property.into(),
        old: old.into(),
        new: new.into(),
    };
    assert_eq!(
        changes(&old, &new),
        [
            change("scope", "none", "selected"),
            change("group", "", "SSPR-Test-Group"),
            change("methods", "mobile_phone, email", "app_code, mobile_phone, email"),
            change("notify_admins", "no", "yes"),
        ]
    );
}

fn any_policy() -> impl Strategy<Value = ResetPolicy> {
    let scope = prop_oneof![
        Just(Scope::None),
        Just(Scope::Selected(None)),
        "[a-z]{1,9}".prop_map(|group| Scope::Selected(Some(group))),
        Just(Scope::All)
    ];
    let methods = proptest::collection::vec(proptest::sample::select(Method::ALL), 0..6);
    (scope, methods, any::<bool>(), 0_u16..900, 0..25_usize, any::<(bool, bool)>(), "\\PC{0,20}").prop_map(
        |(scope, methods, two, days, questions, (customized, unlock_allowed), target)| {
            let mut policy = ResetPolicy { scope, unlock_allowed, ..with_questions(questions) };
            policy.methods = methods.into_iter().collect();
            policy.methods_required = if two { MethodsRequired::Two } else { MethodsRequired::One };
            policy.registration.reconfirm_days = days;
            (policy.helpdesk.customized, policy.helpdesk.target) = (customized, target);
            policy
        },
    )
}

proptest! {
    #[test]
    fn a_policy_is_the_same_after_it_was_stored(policy in any_policy()) {
        let stored = serde_json::to_string(&policy).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read: ResetPolicy = serde_json::from_str(&stored).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read, policy);
    }

    #[test]
    fn a_policy_that_may_be_saved_can_be_met(policy in any_policy(), works in proptest::collection::vec(proptest::sample::select(Method::ALL), 0..6)) {
        let available = Available::of(works.into_iter().collect());
        if policy.validate(&available).is_ok() {
            let usable = policy.effective_methods().intersect(available.methods);
            prop_assert!(regain_core::policy::possible_kinds(usable) >= policy.methods_required.count());
            prop_assert!(usable != MethodSet::of(&[Method::SecurityQuestions]));
        }
    }

    #[test]
    fn changes_tell_of_every_difference(a in any_policy(), b in any_policy()) {
        prop_assert_eq!(changes(&a, &b).is_empty(), a == b);
    }
}

#[test]
fn t115_what_protects_people_less_is_told_apart_from_what_protects_them_more() {
    use regain_core::policy::Change;
    // The weaker value second: in the other direction nobody is told.
    for (property, strict, weak) in [
        ("methods_required", "2", "1"),
        ("explain_networks", "10.0.0.0/8", "10.0.0.0/8, 192.0.2.0/24"),
        ("questions_to_register", "5", "3"),
        ("questions_to_reset", "4", "3"),
        ("password_rules", "nist", "entra"),
        ("password_min", "15", "8"),
        ("password_expiry_days", "90", "365"),
        ("password_expiry_days", "90", "0"),
        ("enforce_custom_list", "yes", "no"),
        ("lockout_threshold", "5", "50"),
        ("lockout_duration", "600", "60"),
        ("countries", "371", "371, 370"),
        ("countries", "371", ""),
        ("per_number", "10", "100"),
        ("per_prefix", "50", "0"),
        ("per_day", "2000", "2001"),
        ("money", "5", "50"),
    ] {
        let change = |old: &str, new: &str| Change {
            property: property.to_owned(),
            old: old.to_owned(),
            new: new.to_owned(),
        };
        assert!(change(strict, weak).weakens(), "{property}: {strict} to {weak}");
        assert!(!change(weak, strict).weakens(), "{property}: {weak} to {strict}");
    }
}
