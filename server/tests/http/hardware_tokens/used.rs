//! What a token's codes are good for.

use std::time::Duration;

use regain_core::method::{Method, MethodSet};
use regain_store::{HardwareToken, User};

use super::{activate, code, give, manager, on_the_minute, tokens_of, upload_one};
use crate::reset::walk::{NEW, Walk, open};
use crate::support::{Browser, TestApp};

/// A server on which codes of apps and mails reset, and somebody with a token and an address.
async fn office(period: u16) -> (TestApp, Browser, User, HardwareToken) {
    let app = open().await;
    app.set_policy(|policy| {
        policy.methods = MethodSet::of(&[Method::AppCode, Method::Email, Method::MobilePhone]);
    })
    .await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@mail.example").await;
    let mut browser = manager(&app).await;
    let token = give(&app, &mut browser, &ana, period).await;
    (app, browser, ana, token)
}

async fn at_code(app: &TestApp) -> Walk<'_> {
    let (mut walk, page) = Walk::to_methods(app, "ana@contoso.example").await;
    page.assert_shows("Enter a code from my authenticator app");
    walk.choose("app_code").await;
    walk
}

const PASSED: &str = "One more check";
const WRONG: &str = "That code is not right";

#[tokio::test]
async fn a_token_of_sixty_seconds_resets_a_password() {
    let (app, _, _, _) = office(60).await;
    app.advance(Duration::from_mins(1));
    let mut walk = at_code(&app).await;
    walk.enter(&code(&app, 60, 0)).await.assert_shows(PASSED);
    walk.by_email("ana@mail.example").await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
}

#[tokio::test]
async fn t48_the_code_that_activated_it_works_no_second_time() {
    let (app, _, _, _) = office(60).await;
    let mut walk = at_code(&app).await;
    walk.enter(&code(&app, 60, 0)).await.assert_shows("used already: wait for the next one");
    app.advance(Duration::from_mins(1));
    walk.enter(&code(&app, 60, 0)).await.assert_shows(PASSED);
}

#[tokio::test]
async fn t50_a_tokens_code_works_within_one_step_of_its_own() {
    let (app, _, _, _) = office(60).await;
    app.advance(Duration::from_mins(10));
    let mut walk = at_code(&app).await;
    walk.enter(&code(&app, 60, -120)).await.assert_shows(WRONG);
    // What an app would show in the same second is none of its codes.
    walk.enter(&code(&app, 30, 0)).await.assert_shows(WRONG);
    walk.enter(&code(&app, 60, -60)).await.assert_shows(PASSED);
}

#[tokio::test]
async fn a_clock_that_is_off_is_remembered_and_followed() {
    let app = open().await;
    app.set_policy(|policy| policy.methods = MethodSet::of(&[Method::AppCode, Method::Email])).await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@mail.example").await;
    let mut browser = manager(&app).await;
    upload_one(&mut browser, "ana", "1", 60).await;
    let token = tokens_of(&app, &ana).await.remove(0);
    on_the_minute(&app);
    // Four minutes behind when it is activated.
    activate(&mut browser, &token, &code(&app, 60, -240)).await.assert_shows("The token is activated.");
    assert_eq!(tokens_of(&app, &ana).await[0].drift, -4);
    app.advance(Duration::from_hours(24 * 20));
    // It fell behind by one more step: still right, and from now on five are known.
    let mut walk = at_code(&app).await;
    walk.enter(&code(&app, 60, 0)).await.assert_shows(WRONG);
    walk.enter(&code(&app, 60, -300)).await.assert_shows(PASSED);
    assert_eq!(tokens_of(&app, &ana).await[0].drift, -5);
}

#[tokio::test]
async fn its_owner_sees_it_names_it_and_removes_it() {
    let (app, _, ana, token) = office(60).await;
    let mut browser = app.session(&ana).await;
    app.prove(&ana).await;
    let id = token.id.to_string();
    let page = browser.get("/security-info").await;
    page.assert_shows("Hardware token ana-1").assert_shows("Lost this token?");
    browser.get(&format!("/security-info/lost?method={id}")).await.assert_shows("Lost this token?");
    let renamed = browser.post("/security-info/rename", &[("id", &id), ("label", "Key ring")]).await;
    renamed.assert_shows("Key ring ana-1");
    let asked = browser.get(&format!("/security-info/remove?id={id}")).await;
    asked.assert_shows("Only an administrator can set it up again.");
    let page = browser.post("/security-info/remove", &[("id", &id)]).await;
    // What was shown with it counts no more; with what is left it goes on.
    app.prove_by(&ana, "email").await;
    browser.get(&page.input("next")).await.assert_shows("The method was removed.");
    assert!(tokens_of(&app, &ana).await.is_empty());
    let mails = app.messages_to("ana@mail.example").await;
    let told = mails.iter().find(|mail| mail.subject.contains("a hardware token was removed"));
    assert!(told.expect("a mail about it").text.contains("ana-1"));
}

#[tokio::test]
async fn a_token_is_a_second_factor_and_one_that_waits_is_none() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut manager = manager(&app).await;
    upload_one(&mut manager, "ana", "1", 60).await;
    let mut browser = app.session(&ana).await;
    assert_eq!(browser.get_raw("/security-info").await.status, 200, "nothing to show yet");
    let token = tokens_of(&app, &ana).await.remove(0);
    activate(&mut manager, &token, &code(&app, 60, 0)).await;
    let to = browser.get_raw("/security-info").await.location().to_owned();
    assert!(to.starts_with("/signin/verify"), "{to}");
    app.advance(Duration::from_mins(1));
    let page = browser.get(&to).await;
    let (factor, next) = (page.input("factor"), page.input("next"));
    let fields = [("factor", &*factor), ("code", &*code(&app, 60, 0)), ("next", &*next)];
    let reply = browser.post_raw("/signin/verify", &fields).await;
    assert_eq!(reply.location(), "/security-info");
}
