//! What failures say about an address or number.

use regain_core::method::{Method, MethodSet};
use regain_core::policy::Scope;
use regain_server::messages::Channel;

use super::{NUMBER, counts, send_code, start};
use crate::register::phones::can_reset;
use crate::support::TestApp;
use crate::support::gateway::Manner;
use crate::support::smtp::{MailServer, Mood};

async fn open(app: &TestApp) {
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods = MethodSet::of(&[Method::Email, Method::MobilePhone]);
    })
    .await;
}

#[tokio::test]
async fn t66_a_changed_sim_suspends_the_number_until_it_is_registered_anew() {
    let (app, gateway, _) = start("sms", "webhook").await;
    open(&app).await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@mail.example").await;
    app.add_phone(&ana, NUMBER).await;
    assert!(can_reset(&app, &ana).await);
    gateway.does(Manner::Answers(200, r#"{"status":"sim_changed"}"#));
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    app.run_jobs().await;
    assert!(!can_reset(&app, &ana).await, "the other gate alone is too few");
    let suspended =
        app.audit().await.into_iter().any(|(activity, ..)| activity == "Verification method suspended");
    assert!(suspended);
    let mut tx = app.engine.store.write().await.unwrap();
    tx.clear_destination(NUMBER).await.unwrap();
    tx.commit().await.unwrap();
    assert!(can_reset(&app, &ana).await);
}

#[tokio::test]
async fn f10_an_address_that_nobody_has_is_marked_and_its_owner_sees_it() {
    let server = MailServer::start().await;
    let app = TestApp::start_mailing(&server.url).await;
    open(&app).await;
    server.is(Mood::Refuses);
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@mail.example").await;
    send_code(&app, &ana, Channel::Email, "ana@mail.example").await;
    app.run_jobs().await;
    assert_eq!(counts(&app).await, (0, 1), "it is not tried again");
    let mut browser = app.session(&ana).await;
    app.prove(&ana).await;
    browser.get("/security-info").await.assert_shows("Mail to this address came back");
    // The same address may be confirmed anew, which forgets what was known of it.
    server.is(Mood::Takes);
    browser
        .post("/register/email", &[("way", "add"), ("email", "ana@mail.example")])
        .await
        .assert_shows("Enter the code we sent");
    app.run_jobs().await;
    browser.get("/security-info").await.assert_hides("Mail to this address came back");
}

#[tokio::test]
async fn f8_with_the_mail_server_down_pages_and_readiness_stay() {
    let app = TestApp::start_strict().await;
    open(&app).await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Email, "ana@mail.example").await;
    app.run_jobs().await;
    assert_eq!(counts(&app).await, (1, 0), "it waits");
    assert_eq!(app.browser().get("/readyz").await.status, 200);
    assert_eq!(app.browser().get("/reset").await.status, 200);
    let known =
        app.engine.store.read().await.unwrap().destination_marks(&["ana@mail.example".to_owned()]).await;
    assert!(known.unwrap().is_empty(), "the address is fine");
}
