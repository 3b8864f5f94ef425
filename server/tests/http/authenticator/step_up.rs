//! A second factor in a session, by phone.

use super::{alice, open};
use crate::support::{PASSWORD, phone::other};

const PAGE: &str = "/signin/verify";

#[tokio::test]
async fn r85_an_approval_proves_the_session() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let mut browser = app.browser();
    browser.try_sign_in("alice", PASSWORD).await;
    let page = browser.get("/security-info").await;
    page.assert_shows("Verify it’s you").assert_shows("Send a notification");
    assert!(phone.requests().await.is_empty(), "a GET asks nobody");
    let fields = [("factor", page.input("factor")), ("next", page.input("next"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = browser.post("/signin/verify/send", &fields).await;
    assert_eq!(phone.requests().await[0]["asked"], "sign_in");
    assert_eq!(browser.get_raw("/signin/verify/status").await.body, "waiting");
    assert_eq!(app.browser().get_raw("/signin/verify/status").await.status, 404);

    phone.approve(other(&page.number())).await;
    let page = browser.get(PAGE).await;
    page.assert_shows("Denied");
    let page = browser.post("/signin/verify/send", &fields).await;
    assert_eq!(phone.approve(&page.number()).await.status, 200);
    assert_eq!(browser.get_raw("/signin/verify/status").await.body, "over");
    browser.get(PAGE).await.assert_shows("Authenticator notifications");
    let audit = app.audit().await;
    assert!(audit.iter().any(|row| row.0 == "Second factor verification" && row.1 == "success"));
}

#[tokio::test]
async fn an_approval_for_one_session_proves_no_other() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let (mut here, mut there) = (app.browser(), app.browser());
    here.try_sign_in("alice", PASSWORD).await;
    there.try_sign_in("alice", PASSWORD).await;
    let factor = here.get(PAGE).await.input("factor");
    let page = here.post("/signin/verify/send", &[("factor", &factor)]).await;
    there.post("/signin/verify/send", &[("factor", &factor)]).await.assert_shows("Another page asks");
    phone.approve(&page.number()).await;
    here.get("/security-info").await.assert_shows("Authenticator notifications");
    there.get("/security-info").await.assert_shows("Verify it’s you");
}
