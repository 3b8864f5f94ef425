//! Edited texts are what people get: filled, escaped, never lost.

use regain_core::time::Duration;
use regain_server::messages::{Channel, CodeMessage, Notice};
use regain_store::{Challenge, DemoMessage, TemplateRow};

use super::super::{GLOBAL, admin, assert_saved, signed_in};
use super::{post, restore, save};
use crate::support::TestApp;

const TO: &str = "ana@mail.example";
const CODE: &str = "73918264";

/// Sends a code, and what of it arrived.
async fn send(app: &TestApp, channel: Channel, template: &str, name: &str) -> DemoMessage {
    let engine = &app.engine;
    let challenge = Challenge {
        id: engine.new_id(),
        flow_id: None,
        session_id: None,
        help_call_id: None,
        user_id: None,
        purpose: "reset".to_owned(),
        method: "email".to_owned(),
        method_id: None,
        destination: Some(TO.to_owned()),
        mac: None,
        attempts: 0,
        created_at: app.now(),
        expires_at: app.now().plus(Duration::from_mins(10)),
        consumed_at: None,
        superseded_at: None,
    };
    let message = CodeMessage {
        channel,
        to: Some(TO),
        template,
        params: &[("name", name.to_owned())],
        code: CODE,
        challenge_id: challenge.id,
        dies_at: challenge.expires_at,
        locale: "en",
        support_code: "ABCD-EFGH",
    };
    let mut tx = engine.store.write().await.unwrap();
    tx.add_challenge(&challenge).await.unwrap();
    engine.enqueue_code(&mut *tx, &message).await.unwrap();
    tx.commit().await.unwrap();
    app.messages_to(TO).await.remove(0)
}

/// The runs of digits that could be a code.
fn codes(text: &str) -> Vec<&str> {
    regain_core::template::code_runs(text).collect()
}

#[tokio::test]
async fn an_edited_text_is_sent_until_the_default_is_restored() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let text = "Moin {name}!\n\n{code}\n\n{minutes} min, {organization}, {support}";
    assert_saved(&save(&mut browser, "reset-code", "{organization}: {code}", text).await);
    let mail = send(&app, Channel::Email, "reset-code", "Ana").await;
    assert_eq!(mail.subject, format!("Regain: {CODE}"));
    assert_eq!(mail.text, format!("Moin Ana!\n\n{CODE}\n\n10 min, Regain, ABCD-EFGH"));
    assert!(mail.html.contains("Moin Ana!") && mail.html.contains(&format!("monospace\">{CODE}</p>")));
    restore(&mut browser, "reset-code").await;
    let mail = send(&app, Channel::Email, "reset-code", "Ana").await;
    assert_eq!(mail.subject, "Regain account email verification code");
    assert!(mail.text.contains("somebody asked to get back into your Regain account"), "{}", mail.text);
}

#[tokio::test]
async fn t119_a_name_is_text_in_every_message_and_never_a_template() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_saved(&save(&mut browser, "reset-code", "For {name}", "Dear {name}: <u>{code}</u>").await);
    let evil = "<script>alert(1)</script>{code}{support}\r\nBcc: x";
    let mail = send(&app, Channel::Email, "reset-code", evil).await;
    assert!(!mail.html.contains("<script>") && !mail.html.contains("<u>"), "{}", mail.html);
    assert!(mail.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;{code}{support}"), "{}", mail.html);
    assert!(!mail.subject.contains(['\r', '\n']), "{:?}", mail.subject);
    assert_eq!(codes(&mail.text), [CODE]);
}

#[tokio::test]
async fn the_code_stays_the_only_number_of_its_length_whatever_a_name_holds() {
    let app = TestApp::start().await;
    for name in ["Agent 654321", "1234567", "00000000 x 123456"] {
        let mail = send(&app, Channel::Email, "reset-code", name).await;
        assert_eq!(codes(&mail.text), [CODE], "{}", mail.text);
    }
}

#[tokio::test]
async fn a_text_message_and_a_call_use_theirs() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_saved(&save(&mut browser, "reset-code-sms", "", "{organization}! {code} ({minutes})").await);
    let text = send(&app, Channel::Sms, "reset-code-sms", "Ana").await;
    assert_eq!(text.text.lines().next(), Some(format!("Regain! {CODE} (10)").as_str()));
    assert_saved(&save(&mut browser, "reset-code-voice", "", "Good day from {organization}.").await);
    let call = send(&app, Channel::Voice, "reset-code-voice", "Ana").await;
    assert!(call.text.starts_with("Good day from Regain. Press pound"), "{}", call.text);
    assert_eq!(codes(&call.text), [CODE]);
}

#[tokio::test]
async fn f47_a_row_that_cannot_be_used_loses_no_message() {
    let app = TestApp::start().await;
    for (subject, body) in
        [("S", "{code"), ("S", "no code"), ("S", "{unheard} {code}"), ("{", "{code}"), ("S", "{code}{code}")]
    {
        let row = TemplateRow {
            kind: "reset-code".to_owned(),
            locale: "en".to_owned(),
            revision: app.engine.new_id(),
            subject: subject.to_owned(),
            body: body.to_owned(),
            changed_at: app.now(),
        };
        let mut tx = app.engine.store.write().await.unwrap();
        tx.save_template(&row).await.unwrap();
        tx.commit().await.unwrap();
        let mail = send(&app, Channel::Email, "reset-code", "Ana").await;
        assert_eq!(mail.subject, "Regain account email verification code", "{body}");
        assert_eq!(codes(&mail.text), [CODE], "{body}");
    }
}

#[tokio::test]
async fn a_notice_of_an_older_version_leaves_without_what_it_did_not_know() {
    let app = TestApp::start().await;
    let notice = Notice {
        to: &[TO.to_owned()],
        template: "notice-password-reset",
        params: &[("name", "Ana".to_owned()), ("address", "203.0.113.9".to_owned())],
        locale: "en",
        support_code: "ABCD-EFGH",
    };
    let mut tx = app.engine.store.write().await.unwrap();
    app.engine.enqueue_notice(&mut *tx, &notice).await.unwrap();
    tx.commit().await.unwrap();
    let mail = app.messages_to(TO).await.remove(0);
    assert!(mail.text.contains("from the address 203.0.113.9 (unknown)"), "{}", mail.text);
    assert!(mail.text.contains("contact your administrator at once"), "{}", mail.text);
}

#[tokio::test]
async fn the_help_desk_stands_in_mails_that_say_whom_to_turn_to() {
    let app = TestApp::start().await;
    app.set_policy(|policy| {
        policy.helpdesk.customized = true;
        policy.helpdesk.target = "help+desk@contoso.example".to_owned();
    })
    .await;
    app.engine.forget_organization();
    let mail = send(&app, Channel::Email, "reset-code", "Ana").await;
    assert!(mail.text.contains("tell your helpdesk (help+desk@contoso.example)"), "{}", mail.text);
}

#[tokio::test]
async fn a_test_goes_to_the_administrator_with_what_was_typed() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = post(&mut browser, "reset-code", "test", "Try {organization}", "Dear {name}\n\n{code}").await;
    page.assert_shows("A test is on its way to you").assert_shows("The default text is sent");
    assert_eq!(page.input("subject"), "Try {organization}", "what was typed is not lost");
    let mail = app.messages_to("admin@").await.remove(0);
    assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("Try Regain", "Dear Ana Silva\n\n48291375"));
    assert!(mail.html.contains("monospace\">48291375</p>"), "{}", mail.html);
    assert!(app.audit().await.iter().any(|(activity, ..)| activity == "Send test message"));
    let page = post(&mut browser, "reset-code", "test", "S", "no code").await;
    page.assert_shows("There is a problem");
    assert_eq!(app.messages_to("admin@").await.len(), 1);
    // Eleven in an hour are too many.
    for _ in 0..9 {
        post(&mut browser, "reset-code", "test", "S", "{code}").await.assert_shows("on its way");
    }
    post(&mut browser, "reset-code", "test", "S", "{code}").await.assert_shows("Ten tests in an hour");
    assert_eq!(app.messages_to("admin@").await.len(), 10);
}

#[tokio::test]
async fn a_test_by_text_or_call_goes_to_the_administrators_own_phone() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "ana", GLOBAL).await;
    let page = browser.get("/admin/messages/reset-code-sms").await;
    page.assert_shows("your account has no mobile phone").assert_hides("Send me a test");
    post(&mut browser, "reset-code-sms", "test", "", "{code}")
        .await
        .assert_shows("No test can be sent to you");
    let user = app.engine.store.read().await.unwrap().user_by_key("ana@contoso.example").await.unwrap();
    app.add_phone(&user.unwrap(), "+37120000009").await;
    post(&mut browser, "reset-code-sms", "test", "", "{code} test").await.assert_shows("on its way");
    post(&mut browser, "reset-code-voice", "test", "", "Test of {organization}.")
        .await
        .assert_shows("on its way");
    let mut sent: Vec<_> = app.messages_to("+37120000009").await.into_iter().map(|one| one.text).collect();
    sent.sort();
    assert!(sent[0].starts_with("482913 test"), "{sent:?}");
    assert!(sent[1].starts_with("Test of Regain. Press pound"), "{sent:?}");
    browser.get("/admin/messages/push").await.assert_hides("Send me a test");
}
