//! The outbox of demo mode, and the ways that lead there.

use super::reset::walk::{Walk, alice, open};
use crate::support::TestApp;

#[tokio::test]
async fn the_outbox_reads_like_a_mailbox() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_shows("Demo mode: messages land in the outbox");
    assert!(page.body.contains("href=\"/demo/outbox\""));
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    let page = walk.browser.get("/demo/outbox").await;
    let stands_out = |tag: &str| tag.contains("key-big") && tag.ends_with(&format!(">{code}"));
    assert!(page.body.split('<').any(stands_out), "the code stands out");
    assert!(page.body.contains("<span class=\"tag\">Email</span>"));
    let at = page.body.split("<time").nth(1).unwrap().split("</time>").next().unwrap();
    assert!(at.contains("datetime=\"") && at.ends_with(" UTC"), "{at}");
    let shown = at.split('>').nth(1).unwrap();
    assert!(!shown.contains('T') || !shown.contains('Z'), "{shown}");
    let json = walk.browser.get("/demo/outbox.json").await;
    assert!(json.body.contains("\"at\":\"") && !json.body.contains("sent_at"));
}

#[tokio::test]
async fn outside_demo_mode_nothing_leads_there() {
    let app = TestApp::start_strict().await;
    app.browser().get("/signin").await.assert_hides("Demo mode");
    assert_eq!(app.browser().get("/demo/outbox").await.status, 404);
}

#[tokio::test]
async fn the_overview_leads_to_the_outbox() {
    let app = TestApp::start().await;
    let user = app.add_user("admin").await;
    app.grant(&user, "global_administrator").await;
    let mut browser = app.browser();
    browser.sign_in("admin").await;
    assert!(browser.get("/admin").await.body.contains("href=\"/demo/outbox\""));
}
