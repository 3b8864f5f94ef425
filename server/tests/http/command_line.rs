//! What commands say: the consequences that the portal tells, numbers as one speaks, the words that a setting takes.

use std::process::Command;

use regain_core::method::{Method, MethodSet};
use regain_core::policy::{MethodsRequired, Scope};
use regain_core::time::Duration;
use regain_server::account_key::{account_key, counter_key};

use crate::support::TestApp;

/// Runs the binary on the server's own database; what it printed, what it complained of, and whether it was done.
pub(crate) fn regain(app: &TestApp, arguments: &[&str]) -> (String, String, bool) {
    let config = &app.engine.config;
    let done = Command::new(env!("CARGO_BIN_EXE_regain"))
        .args(arguments)
        .env("REGAIN_DATABASE_URL", config.database_url.expose())
        .env("REGAIN_DATA_DIR", &config.data_dir)
        .env("REGAIN_KEY_FILE", &config.key_file)
        .env("REGAIN_LOG", "error")
        .current_dir(&config.data_dir)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&done.stdout), text(&done.stderr), done.status.success())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_policies_name_is_not_deleted_in_silence() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let used = app.add_group("Pilot", &[&ana]).await;
    app.add_group("Other", &[&ana]).await;
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(used.to_string()))).await;
    let (_, complaint, done) = regain(&app, &["group", "delete", "Other"]);
    assert!(done && complaint.is_empty(), "{complaint}");
    let (said, complaint, done) = regain(&app, &["group", "delete", "Pilot"]);
    assert!(done, "{complaint}");
    assert_eq!(said.trim(), "Pilot is deleted.");
    assert!(
        complaint.starts_with("warning: ") && complaint.contains("1 person loses password reset"),
        "{complaint}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_one_and_the_words_of_a_setting_are_named() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@home.example").await;
    app.add_group("Pilot", &[&ana]).await;
    for (arguments, says) in [
        (&["group", "list"][..], "Pilot  (1 person)"),
        (&["group", "show", "Pilot"], "1 person, those of nested groups included"),
        (&["user", "reset-methods", "ana@contoso.example"], "1 registered method removed."),
    ] {
        let (said, complaint, done) = regain(&app, arguments);
        assert!(done && said.contains(says), "{arguments:?}: {said} {complaint}");
    }
    for (setting, words) in [
        ("scope", "none, selected, all"),
        ("methods_required", "1, 2"),
        ("second_factor", "nobody, administrators, everyone"),
        ("notify_users", "yes, no"),
    ] {
        let (_, complaint, done) = regain(&app, &["policy", "set", setting, "perhaps"]);
        assert!(!done && complaint.contains(words), "{setting}: {complaint}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_shown_in_the_words_of_the_portal() {
    let app = TestApp::start().await;
    // What works without a mail server.
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods_required = MethodsRequired::One;
        policy.methods = MethodSet::of(&[Method::AppCode]);
    })
    .await;
    let user = app.add_user("ana").await;
    app.add_app(&user).await;
    let show = |json: bool| {
        let more: &[&str] = if json { &["--json"] } else { &[] };
        regain(&app, &[&["user", "show", "ana@contoso.example"], more].concat()).0
    };
    let fact = |shown: &str, name: &str| {
        let mut lines = shown.lines().filter(|line| line.starts_with(name));
        lines.next().map(|line| line[name.len()..].trim().to_owned()).unwrap_or_default()
    };
    let shown = show(false);
    for word in ["In scope", "Registered  ", "Ready"] {
        assert_eq!(fact(&shown, word), "yes", "{shown}");
    }
    let account = account_key(&app.engine.keys, &user.upn_key);
    let mut tx = app.engine.store.write().await.unwrap();
    let until = app.now().plus(Duration::from_hours(1));
    tx.lock_counter(&counter_key(&account, "recovery:failed"), until, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(fact(&show(false), "Ready").starts_with("no: Locked until "));
    let shown: serde_json::Value = serde_json::from_str(&show(true)).unwrap();
    assert_eq!(
        (&shown["inScope"], &shown["registered"], &shown["ready"]),
        (&true.into(), &true.into(), &false.into())
    );
    assert!(shown["notReadyBecause"].as_str().unwrap().starts_with("Locked until "));
}

#[tokio::test(flavor = "multi_thread")]
async fn exported_users_open_in_a_spreadsheet_as_utf_8() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let file = app.engine.config.data_dir.join("users.csv");
    let to_file = file.display().to_string();
    let (said, complaint, done) = regain(&app, &["user", "export"]);
    assert!(done, "{complaint}");
    let (_, complaint, done) = regain(&app, &["user", "export", "--output", &to_file]);
    assert!(done, "{complaint}");
    for exported in [said.into_bytes(), std::fs::read(file).unwrap()] {
        assert_eq!(exported[..3], *b"\xEF\xBB\xBF");
        let text = String::from_utf8(exported).unwrap();
        assert!(text.contains("version:v1.0") && text.contains("ana@contoso.example"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_methods_are_reset_is_told_at_every_address() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@home.example").await;
    app.add_phone(&ana, "+14255550100").await;
    for (removed, told) in [("2 registered methods removed.", 1), ("0 registered methods removed.", 1)] {
        let (said, complaint, done) = regain(&app, &["user", "reset-methods", "ana@contoso.example"]);
        assert!(done && said.contains(removed), "{said} {complaint}");
        assert!(app.methods_of(&ana).await.is_empty());
        for address in ["ana@contoso.example", "ana@home.example"] {
            let mails = app.messages_to(address).await;
            let about = |subject: &str| subject.starts_with("An administrator removed security info");
            let count = mails.iter().filter(|mail| about(&mail.subject)).count();
            assert_eq!(count, told, "{address}");
        }
    }
}
