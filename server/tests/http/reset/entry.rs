//! The first page.

use super::walk::{Walk, alice, letters, open};
use crate::support::TestApp;

#[tokio::test]
async fn r105_the_portal_is_open_at_both_addresses() {
    let app = open().await;
    for path in ["/reset", "/sspr"] {
        let page = app.browser().get(path).await;
        page.assert_shows("Get back into your account").assert_shows("Support code");
    }
}

#[tokio::test]
async fn r2_while_the_policy_is_none_the_page_says_so_before_the_captcha() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    browser.get("/reset").await.assert_shows("not turned on").assert_hides("Characters you see or hear");
    browser.get("/reset?administrator").await.assert_shows("Characters you see or hear");
}

#[tokio::test]
async fn r109_wrong_characters_get_a_new_picture_and_not_a_word_about_the_account() {
    let app = open().await;
    alice(&app).await;
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        let mut browser = app.browser();
        let token = browser.get("/reset").await.input("captcha");
        let fields = [("username", name), ("captcha", &token), ("characters", "wrong!")];
        let page = browser.post("/reset", &fields).await;
        page.assert_shows("Those were not the characters");
        assert_eq!(page.input("username"), name);
        assert_eq!(page.input("characters"), "");
        assert_ne!(page.input("captcha"), token);
    }
}

#[tokio::test]
async fn what_is_missing_is_told_before_the_picture_is_spent() {
    let app = open().await;
    let mut browser = app.browser();
    let token = browser.get("/reset").await.input("captcha");
    let page = browser.post("/reset", &[("username", ""), ("captcha", &token), ("characters", "")]).await;
    page.assert_shows("Type the characters");
    assert_eq!(page.input("captcha"), token, "the picture is the same");
    let read = letters(&app, &token);
    let page = browser.post("/reset", &[("username", " "), ("captcha", &token), ("characters", &read)]).await;
    page.assert_shows("Enter your username").assert_hides("Those were not");
    let fields = [("username", "ghost"), ("captcha", &token), ("characters", &read)];
    browser.post("/reset", &fields).await.assert_shows("Why can’t you sign in?");
}

#[tokio::test]
async fn t75_a_captcha_opens_one_flow() {
    let app = open().await;
    let mut browser = app.browser();
    let token = browser.get("/reset").await.input("captcha");
    let read = letters(&app, &token);
    let fields = [("username", "ghost"), ("captcha", token.as_str()), ("characters", read.as_str())];
    browser.post("/reset", &fields).await.assert_shows("Why can’t you sign in?");
    let mut second = app.browser();
    second.get("/reset").await;
    second.post("/reset", &fields).await.assert_shows("Those were not the characters");
}

#[tokio::test]
async fn t141_a_captcha_grows_old_and_a_forged_one_is_none() {
    let app = open().await;
    let mut browser = app.browser();
    let token = browser.get("/reset").await.input("captcha");
    let read = letters(&app, &token);
    app.advance(std::time::Duration::from_mins(10));
    let fields = [("username", "ghost"), ("captcha", token.as_str()), ("characters", read.as_str())];
    browser.post("/reset", &fields).await.assert_shows("The picture was too old");
    let forged = [("username", "ghost"), ("captcha", "made-up"), ("characters", read.as_str())];
    browser.post("/reset", &forged).await.assert_shows("Those were not the characters");
}

#[tokio::test]
async fn r113_without_cookies_it_says_so_and_is_written_down() {
    let app = open().await;
    let mut browser = app.browser();
    let token = browser.get("/reset").await.input("captcha");
    let read = letters(&app, &token);
    browser.cookies.clear();
    let fields = [("username", "ghost"), ("captcha", token.as_str()), ("characters", read.as_str())];
    let reply = browser.post_raw("/reset", &fields).await;
    browser.cookies.clear();
    browser.get(reply.location()).await.assert_shows("Your browser does not keep cookies");
    assert!(app.audit().await.iter().any(|(.., reason)| reason.contains("does not keep cookies")));
}

#[tokio::test]
async fn t11_every_spelling_is_one_account() {
    let app = open().await;
    alice(&app).await;
    for name in ["ALICE@contoso.example", "  alice@contoso.example ", "alice＠contoso.example"] {
        let (mut walk, _) = Walk::to_methods(&app, name).await;
        walk.choose("email").await.assert_shows("Enter your verification code");
    }
    let codes = app.messages_to("alice@mail.example").await;
    assert_eq!(codes.len(), 1, "one account, one gap between two codes");
}

#[tokio::test]
async fn t31_a_wizard_cannot_be_carried_to_another_browser() {
    let app = open().await;
    alice(&app).await;
    Walk::to_methods(&app, "alice@contoso.example").await;
    for path in
        ["why", "method", "phone", "verify", "questions", "password", "unlock", "done", "unlocked", "stopped"]
    {
        let page = app.browser().get(&format!("/reset/{path}")).await;
        page.assert_shows("There is no reset under way here")
            .assert_shows("Start again")
            .assert_hides("alice");
        assert_eq!(page.status, 200, "{path}");
    }
}

#[tokio::test]
async fn t85_no_name_and_no_code_is_in_an_address() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk { app: &app, browser: app.browser() };
    let reply = walk.start_raw("alice@contoso.example").await;
    assert_eq!((reply.status, reply.location()), (303, "/reset/why"));
}
