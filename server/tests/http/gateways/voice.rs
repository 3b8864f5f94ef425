//! Calls: a key before a code, once, and only for who has the secret.

use regain_core::secret::Secret;
use regain_core::time::Duration;
use regain_server::messages::Channel;

use super::{CODE, LIFE, NUMBER, SECRET, send_code, send_code_for, start};
use crate::support::gateway::FakeGateway;
use crate::support::{Browser, Reply, TestApp};

/// Where the gateway tells which key was pressed.
pub(super) fn answer_path(gateway: &FakeGateway) -> String {
    let twiml = gateway.requests().last().unwrap().field("Twiml");
    let url = twiml.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    url.split_once("/hooks").map(|(_, path)| format!("/hooks{path}")).unwrap()
}

/// The gateway tells a key, signed as Twilio signs.
async fn press(app: &TestApp, caller: &mut Browser, path: &str, key: &str, secret: &str) -> Reply {
    let fields = vec![("CallSid".to_owned(), "CA1".to_owned()), ("Digits".to_owned(), key.to_owned())];
    let url = app.engine.config.public_url.link(path);
    let signature = regain_channels::gateway::twilio_signature(&Secret::from(secret), &url, &fields);
    let body = format!("CallSid=CA1&Digits={}", key.replace('#', "%23").replace('*', "%2A"));
    let headers =
        [("x-twilio-signature", signature.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    caller.post_body(path, &body, &headers).await
}

#[tokio::test]
async fn t63_a_code_is_spoken_only_after_a_key() {
    let (app, gateway, _) = start("voice", "twilio").await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Voice, NUMBER).await;
    app.run_jobs().await;
    let request = gateway.requests().last().unwrap().clone();
    assert_eq!(request.path, "/2010-04-01/Accounts/AC1/Calls.json");
    let twiml = request.field("Twiml");
    assert!(twiml.contains("finishOnKey=\"\"") && twiml.contains("press star"), "{twiml}");
    assert!(!request.body.contains(CODE), "voicemail hears no code");
    let (path, mut caller) = (answer_path(&gateway), app.browser());
    let silent = press(&app, &mut caller, &path, "", SECRET).await;
    assert!(silent.body.contains("We did not hear a key"), "{}", silent.body);
    for _ in 0..2 {
        let heard = press(&app, &mut caller, &path, "#", SECRET).await;
        assert_eq!(heard.status, 200);
        let digits: String = heard
            .body
            .split("<Say")
            .filter_map(|say| say.split('>').nth(1)?.split('<').next())
            .filter(|say| say.len() == 1)
            .collect();
        assert_eq!(digits, [CODE, CODE].concat(), "digit by digit, twice");
    }
    app.advance(LIFE);
    assert_eq!(press(&app, &mut caller, &path, "#", SECRET).await.status, 404);
}

#[tokio::test]
async fn nobody_else_hears_the_code() {
    let (app, gateway, _) = start("voice", "twilio").await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Voice, NUMBER).await;
    app.run_jobs().await;
    let (path, mut caller) = (answer_path(&gateway), app.browser());
    assert_eq!(press(&app, &mut caller, &path, "#", "another secret").await.status, 403);
    assert_eq!(press(&app, &mut caller, "/hooks/voice/unknown", "#", SECRET).await.status, 404);
    assert_eq!(caller.post_body(&path, "Digits=%23", &[]).await.status, 403);
}

#[tokio::test]
async fn star_denies_once_and_the_code_dies() {
    let (app, gateway, _) = start("voice", "twilio").await;
    let ana = app.add_user("ana").await;
    let challenge = send_code(&app, &ana, Channel::Voice, NUMBER).await;
    app.run_jobs().await;
    let (path, mut caller) = (answer_path(&gateway), app.browser());
    for _ in 0..2 {
        let denied = press(&app, &mut caller, &path, "*", SECRET).await;
        assert!(denied.body.contains("We stopped it"), "{}", denied.body);
    }
    let after = press(&app, &mut caller, &path, "#", SECRET).await;
    assert!(after.body.contains("no longer good"), "{}", after.body);
    assert!(!app.engine.store.read().await.unwrap().challenge_is_open(challenge, app.now()).await.unwrap());
    let denied =
        app.audit().await.into_iter().filter(|(activity, ..)| activity == "Verification call denied");
    assert_eq!(denied.count(), 1);
}

/// Whether recovery is locked for a person, and how many were told of a report.
async fn reported(app: &TestApp, upn: &str) -> (bool, i64, i64) {
    let account = regain_server::account_key::account_key(&app.engine.keys, upn);
    let mut tx = app.engine.store.read().await.unwrap();
    let locked = app.engine.recovery_lock(&mut *tx, &account).await.unwrap().is_some();
    drop(tx);
    let mails = async |template: &str| {
        app.number(&format!("SELECT COUNT(*) FROM outbox WHERE template = '{template}'")).await
    };
    (locked, mails("notice-reported").await, mails("notice-admin-reported").await)
}

/// The voice says that the organization was told: it is, of every call in which somebody else says to be the person.
#[tokio::test]
async fn t58_star_reports_as_it_was_not_me_does() {
    for purpose in ["recovery", "verify_caller", "step_up", "agree"] {
        let (app, gateway, _) = start("voice", "twilio").await;
        let (ana, hal) = (app.add_user("ana").await, app.add_user("hal").await);
        app.grant(&hal, "global_administrator").await;
        let (own, desk) = (app.session(&ana).await, app.session(&hal).await);
        let mut tx = app.engine.store.write().await.unwrap();
        let mine = tx.sessions_of(ana.id).await.unwrap().remove(0);
        let theirs = tx.sessions_of(hal.id).await.unwrap().remove(0);
        let help_call = regain_store::HelpCall {
            id: app.engine.new_id(),
            admin_id: hal.id,
            user_id: ana.id,
            support_code: theirs.support_code,
            opened_at: app.now(),
            expires_at: app.now().plus(LIFE),
            overridden_by: None,
            ended_at: None,
        };
        tx.add_help_call(&help_call).await.unwrap();
        tx.commit().await.unwrap();
        send_code_for(&app, &ana, Channel::Voice, NUMBER, |challenge| {
            purpose.clone_into(&mut challenge.purpose);
            match purpose {
                "verify_caller" => challenge.help_call_id = Some(help_call.id),
                "step_up" | "agree" => challenge.session_id = Some(mine.id),
                _ => {}
            }
        })
        .await;
        app.run_jobs().await;
        let (path, mut caller) = (answer_path(&gateway), app.browser());
        for _ in 0..2 {
            let denied = press(&app, &mut caller, &path, "*", SECRET).await;
            assert!(denied.body.contains("told your organization"), "{purpose}: {}", denied.body);
        }
        assert_eq!(reported(&app, &ana.upn).await, (true, 1, 1), "{purpose}");
        let reports = app.audit().await.into_iter().filter(|row| row.0 == "Suspicious request reported");
        assert_eq!(reports.count(), 1, "{purpose}");
        let mut tx = app.engine.store.read().await.unwrap();
        assert!(tx.open_help_call(hal.id, ana.id, app.now()).await.unwrap().is_none(), "{purpose}");
        let stays = tx.session_by_id(mine.id).await.unwrap().is_some();
        assert_eq!(
            stays,
            !["step_up", "agree"].contains(&purpose),
            "{purpose}: who signed in there is not ana"
        );
        drop((own, desk));
    }
}

/// A number may be mistyped by whoever registers it: nothing is locked, and nobody is said to be told.
#[tokio::test]
async fn star_on_a_number_that_is_being_registered_stops_that() {
    let (app, gateway, _) = start("voice", "twilio").await;
    let ana = app.add_user("ana").await;
    let challenge = send_code_for(&app, &ana, Channel::Voice, NUMBER, |challenge| {
        "register".clone_into(&mut challenge.purpose);
    })
    .await;
    app.run_jobs().await;
    let denied = press(&app, &mut app.browser(), &answer_path(&gateway), "*", SECRET).await;
    assert!(denied.body.contains("We stopped it") && !denied.body.contains("told"), "{}", denied.body);
    assert_eq!(reported(&app, &ana.upn).await, (false, 0, 0));
    let mut tx = app.engine.store.read().await.unwrap();
    assert!(!tx.challenge_is_open(challenge, app.now()).await.unwrap());
}

#[tokio::test]
async fn a_code_that_died_meanwhile_is_not_spoken() {
    let (app, gateway, _) = start("voice", "twilio").await;
    let ana = app.add_user("ana").await;
    let challenge = send_code(&app, &ana, Channel::Voice, NUMBER).await;
    app.run_jobs().await;
    let mut tx = app.engine.store.write().await.unwrap();
    assert!(tx.consume_challenge(challenge, app.now()).await.unwrap());
    tx.commit().await.unwrap();
    let heard = press(&app, &mut app.browser(), &answer_path(&gateway), "#", SECRET).await;
    assert!(heard.body.contains("no longer good"), "{}", heard.body);
}

#[tokio::test]
async fn a_webhook_calls_and_is_told_what_to_say() {
    let (app, gateway, _) = start("voice", "webhook").await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Voice, NUMBER).await;
    app.run_jobs().await;
    let request = gateway.requests()[0].json();
    assert_eq!(request["type"].as_str(), Some("voice"));
    assert!(!request.to_string().contains(CODE));
    let url = request["call"]["answer_url"].as_str().unwrap();
    let path = url.split_once("/hooks").map(|(_, path)| format!("/hooks{path}")).unwrap();
    let body = r##"{"digits":"#"}"##;
    let signature = regain_channels::gateway::webhook_signature(&Secret::from(SECRET), app.now(), body);
    let heard = app.browser().post_body(&path, body, &[("regain-signature", &signature)]).await;
    let said: serde_json::Value = serde_json::from_str(&heard.body).unwrap();
    let digits: String = said["say"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(serde_json::Value::as_str)
        .filter(|say| say.len() == 1)
        .collect();
    assert_eq!(digits, [CODE, CODE].concat());
    app.advance(Duration::from_mins(4));
    let late = app.browser().post_body(&path, body, &[("regain-signature", "t=1,v1=00")]).await;
    assert_eq!(late.status, 403);
}
