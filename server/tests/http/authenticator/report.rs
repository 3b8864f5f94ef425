//! *It wasn't me* (T58).

use super::{ALICE, alice, asked, open};
use crate::reset::walk::Walk;

#[tokio::test]
async fn t58_a_report_ends_the_flow_locks_the_way_and_tells_administrators() {
    let app = open().await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
    let (_, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    let request = phone.request().await;
    phone.answer(&request, "deny", "").await;
    assert_eq!(phone.answer(&request, "report", "").await.body, r#"{"state":"reported"}"#);
    assert_eq!(phone.answer(&request, "report", "").await.status, 410);
    assert_eq!(phone.answer(&request, "approve", &page.number()).await.status, 410);
    // The flow is dead, and no page brings it back.
    walk.browser.get("/reset/verify").await.assert_shows("Too many");
    for path in ["/reset/verify/resend", "/reset/verify", "/reset/method", "/reset/password"] {
        let reply = walk.browser.post_raw(path, &[("method", "email")]).await;
        assert_eq!(reply.location(), "/reset/stopped", "{path}");
    }
    // Nor does another one begin: nothing is sent, and no answer is judged.
    let before = app.messages_to("alice@mail.example").await.len();
    let (mut again, _) = Walk::to_methods(&app, ALICE).await;
    again.choose("email").await.assert_shows("Enter your verification code");
    assert_eq!(app.messages_to("alice@mail.example").await.len(), before);
    let mut tx = app.engine.store.read().await.unwrap();
    let account = regain_server::account_key::account_key(&app.engine.keys, ALICE);
    assert!(app.engine.recovery_lock(&mut *tx, &account).await.unwrap().is_some());
    drop(tx);
    let told = app.messages_to("admin@contoso.example").await;
    assert!(
        told.iter()
            .any(|mail| mail.subject.contains("suspicious request") && mail.text.contains("203.0.113.1"))
    );
    let owner = app.messages_to("alice@contoso.example").await;
    assert!(owner.iter().any(|mail| mail.subject.starts_with("Password reset is locked")));
    assert!(app.audit().await.iter().any(|row| row.0 == "Suspicious request reported"));
}

#[tokio::test]
async fn a_sign_in_that_was_reported_loses_its_session() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let mut browser = app.browser();
    browser.try_sign_in("alice", crate::support::PASSWORD).await;
    let page = browser.get("/signin/verify").await;
    browser.post("/signin/verify/send", &[("factor", &page.input("factor"))]).await;
    let request = phone.request().await;
    assert_eq!(phone.answer(&request, "report", "").await.status, 200);
    assert!(browser.get_raw("/security-info").await.location().starts_with("/signin"));
}
