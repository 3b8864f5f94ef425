//! What a request says, and what the page with the number says: who asks, from where, and that nobody asks for it.

use super::{ALICE, alice, asked, open};
use crate::support::PASSWORD;

const NOBODY: &str = "will ever ask you for this number";
const BROWSER: &str = "__Host-regain_browser";

#[tokio::test]
async fn the_page_with_the_number_says_that_nobody_asks_for_it() {
    let app = open().await;
    alice(&app).await;
    for name in [ALICE, "ghost@contoso.example"] {
        let (_, page) = asked(&app, name).await;
        page.assert_shows(NOBODY);
    }
}

#[tokio::test]
async fn a_request_says_which_account_which_browser_and_which_network_ask() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    asked(&app, ALICE).await;
    let request = phone.requests().await.remove(0);
    assert_eq!(request["account"], ALICE);
    assert_eq!(request["client"], "Another browser");
    assert_eq!((request["address"].as_str(), request["network"].as_str()), (Some("203.0.113.1"), Some("")));
    assert_eq!(request["number_label"], "Number from the reset page");
    assert!(request["warning"].as_str().unwrap().contains(NOBODY));
    phone.browser.address = "203.0.113.1".to_owned();
    assert_eq!(phone.requests().await[0]["network"], "(the same as this phone)");
    let request = phone.request().await;
    phone.answer(&request, "deny", "").await;

    let mut browser = app.browser();
    browser.try_sign_in("alice", PASSWORD).await;
    let page = browser.get("/signin/verify").await;
    browser.post("/signin/verify/send", &[("factor", &page.input("factor"))]).await.assert_shows(NOBODY);
    assert_eq!(phone.requests().await[0]["number_label"], "Number from the other page");
}

#[tokio::test]
async fn this_phone_is_said_of_the_browser_with_its_cookie_and_of_no_other() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let (walk, _) = asked(&app, ALICE).await;
    // A browser without a cookie of ours may be anywhere.
    assert_eq!(phone.requests().await[0]["place"], "Not known");
    let cookie = walk.browser.cookies[BROWSER].clone();
    phone.browser.cookies.insert(BROWSER.to_owned(), "another".to_owned());
    assert!(phone.requests().await[0]["place"].as_str().unwrap().starts_with("Another device"));
    phone.browser.cookies.insert(BROWSER.to_owned(), cookie);
    assert_eq!(phone.requests().await[0]["place"], "This phone");
}

#[tokio::test]
async fn an_answer_marks_the_browser_that_holds_the_key() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    asked(&app, ALICE).await;
    let request = phone.request().await;
    phone.answer(&request, "deny", "").await;
    let (mut walk, _) = crate::reset::walk::Walk::start(&app, "ghost@contoso.example").await;
    walk.browser.cookies.insert(BROWSER.to_owned(), phone.browser.cookies[BROWSER].clone());
    walk.start_raw(ALICE).await;
    walk.browser.post("/reset/why", &[("intent", "reset")]).await;
    walk.choose("app_notification").await;
    // Also where the app itself sends no cookie any more.
    phone.browser.cookies.clear();
    assert_eq!(phone.requests().await[0]["place"], "This phone");
}

#[tokio::test]
async fn the_app_left_open_keeps_no_session_awake() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let mut browser = app.browser();
    browser.try_sign_in("alice", PASSWORD).await;
    phone.browser.cookies = browser.cookies.clone();
    for _ in 0..4 {
        app.advance(regain_core::time::Duration::from_mins(4));
        phone.requests().await;
    }
    assert!(browser.get_raw("/security-info").await.location().starts_with("/signin?next"));
}
