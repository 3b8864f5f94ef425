//! *Password protection*.

use regain_core::password::ProfileKind;
use regain_server::password_protection::{self, PasswordProtection};

use super::{POLICY, admin, assert_refused, assert_saved, last_record, post, save_at, signed_in};
use crate::support::{Browser, Reply, TestApp};

const PATH: &str = "/admin/password-protection";

async fn settings(app: &TestApp) -> PasswordProtection {
    let mut tx = app.engine.store.read().await.unwrap();
    password_protection::load(&mut *tx).await.unwrap()
}

/// The form as it is on the first day, with some values replaced.
async fn save(browser: &mut Browser, changed: &[(&str, &str)]) -> Reply {
    let defaults = [
        ("password_rules", "nist"),
        ("password_min", "15"),
        ("password_expiry_days", "0"),
        ("enforce_custom_list", "no"),
        ("banned_list", ""),
        ("lockout_threshold", "10"),
        ("lockout_duration", "60"),
    ];
    let fields = defaults.map(|(name, value)| {
        (name, changed.iter().find(|(other, _)| *other == name).map_or(value, |(_, value)| *value))
    });
    save_at(browser, PATH, &fields).await
}

#[tokio::test]
async fn r22_r164_r177_an_authentication_policy_administrator_sets_rules_list_and_lockout() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "policy", POLICY).await;
    let list = "Contoso\r\nfabrikam\r\n\r\ncontoso\r\n";
    let changed = [
        ("password_min", "12"),
        ("enforce_custom_list", "yes"),
        ("banned_list", list),
        ("lockout_threshold", "5"),
        ("lockout_duration", "300"),
    ];
    assert_saved(&save(&mut browser, &changed).await);
    let saved = settings(&app).await;
    assert_eq!(saved.custom_terms, ["Contoso", "fabrikam"], "case does not make a second term");
    assert_eq!((saved.profile.min, saved.profile.kind), (12, ProfileKind::Nist));
    assert_eq!((saved.lockout.threshold, saved.lockout.duration_seconds), (5, 300));
    let details = last_record(&app).await.details;
    assert!(
        details.contains(r#"{"new":"Contoso, fabrikam","old":"","property":"banned_list"}"#),
        "{details}"
    );
    assert!(details.contains(r#"{"new":"5","old":"10","property":"lockout_threshold"}"#), "{details}");
    // With No the list stays, whatever is posted, and counts for nothing.
    assert_saved(&save(&mut browser, &[("enforce_custom_list", "no"), ("banned_list", "x")]).await);
    let saved = settings(&app).await;
    assert!(!saved.enforce_custom_list && saved.custom_terms.len() == 2);
}

#[tokio::test]
async fn ruling_6_entra_rules_have_their_own_length() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_saved(&save(&mut browser, &[("password_rules", "entra"), ("password_min", "nonsense")]).await);
    let saved = settings(&app).await;
    assert_eq!((saved.profile.kind, saved.profile.min), (ProfileKind::Entra, 8));
    assert_refused(&save(&mut browser, &[("password_rules", "none")]).await, "Choose one of the answers");
}

#[tokio::test]
async fn numbers_outside_their_ranges_are_refused() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    for (name, values, problem) in [
        ("password_min", ["7", "65", "", "-1", "1e1"], "Enter a whole number from 8 to 64"),
        ("lockout_threshold", ["0", "51", "", "ten", "10.5"], "Enter a whole number from 1 to 50"),
        (
            "lockout_duration",
            ["4", "18001", "", "99999999999", "-60"],
            "Enter a whole number from 5 to 18000",
        ),
    ] {
        for value in values {
            let reply = save(&mut browser, &[(name, value)]).await;
            assert_refused(&reply, problem);
            assert!(reply.body.contains(&format!("href=\"#{}\"", name.replace('_', "-"))), "{name}");
            assert_eq!(reply.input(name), value);
        }
    }
    assert_eq!(settings(&app).await, PasswordProtection::default());
}

#[tokio::test]
async fn r165_r166_bad_lines_are_named_and_a_thousand_lines_are_not_lost() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let thousand: Vec<String> = (0..1000).map(|number| format!("term-{number:04}")).collect();
    let mut lines = thousand.clone();
    lines[6] = "abc".to_owned();
    lines[900] = "seventeen letters".to_owned();
    let list = lines.join("\r\n");
    let reply = save(&mut browser, &[("enforce_custom_list", "yes"), ("banned_list", &list)]).await;
    assert_refused(&reply, "Line 7: a term has 4 to 16 characters");
    reply
        .assert_shows("Line 901: a term has 4 to 16 characters")
        .assert_shows("term-0999")
        .assert_shows("seventeen letters");
    assert!(settings(&app).await.custom_terms.is_empty());
    browser.get(PATH).await.assert_hides("term-0999");

    let list = thousand.join("\r\n");
    assert_saved(&save(&mut browser, &[("enforce_custom_list", "yes"), ("banned_list", &list)]).await);
    assert_eq!(settings(&app).await.custom_terms.len(), 1000);
    let list = format!("{list}\r\none-more");
    let reply = save(&mut browser, &[("enforce_custom_list", "yes"), ("banned_list", &list)]).await;
    assert_refused(&reply, "The list has more than 1000 terms");
    reply.assert_shows("one-more");
    assert_eq!(settings(&app).await.custom_terms.len(), 1000);
}

#[tokio::test]
async fn r165_a_thousand_terms_of_any_script_fit_into_the_form() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let list: Vec<String> = (0..1000).map(|number| format!("слово猫猫猫猫猫猫猫-{number:03}")).collect();
    let list = list.join("\r\n");
    assert_saved(&save(&mut browser, &[("enforce_custom_list", "yes"), ("banned_list", &list)]).await);
    assert_eq!(settings(&app).await.custom_terms.len(), 1000);
}

#[tokio::test]
async fn t78_a_second_save_of_the_same_version_is_told() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let old = browser.get(PATH).await.input("version");
    assert_saved(&save(&mut browser, &[("lockout_threshold", "5")]).await);
    let fields = [
        ("password_rules", "nist"),
        ("password_min", "15"),
        ("enforce_custom_list", "no"),
        ("lockout_threshold", "20"),
        ("lockout_duration", "60"),
    ];
    let reply = post(&mut browser, PATH, &old, &fields).await;
    assert_refused(&reply, "Somebody else changed these settings");
    reply.assert_shows("“Lockout threshold” is now saved as: 5");
    assert_eq!(reply.input("lockout_threshold"), "20");
    assert_eq!(settings(&app).await.lockout.threshold, 5);
}

/// The mails about weaker settings that boss got.
async fn told(app: &TestApp) -> Vec<String> {
    let mails = app.messages_to("boss@contoso.example").await;
    mails.into_iter().map(|mail| mail.text).filter(|text| text.contains("→")).collect()
}

#[tokio::test]
async fn t115_weaker_password_protection_is_mailed_to_every_global_administrator() {
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, super::GLOBAL).await;
    let mut browser = signed_in(&app, "policy", POLICY).await;
    let strict = [
        ("password_min", "20"),
        ("password_expiry_days", "90"),
        ("enforce_custom_list", "yes"),
        ("banned_list", "contoso\r\nfabrikam"),
        ("lockout_threshold", "5"),
        ("lockout_duration", "600"),
    ];
    assert_saved(&save(&mut browser, &strict).await);
    assert!(told(&app).await.is_empty(), "stricter is nobody's worry");
    for (field, value, words) in [
        ("password_min", "19", "Shortest password: 20 → 19"),
        ("password_expiry_days", "0", "Days until passwords expire: 90 → 0"),
        ("enforce_custom_list", "no", "Enforce custom list"),
        ("banned_list", "contoso", "Custom banned password list: fabrikam →"),
        ("lockout_threshold", "6", "Lockout threshold: 5 → 6"),
        ("lockout_duration", "599", "Lockout duration in seconds: 600 → 599"),
        ("password_rules", "entra", "Rules for new passwords: NIST SP 800-63B-4 → "),
    ] {
        let changed = strict.map(|(name, old)| (name, if name == field { value } else { old }));
        let all =
            [&changed[..], &[("password_rules", if field == "password_rules" { value } else { "nist" })]];
        assert_saved(&save(&mut browser, &all.concat()).await);
        let mails = told(&app).await;
        assert!(mails[0].contains(words), "{field}: {mails:?}");
        assert!(mails[0].contains("policy@contoso.example"), "who did it: {}", mails[0]);
        let before = mails.len();
        assert_saved(&save(&mut browser, &strict).await);
        assert_eq!(told(&app).await.len(), before, "{field}: back again is stricter");
    }
}
