//! What makes the wizard bearable: nothing is lost, nothing is chosen for anybody, every page says whose account it is.

use regain_core::method::Method;

use super::walk::{NEW, Walk, alice, open, wrong};
use crate::support::{Reply, TestApp};

fn is_checked(page: &Reply) -> bool {
    page.body
        .split('<')
        .any(|tag| tag.starts_with("input") && tag.contains("radio") && tag.contains(" checked"))
}

/// Whether *Use a picture or sound instead* stands open; without scripts the style sheet shows what is behind it anyway.
fn is_open(page: &Reply) -> bool {
    page.assert_shows("Use a picture or sound instead").assert_shows("Characters you see or hear");
    let details = page.body.split('<').find(|tag| tag.contains("captcha-instead")).expect("the other ways");
    details.contains(" open")
}

#[tokio::test]
async fn the_picture_is_folded_away_until_it_is_asked_for_or_was_answered_wrong() {
    let app = open().await;
    let mut browser = app.browser();
    let page = browser.get("/reset").await;
    assert!(!is_open(&page));
    let token = page.input("captcha");
    let wrong = [("username", "ana"), ("captcha", &token), ("characters", "XXXXXX")];
    let page = browser.post("/reset", &wrong).await;
    page.assert_shows("There is a problem");
    assert!(is_open(&page));
    // What is wrong with another field says nothing about the check.
    let page = browser.get("/reset").await;
    let token = page.input("captcha");
    let page = browser.post("/reset", &[("username", ""), ("captcha", &token), ("solution", "1")]).await;
    page.assert_shows("There is a problem");
    assert!(!is_open(&page));
}

#[tokio::test]
async fn a_new_picture_keeps_the_name_and_judges_nothing() {
    let app = open().await;
    let mut browser = app.browser();
    let token = browser.get("/reset").await.input("captcha");
    let typed = [("username", "ana"), ("captcha", &token), ("characters", "half"), ("another", "yes")];
    let reply = browser.post_raw("/reset", &typed).await;
    assert_eq!((reply.status, reply.location()), (303, "/reset"));
    let page = browser.follow(reply).await;
    page.assert_hides("There is a problem");
    assert_eq!((page.input("username").as_str(), page.input("characters").as_str()), ("ana", ""));
    assert_ne!(page.input("captcha"), token);
    assert!(is_open(&page), "who asks for a picture wants to see it, also where scripts run");
    assert!(app.audit().await.is_empty(), "nothing happened");
    let first = page.body.split("<button").nth(1).unwrap();
    assert!(!first.contains("another"), "the Enter key sends the form");
}

#[tokio::test]
async fn while_reset_is_off_an_administrator_gets_a_new_picture_too() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    browser.get("/reset?administrator").await;
    let page = browser.post("/reset", &[("username", "ana"), ("another", "yes")]).await;
    assert_eq!(page.input("username"), "ana");
}

#[tokio::test]
async fn the_spoken_form_plays_in_the_page_and_nothing_is_named_that_needs_scripts() {
    let app = open().await;
    let page = app.browser().get("/reset").await;
    let audio = page.body.split('<').find(|tag| tag.starts_with("audio")).expect("a player");
    for part in [
        "controls",
        "preload=\"none\"",
        "src=\"/reset/captcha.wav?token=",
        "aria-labelledby=\"captcha-listen\"",
    ] {
        assert!(audio.contains(part), "{part} is missing in {audio}");
    }
    page.assert_shows("Listen");
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("media-src 'self'"));
    let hint = page.body.split('<').find(|tag| tag.contains("id=\"characters-hint\"")).expect("a hint");
    assert!(!hint.contains("without typing"), "{hint}");
    let picture = page.body.split('<').find(|tag| tag.starts_with("img")).unwrap();
    assert!(picture.contains("alt=") && !picture.contains("without typing"), "{picture}");
    let refused = [("username", "ana"), ("captcha", &page.input("captcha")), ("characters", "")];
    app.browser().post("/reset", &refused).await.assert_shows("Type the characters you see or hear");
}

#[tokio::test]
async fn no_way_is_chosen_for_anybody_and_each_page_names_the_account() {
    let app = open().await;
    alice(&app).await;
    let typed = "Alice@contoso.example";
    let (mut walk, page) = Walk::start(&app, typed).await;
    page.assert_shows("Account: Alice@contoso.example");
    let page = walk.browser.post("/reset/why", &[("intent", "reset")]).await;
    page.assert_shows("Account: Alice@contoso.example");
    assert!(!is_checked(&page));
    walk.choose("mobile_phone").await.assert_shows("Account: Alice@contoso.example");
    walk.type_number("+14255550100").await.assert_shows("Account: Alice@contoso.example");
    let code = app.code_for("+14255550100").await;
    let page = walk.enter(&code).await;
    page.assert_shows("One more check").assert_shows("Account: Alice@contoso.example");
    assert!(!is_checked(&page));
}

#[tokio::test]
async fn after_the_reset_sign_in_and_help_know_the_name() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let page = walk.finish(NEW).await;
    page.assert_shows("Your password has been reset");
    let link = page.body.split("href=\"").find(|part| part.starts_with("/signin?username=")).expect("a link");
    let link = link.split('"').next().unwrap();
    assert_eq!(walk.browser.get(link).await.input("username"), "alice@contoso.example");
    assert_eq!(walk.browser.get("/help").await.input("username"), "alice@contoso.example");
}

#[tokio::test]
async fn a_dead_app_challenge_leads_to_the_methods_and_another_one_gives_no_more_tries() {
    let app = open().await;
    let user = alice(&app).await;
    let seed = app.add_app(&user).await;
    app.set_policy(|policy| policy.methods.insert(Method::AppCode)).await;
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        let (mut walk, page) = Walk::to_methods(&app, name).await;
        if !page.text().contains("Enter a code from my authenticator app") {
            continue;
        }
        let code = wrong(&app.app_code(&seed, 0));
        walk.choose("app_code").await;
        for _ in 0..2 {
            walk.enter(&code).await.assert_shows("That code is not right");
        }
        let page = walk.enter(&code).await;
        page.assert_shows("Too many wrong codes. Choose a way again.").assert_shows("You have 2 tries left");
        page.assert_shows("How should we check");
        page.assert_hides("Ask for a new code");
        walk.choose("app_code").await.assert_shows("Enter the code from your app");
        walk.enter(&code).await.assert_shows("That code is not right");
        walk.enter(&code).await.assert_shows("Too many tries");
    }
}

#[tokio::test]
async fn a_message_and_its_page_say_the_same_number_of_minutes() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("email").await;
    page.assert_shows("It works for 5 minutes");
    let mails = app.messages_to("alice@mail.example").await;
    assert!(mails[0].text.contains("5 minutes"), "{}", mails[0].text);
    let page = walk.browser.post("/reset/verify/resend", &[]).await;
    page.assert_shows("A code was asked for a moment ago").assert_hides("on its way");
}

#[tokio::test]
async fn browser_and_server_know_the_same_names() {
    let app = open().await;
    let user = alice(&app).await;
    let named = regain_store::User { given_name: "Al".into(), surname: "Liddell Hart".into(), ..user };
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&named).await.unwrap();
    tx.commit().await.unwrap();
    let mut walk = Walk::to_password(&app).await;
    let page = walk.browser.get("/reset/password").await;
    page.assert_shows("Does not contain your name or").assert_shows("Not a common password");
    assert!(page.body.contains("data-rule=\"password-contains-name\""));
    for part in ["alice", "liddell hart", "liddellhart"] {
        assert!(page.body.contains(&format!("&quot;{part}&quot;")), "{part}");
    }
    assert!(!page.body.contains("&quot;al&quot;"), "too short to be refused");
    walk.finish("violet LiddellHart under seven moons").await.assert_shows("Do not use your name");
}

#[tokio::test]
async fn back_leads_one_step_back_and_loses_nothing() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("email").await;
    assert_eq!(back(&page.body), Some("/reset/method"));
    let code = app.code_for("alice@mail.example").await;
    walk.browser.get("/reset/method").await.assert_shows("How should we check");
    walk.browser.get("/reset/verify").await.assert_shows("Enter");
    let page = walk.enter(&code).await;
    assert_eq!(back(&page.body), None, "what is passed stays passed");
    assert_eq!(back(&walk.choose("mobile_phone").await.body), Some("/reset/method"));
    let page = walk.type_number("+14255550100").await;
    assert_eq!(back(&page.body), Some("/reset/phone"));
}

/// Where *Back* leads.
fn back(body: &str) -> Option<&str> {
    let link = body.split("<a ").find(|link| link.contains("class=\"back\""))?;
    link.split_once("href=\"")?.1.split('"').next()
}
