//! The first page.

use super::walk::{Walk, alice, digits, letters, open};
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
async fn r202_r203_every_page_of_the_wizard_leads_to_help() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, why) = Walk::start(&app, "alice@contoso.example").await;
    let start = app.browser().get("/reset").await;
    let method = walk.browser.post("/reset/why", &[("intent", "reset")]).await;
    let verify = walk.choose("email").await;
    for (name, page) in [("start", start), ("why", why), ("method", method), ("verify", verify)] {
        page.assert_shows("Contact your administrator");
        assert!(page.body.contains("href=\"/help\""), "{name}");
    }
    for (target, href, rel) in [
        ("https://help.contoso.example/", "https://help.contoso.example/", "noreferrer noopener"),
        ("help@contoso.example", "mailto:help@contoso.example", ""),
    ] {
        app.set_policy(|policy| {
            policy.helpdesk.customized = true;
            policy.helpdesk.target = target.to_owned();
        })
        .await;
        for path in ["/reset", "/reset/verify", "/reset/method", "/reset/nowhere"] {
            let page = walk.browser.get(path).await;
            let link = page.body.split("<a ").find(|tag| tag.contains("Contact your administrator")).unwrap();
            assert!(link.contains(&format!("href=\"{href}\"")), "{path}: {link}");
            assert_eq!(link.contains("target=\"_blank\""), !rel.is_empty(), "{path}: {link}");
            assert!(rel.is_empty() || link.contains(&format!("rel=\"{rel}\"")), "{path}: {link}");
        }
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
async fn r110_the_digits_that_are_heard_start_a_flow() {
    let app = open().await;
    let mut browser = app.browser();
    let page = browser.get("/reset").await;
    let token = page.input("captcha");
    let address = format!("/reset/captcha.wav?token={token}");
    assert!(page.body.contains(&address), "the page has the sound");
    let sound = browser.get(&address).await;
    assert_eq!(sound.status, 200);
    assert_eq!(sound.headers.get("content-type").unwrap(), "audio/wav");
    let head: String = sound.body.chars().take(16).collect();
    assert!(head.starts_with("RIFF") && head.contains("WAVE"), "{head:?}");
    let digits = digits(&app, &token);
    assert!(digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
    assert!(!page.body.contains(&digits) && !sound.body.contains(&digits));
    let fields = [("username", "ghost"), ("captcha", &token), ("characters", &digits)];
    browser.post("/reset", &fields).await.assert_shows("Why can’t you sign in?");
    assert_eq!(browser.get("/reset/captcha.wav?token=made-up").await.status, 404);
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
    browser.keeps_cookies = false;
    let fields = [("username", "ghost"), ("captcha", token.as_str()), ("characters", read.as_str())];
    let page = browser.post("/reset", &fields).await;
    page.assert_shows("Your browser does not keep cookies");
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
