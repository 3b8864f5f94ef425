//! The outbox: a code leaves at most once and never late, a notice at least once, and a bad row stops nobody.

use regain_core::time::Duration;
use regain_server::messages::{Channel, CodeMessage, Notice};
use regain_store::{Challenge, OutboxMessage};
use uuid::Uuid;

use crate::support::TestApp;
use crate::support::smtp::{MailServer, Mood, TARPIT};

const TO: &str = "ana@mail.example";
const CODE: &str = "12345678";
const CODE_LIFE: Duration = Duration::from_mins(5);
/// Longer than any lease and any pause between two tries.
const LATER: Duration = Duration::from_hours(2);

async fn start() -> (TestApp, MailServer) {
    let server = MailServer::start().await;
    (TestApp::start_mailing(&server.url).await, server)
}

/// A code on its way, and the challenge that it answers.
async fn send_code(app: &TestApp) -> Uuid {
    let engine = &app.engine;
    let ana = app.add_user("ana").await;
    let challenge = Challenge {
        id: engine.new_id(),
        flow_id: None,
        session_id: None,
        help_call_id: None,
        user_id: Some(ana.id),
        purpose: "reset".to_owned(),
        method: "email".to_owned(),
        method_id: None,
        destination: Some(TO.to_owned()),
        mac: None,
        attempts: 0,
        created_at: app.now(),
        expires_at: app.now().plus(CODE_LIFE),
        consumed_at: None,
        superseded_at: None,
    };
    let message = CodeMessage {
        channel: Channel::Email,
        to: Some(TO),
        template: "reset-code",
        params: &[("name", "Ana".to_owned())],
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
    challenge.id
}

async fn send_notice(app: &TestApp, template: &str) {
    send_notice_to(app, TO, template).await;
}

async fn send_notice_to(app: &TestApp, to: &str, template: &str) {
    let notice = Notice {
        to: &[to.to_owned()],
        template,
        params: &[("name", "Ana".to_owned()), ("person", "Bob".to_owned())],
        locale: "en",
        support_code: "ABCD-EFGH",
    };
    let mut tx = app.engine.store.write().await.unwrap();
    app.engine.enqueue_notice(&mut *tx, &notice).await.unwrap();
    tx.commit().await.unwrap();
}

/// How many wait, and how many were given up.
async fn counts(app: &TestApp) -> (i64, i64) {
    app.engine.store.read().await.unwrap().outbox_counts().await.unwrap()
}

async fn assert_given_up(app: &TestApp, reason: &str) {
    assert_eq!(counts(app).await, (0, 1));
    let rows = app.audit().await;
    let (activity, result, why) = rows.last().unwrap();
    assert_eq!((activity.as_str(), result.as_str()), ("Message could not be delivered", "failure"));
    assert!(why.contains(reason), "{why}");
}

/// A process that claimed everything due and died.
async fn die_after_claim(app: &TestApp) -> Vec<OutboxMessage> {
    let mut tx = app.engine.store.write().await.unwrap();
    let claimed = tx.claim(app.now(), app.now().plus(Duration::from_mins(1)), 10).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

#[tokio::test]
async fn a_code_leaves_once() {
    let (app, server) = start().await;
    send_code(&app).await;
    app.run_jobs().await;
    app.advance(LATER);
    app.run_jobs().await;
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].data.contains(CODE));
    assert_eq!(mails[0].to, [TO]);
    assert_eq!(counts(&app).await, (0, 0));
}

#[tokio::test]
async fn f6_a_code_that_may_have_left_is_not_sent_again() {
    let (app, server) = start().await;
    server.is(Mood::HangsUp);
    send_code(&app).await;
    app.run_jobs().await;
    server.is(Mood::Takes);
    app.advance(Duration::from_mins(2));
    app.run_jobs().await;
    assert_eq!(server.mails().len(), 1, "it was handed over once");
    assert_given_up(&app, "").await;
}

#[tokio::test]
async fn f5_a_code_whose_sender_died_is_not_sent_again() {
    let (app, server) = start().await;
    send_code(&app).await;
    assert_eq!(die_after_claim(&app).await.len(), 1);
    app.run_jobs().await;
    assert!(server.mails().is_empty(), "the lease still runs");
    app.advance(Duration::from_secs(61));
    app.run_jobs().await;
    assert!(server.mails().is_empty());
    assert_given_up(&app, "nobody waits for the code any more").await;
}

#[tokio::test]
async fn f5_a_notice_whose_sender_died_is_sent_by_another() {
    let (app, server) = start().await;
    send_notice(&app, "contact-request").await;
    die_after_claim(&app).await;
    app.advance(Duration::from_secs(61));
    app.run_jobs().await;
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn f6_a_notice_that_may_have_left_is_sent_again_under_the_same_message_id() {
    let (app, server) = start().await;
    server.is(Mood::HangsUp);
    send_notice(&app, "contact-request").await;
    app.run_jobs().await;
    server.is(Mood::Takes);
    app.advance(LATER);
    app.run_jobs().await;
    let ids: Vec<_> = server.mails().iter().flat_map(|mail| mail.headers("Message-ID")).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    assert_eq!(counts(&app).await, (0, 0));
}

#[tokio::test]
async fn f8_f10_a_code_that_surely_did_not_leave_is_tried_again_until_it_dies() {
    let (app, server) = start().await;
    server.is(Mood::Busy);
    send_code(&app).await;
    app.run_jobs().await;
    app.run_jobs().await;
    assert_eq!(counts(&app).await, (1, 0), "it waits for its next try");
    server.is(Mood::Takes);
    app.advance(Duration::from_secs(6));
    app.run_jobs().await;
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn f8_a_code_is_never_delivered_late() {
    let (app, server) = start().await;
    server.is(Mood::Busy);
    send_code(&app).await;
    app.run_jobs().await;
    server.is(Mood::Takes);
    app.advance(CODE_LIFE);
    app.run_jobs().await;
    assert!(server.mails().is_empty());
    assert_given_up(&app, "nobody waits for the code any more").await;
}

#[tokio::test]
async fn a_code_whose_challenge_is_over_is_never_sent() {
    let (app, server) = start().await;
    let challenge = send_code(&app).await;
    let mut tx = app.engine.store.write().await.unwrap();
    assert!(tx.consume_challenge(challenge, app.now()).await.unwrap());
    tx.commit().await.unwrap();
    app.run_jobs().await;
    assert!(server.mails().is_empty());
    assert_given_up(&app, "nobody waits").await;
}

#[tokio::test]
async fn f10_a_refused_address_is_given_up_at_once() {
    let (app, server) = start().await;
    server.is(Mood::Refuses);
    send_notice(&app, "contact-request").await;
    app.run_jobs().await;
    assert_given_up(&app, "550").await;
}

#[tokio::test]
async fn f8_a_notice_waits_for_the_mail_server_with_longer_and_longer_pauses() {
    let (app, server) = start().await;
    server.is(Mood::Busy);
    send_notice(&app, "contact-request").await;
    let mut waited = Vec::new();
    for _ in 0..4 {
        app.run_jobs().await;
        let mut seconds = 0;
        while !app.engine.store.read().await.unwrap().outbox_is_due(app.now()).await.unwrap() {
            app.advance(Duration::from_secs(1));
            seconds += 1;
        }
        waited.push(seconds);
    }
    assert!(waited.windows(2).all(|pair| pair[1] > pair[0]), "{waited:?}");
    server.is(Mood::Takes);
    app.run_jobs().await;
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn f47_a_row_that_cannot_be_rendered_is_given_up_after_ten_tries_and_others_flow() {
    let (app, server) = start().await;
    send_notice(&app, "no-such-template").await;
    send_notice(&app, "contact-request").await;
    app.run_jobs().await;
    assert_eq!(server.mails().len(), 1);
    for _ in 0..8 {
        app.advance(LATER);
        app.run_jobs().await;
    }
    assert_eq!(counts(&app).await, (1, 0), "nine tries");
    app.advance(LATER);
    app.run_jobs().await;
    assert_given_up(&app, "no-such-template").await;
}

#[tokio::test]
async fn f47_a_row_that_kills_its_worker_is_given_up_too() {
    let (app, server) = start().await;
    send_notice(&app, "contact-request").await;
    for _ in 0..10 {
        assert_eq!(die_after_claim(&app).await.len(), 1);
        app.advance(LATER);
    }
    app.run_jobs().await;
    assert!(server.mails().is_empty());
    assert_given_up(&app, "ten tries").await;
}

#[tokio::test]
async fn f11_mail_never_goes_in_clear_where_tls_is_required() {
    let server = MailServer::start().await;
    let app = TestApp::start_mailing(&format!("{}?tls=required", server.url)).await;
    send_notice(&app, "contact-request").await;
    app.run_jobs().await;
    assert!(server.mails().is_empty());
    assert_eq!(counts(&app).await, (1, 0), "it waits");
}

#[tokio::test]
async fn t145_no_code_stays_in_the_outbox() {
    let (app, _server) = start().await;
    send_code(&app).await;
    let sealed = app.engine.store.write().await.unwrap().claim(app.now(), app.now(), 10).await.unwrap();
    let sealed = sealed[0].sealed.clone().unwrap();
    assert!(!sealed.windows(CODE.len()).any(|window| window == CODE.as_bytes()));
    app.run_jobs().await;
    app.execute("UPDATE outbox SET sent_at = NULL, claimed_until = NULL").await;
    let left = die_after_claim(&app).await;
    assert_eq!(left[0].sealed, None, "it was wiped when the message left");
}

#[tokio::test]
async fn f9_a_server_that_says_nothing_holds_up_nobody_else() {
    let (app, server) = start().await;
    send_notice_to(&app, &format!("{TARPIT}mail.example"), "contact-request").await;
    for _ in 0..3 {
        send_notice(&app, "contact-request").await;
    }
    let others = async {
        while server.mails().len() < 3 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = app.run_jobs() => panic!("one of them cannot have left"),
        () = others => {}
    }
}
