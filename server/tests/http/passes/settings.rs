//! *Temporary Access Pass*: the settings.

use regain_core::temporary_pass::PassSettings;
use regain_server::policy;

use super::record;
use crate::policy::{GLOBAL, POLICY, signed_in};
use crate::support::{Browser, Reply, TestApp};

const PATH: &str = "/admin/authentication-methods-policy/temporary-access-pass";
const FIELDS: [&str; 6] = [
    "pass_enabled",
    "pass_one_time",
    "pass_min_minutes",
    "pass_max_minutes",
    "pass_default_minutes",
    "pass_length",
];
const DEFAULTS: [&str; 6] = ["yes", "yes", "10", "60", "60", "8"];

async fn save(browser: &mut Browser, values: [&str; 6]) -> Reply {
    let version = browser.get(PATH).await.input("version");
    let mut fields = vec![("version", version.as_str())];
    fields.extend(FIELDS.into_iter().zip(values));
    browser.post(PATH, &fields).await
}

async fn stored(app: &TestApp) -> PassSettings {
    let mut tx = app.engine.store.read().await.unwrap();
    policy::document::<PassSettings>(&mut *tx, "temporary_pass").await.unwrap().0
}

#[tokio::test]
async fn it_begins_with_one_use_and_an_hour_at_most() {
    let app = TestApp::start().await;
    let mut admin = signed_in(&app, "admin", POLICY).await;
    admin.get("/admin/authentication-methods-policy").await.assert_shows("Temporary Access Pass");
    let page = admin.get(PATH).await;
    for (name, value) in FIELDS.into_iter().zip(DEFAULTS).skip(2) {
        assert_eq!(page.input(name), value, "{name}");
    }
    let settings = stored(&app).await;
    assert!(settings.enabled && settings.one_time);
    save(&mut admin, DEFAULTS).await.assert_shows("Your changes are saved");
    assert_eq!(stored(&app).await, settings);
}

#[tokio::test]
async fn lifetimes_and_lengths_have_the_bounds_of_entra() {
    let app = TestApp::start().await;
    let mut admin = signed_in(&app, "admin", POLICY).await;
    for (values, problem) in [
        (["yes", "yes", "9", "60", "60", "8"], "Enter a whole number from 10 to 43200"),
        (["yes", "yes", "10", "43201", "60", "8"], "Enter a whole number from 10 to 43200"),
        (["yes", "yes", "10", "60", "61", "8"], "Enter a whole number from 10 to 60"),
        (["yes", "yes", "30", "20", "20", "8"], "must not be below the minimum"),
        (["yes", "yes", "10", "60", "60", "7"], "Enter a whole number from 8 to 48"),
        (["yes", "yes", "10", "60", "60", "49"], "Enter a whole number from 8 to 48"),
        (["maybe", "yes", "10", "60", "60", "8"], "Choose one of the answers"),
    ] {
        let page = save(&mut admin, values).await;
        page.assert_shows("There is a problem");
        assert!(page.text().replace(['\u{2068}', '\u{2069}', ','], "").contains(problem), "{}", page.text());
        assert_eq!(page.input("pass_max_minutes"), values[3], "what was typed is kept");
        assert_eq!(stored(&app).await, PassSettings::default());
    }
    save(&mut admin, ["no", "no", "10", "43200", "480", "48"]).await.assert_shows("Your changes are saved");
    let saved = stored(&app).await;
    assert_eq!((saved.enabled, saved.max_minutes, saved.length), (false, 43_200, 48));
}

#[tokio::test]
async fn a_save_is_recorded_and_a_weaker_one_is_told() {
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, GLOBAL).await;
    let mut admin = signed_in(&app, "admin", POLICY).await;
    save(&mut admin, ["yes", "yes", "10", "30", "30", "12"]).await.assert_shows("Your changes are saved");
    assert!(app.messages_to("boss@").await.is_empty(), "stricter");
    save(&mut admin, ["yes", "no", "10", "480", "60", "8"]).await.assert_shows("Your changes are saved");
    let mails = app.messages_to("boss@").await;
    assert_eq!(mails.len(), 1);
    for line in ["Require one-time use", "Maximum lifetime: 30 → 480", "Length: 12 → 8"] {
        assert!(mails[0].text.contains(line), "{line}: {}", mails[0].text);
    }
    let record = record(&app, "Authentication methods policy changes").await;
    assert_eq!(record.target_name, "temporary-access-pass");
    assert!(record.details.contains("\"old\":\"30\""), "{}", record.details);
}

#[tokio::test]
async fn r23_who_may_not_save_the_policy_does_not_save_this() {
    let app = TestApp::start().await;
    for (name, role) in [("hal", "helpdesk_administrator"), ("rita", "reports_reader")] {
        let mut browser = signed_in(&app, name, role).await;
        assert_eq!(browser.get_raw(PATH).await.status, 403);
        let fields: Vec<_> = FIELDS.into_iter().zip(DEFAULTS).collect();
        assert_eq!(browser.post_raw(PATH, &fields).await.status, 403);
    }
    assert_eq!(record(&app, "Authentication methods policy changes").await.result, "failure");
}

#[tokio::test]
async fn t78_a_save_from_an_old_page_changes_nothing() {
    let app = TestApp::start().await;
    let mut admin = signed_in(&app, "admin", POLICY).await;
    let version = admin.get(PATH).await.input("version");
    save(&mut admin, ["yes", "yes", "10", "30", "30", "8"]).await;
    let mut fields = vec![("version", version.as_str())];
    fields.extend(FIELDS.into_iter().zip(DEFAULTS));
    admin.post(PATH, &fields).await.assert_shows("There is a problem").assert_shows("Maximum lifetime");
    assert_eq!(stored(&app).await.max_minutes, 30);
}
