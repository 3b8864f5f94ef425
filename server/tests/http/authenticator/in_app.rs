//! *Alerts to phones: In the app only*: nothing is sent, and everything else works.

use super::push::{PushService, strict, subscribe};
use super::{ALICE, alice, asked};
use crate::support::TestApp;

/// As an administrator who has chosen it on the page *Channels*.
async fn switch_off(app: &TestApp) {
    app.execute(
        "INSERT INTO settings (name, version, body, changed_at)
         VALUES ('phone_alerts', 1, '{\"web_push\":false}', 0)",
    )
    .await;
}

#[tokio::test]
async fn no_message_leaves_and_the_open_app_answers() {
    let service = PushService::start().await;
    let app = strict(&service).await;
    let (_, mut phone) = alice(&app).await;
    assert_eq!(subscribe(&mut phone, &service.endpoint).await, 200);
    let (mut walk, page) = asked(&app, ALICE).await;
    page.assert_shows("We sent a notification").assert_hides("Open the authenticator on your phone");
    // Also what is in the queue already does not leave any more.
    switch_off(&app).await;
    app.run_jobs().await;
    assert!(service.arrived().is_empty());
    let page = walk.browser.get("/reset/verify").await;
    page.assert_hides("We sent a notification").assert_shows("Open the authenticator on your phone");
    assert_eq!(phone.approve(&page.number()).await.status, 200);

    let (_, page) = asked(&app, ALICE).await;
    app.run_jobs().await;
    assert!(service.arrived().is_empty());
    assert_eq!(phone.approve(&page.number()).await.status, 200);
    let (waiting, _) = app.engine.store.read().await.unwrap().outbox_counts().await.unwrap();
    assert_eq!(waiting, 0, "nothing waits for a push service");
}

#[tokio::test]
async fn no_subscription_is_asked_for_and_none_is_kept() {
    let service = PushService::start().await;
    let app = strict(&service).await;
    let mut browser = app.browser();
    let page = browser.get_raw("/authenticator/").await;
    assert!(page.body.contains("data-wakes=\"true\""));
    page.assert_hides("No alerts are sent");
    switch_off(&app).await;
    let page = browser.get_raw("/authenticator/").await;
    assert!(page.body.contains("data-wakes=\"false\""));
    page.assert_shows("No alerts are sent");

    let (user, mut phone) = alice(&app).await;
    assert_eq!(subscribe(&mut phone, &service.endpoint).await, 200);
    let mut tx = app.engine.store.read().await.unwrap();
    assert_eq!(tx.devices(user.id).await.unwrap()[0].subscription(), None);
}
