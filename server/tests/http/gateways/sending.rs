//! What a gateway is told, and what its answers do.

use std::time::Instant;

use regain_core::secret::Secret;
use regain_core::time::Duration;
use regain_server::messages::Channel;

use super::{CODE, NUMBER, SECRET, add_gateway, counts, reason, send_code, start};
use crate::support::TestApp;
use crate::support::gateway::{FakeGateway, Manner};

#[tokio::test]
async fn a_text_leaves_in_twilios_shape() {
    let (app, gateway, _) = start("sms", "twilio").await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    app.run_jobs().await;
    let requests = gateway.requests();
    assert_eq!(requests.len(), 1);
    let request = &requests[0];
    assert_eq!(request.path, "/2010-04-01/Accounts/AC1/Messages.json");
    let login = data_encoding::BASE64.encode(format!("AC1:{SECRET}").as_bytes());
    assert_eq!(request.header("authorization"), format!("Basic {login}"));
    assert_eq!((request.field("To").as_str(), request.field("From").as_str()), (NUMBER, "+14255550100"));
    assert!(request.field("Body").starts_with(CODE), "{}", request.field("Body"));
    assert!(request.field("StatusCallback").contains("/hooks/delivery/"));
    assert_eq!(counts(&app).await, (0, 0));
}

#[tokio::test]
async fn a_text_leaves_by_a_signed_webhook() {
    let (app, gateway, _) = start("sms", "webhook").await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    app.run_jobs().await;
    let request = &gateway.requests()[0];
    let body = request.json();
    assert_eq!((body["type"].as_str(), body["to"].as_str()), (Some("sms"), Some(NUMBER)));
    assert_eq!(body["id"].as_str(), Some(request.header("idempotency-key")));
    let signature = request.header("regain-signature");
    let signed = |secret: &str| {
        regain_channels::gateway::verify_webhook(&Secret::from(secret), app.now(), &request.body, signature)
    };
    assert!(signed(SECRET));
    assert!(!signed("another secret"));
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "it is the real time that counts")]
async fn with_the_first_gateway_down_the_next_one_sends_within_five_seconds() {
    let app = TestApp::start_strict().await;
    // Nothing listens there.
    add_gateway(&app, "sms", "twilio", "http://127.0.0.1:9").await;
    let second = FakeGateway::start().await;
    add_gateway(&app, "sms", "twilio", &second.url).await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    let begun = Instant::now();
    app.run_jobs().await;
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(second.requests().len(), 1);
    assert_eq!(counts(&app).await, (0, 0));
}

#[tokio::test]
async fn f12_an_answer_that_surely_refuses_is_made_good_by_the_next_gateway() {
    let (app, first, _) = start("sms", "twilio").await;
    let second = FakeGateway::start().await;
    add_gateway(&app, "sms", "webhook", &second.url).await;
    let ana = app.add_user("ana").await;
    for answer in
        [Manner::Answers(500, "secret stack trace"), Manner::Answers(401, ""), Manner::Answers(302, "")]
    {
        first.does(answer);
        send_code(&app, &ana, Channel::Sms, NUMBER).await;
        app.run_jobs().await;
    }
    assert_eq!((first.requests().len(), second.requests().len()), (3, 3));
    let gateways = app.engine.store.read().await.unwrap().gateways().await.unwrap();
    let error = gateways[0].last_error.clone().unwrap();
    assert!(!error.contains("stack trace"), "{error}");
    assert!(gateways[0].broken_until.is_some(), "three failures in a row: it rests");
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    app.run_jobs().await;
    assert_eq!((first.requests().len(), second.requests().len()), (3, 4), "it is left alone");
    first.does(Manner::Answers(201, "{}"));
    app.advance(Duration::from_secs(61));
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    app.run_jobs().await;
    assert_eq!((first.requests().len(), second.requests().len()), (4, 4), "it comes first again");
}

#[tokio::test]
async fn a_code_that_may_have_left_is_sent_by_nobody_else() {
    let (app, first, _) = start("sms", "twilio").await;
    let second = FakeGateway::start().await;
    add_gateway(&app, "sms", "twilio", &second.url).await;
    let ana = app.add_user("ana").await;
    for answer in [Manner::HangsUp, Manner::Answers(504, "")] {
        first.does(answer);
        send_code(&app, &ana, Channel::Sms, NUMBER).await;
        app.run_jobs().await;
        app.advance(Duration::from_secs(30));
        app.run_jobs().await;
    }
    assert_eq!((first.requests().len(), second.requests().len()), (2, 0));
    assert_eq!(counts(&app).await, (0, 2));
}

#[tokio::test]
async fn f12_a_code_goes_twice_round_the_gateways_and_no_more() {
    let (app, gateway, _) = start("sms", "twilio").await;
    gateway.does(Manner::Answers(500, ""));
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    for _ in 0..5 {
        app.run_jobs().await;
        app.advance(Duration::from_secs(20));
    }
    assert_eq!(gateway.requests().len(), 2);
    assert_eq!(counts(&app).await, (0, 1));
}

#[tokio::test]
async fn a_number_that_nobody_has_is_given_up_and_the_gateway_is_well() {
    let (app, gateway, _) = start("sms", "twilio").await;
    gateway.does(Manner::Answers(400, r#"{"code":21211,"message":"+37120000001 is not valid"}"#));
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    app.run_jobs().await;
    assert_eq!(counts(&app).await, (0, 1));
    assert_eq!(reason(&app).await, "the gateway knows no such number");
    let gateways = app.engine.store.read().await.unwrap().gateways().await.unwrap();
    assert_eq!(gateways[0].failures, 0);
}

#[tokio::test]
async fn t127_no_request_goes_where_it_may_not() {
    let app = TestApp::start_strict().await;
    let ana = app.add_user("ana").await;
    for inside in [
        "http://10.0.0.1/",
        "https://169.254.169.254/",
        "https://[::ffff:10.0.0.1]/",
        "http://localhost.localdomain.invalid/",
    ] {
        app.execute("DELETE FROM gateways").await;
        add_gateway(&app, "sms", "webhook", inside).await;
        send_code(&app, &ana, Channel::Sms, NUMBER).await;
        app.run_jobs().await;
    }
    let gateways = app.engine.store.read().await.unwrap().gateways().await.unwrap();
    assert!(gateways[0].failures > 0);
}

#[tokio::test]
async fn receipts_are_signed_and_count_once() {
    let (app, gateway, _) = start("sms", "webhook").await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    app.run_jobs().await;
    let request = &gateway.requests()[0];
    let (message, url) =
        (request.json()["id"].as_str().unwrap().to_owned(), request.json()["receipt_url"].clone());
    let path = url.as_str().unwrap().split_once("/hooks").map(|(_, path)| format!("/hooks{path}")).unwrap();
    let body = r#"{"status":"delivered"}"#;
    let sign =
        |secret: &str| regain_channels::gateway::webhook_signature(&Secret::from(secret), app.now(), body);
    let mut caller = app.browser();
    let wrong = caller.post_body(&path, body, &[("regain-signature", &sign("another secret"))]).await;
    assert_eq!(wrong.status, 403);
    let elsewhere = format!("{}x", &path[..path.len() - 1]);
    let guessed = caller.post_body(&elsewhere, body, &[("regain-signature", &sign(SECRET))]).await;
    assert_eq!(guessed.status, 404);
    for _ in 0..2 {
        let right = caller.post_body(&path, body, &[("regain-signature", &sign(SECRET))]).await;
        assert_eq!(right.status, 204);
    }
    let delivery = app.engine.store.read().await.unwrap().delivery(message.parse().unwrap()).await.unwrap();
    assert_eq!(delivery.unwrap().state, "delivered");
}
