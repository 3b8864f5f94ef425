//! One browser, two tabs, two people: what was shown decides, not what the cookie names by now.

use regain_app::form_mark::FIELD;
use regain_core::method::Method;

use crate::reset::walk::{NEW, Walk, alice, open, opens, ready};
use crate::support::{PASSWORD, Reply, TestApp};

const BOB: &str = "bob@contoso.example";

/// Begins a reset for bob in the browser in which alice's was begun; the page it leads to.
async fn begin_for_bob(walk: &mut Walk<'_>) -> Reply {
    let reply = walk.start_raw(BOB).await;
    walk.browser.get(reply.location()).await
}

/// The form of alice's tab, sent after bob's reset was begun in the same browser.
async fn sent_too_late(walk: &mut Walk<'_>, page: &Reply, path: &str, fields: &[(&str, &str)]) {
    let mark = page.input(FIELD);
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([(FIELD, mark.as_str())]).collect();
    let reply = walk.browser.post(path, &fields).await;
    reply.assert_shows("Another reset was begun in this browser, for bob@contoso.example.");
    assert!(reply.body.contains("href=\"/reset/"), "a way on");
}

#[tokio::test]
async fn finish_in_the_first_tab_sets_nothing_once_another_reset_was_begun() {
    let app = open().await;
    let user = alice(&app).await;
    let bob = ready(&app, "bob", "+14255550200").await;
    let mut walk = Walk::to_password(&app).await;
    let page = walk.browser.get("/reset/password").await;
    // Bob's reset comes to its last page in the other tab.
    let mut bobs = Walk::to_password_of(&app, "bob", "+14255550200").await;
    walk.browser.cookies.extend(bobs.browser.cookies.clone());
    let fields = [("new_password", NEW), ("confirm_password", NEW)];
    sent_too_late(&mut walk, &page, "/reset/password", &fields).await;
    for user in [&user, &bob] {
        assert!(opens(&app, user, PASSWORD).await, "{} has the old password", user.upn);
        assert!(!opens(&app, user, NEW).await, "{} has no new one", user.upn);
    }
    // Bob's own tab goes on.
    bobs.browser.post("/reset/password", &fields).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &bob, NEW).await);
}

#[tokio::test]
async fn a_right_code_in_the_first_tab_is_no_wrong_proof_of_the_other() {
    let app = open().await;
    alice(&app).await;
    ready(&app, "bob", "+14255550200").await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    begin_for_bob(&mut walk).await;
    walk.browser.post("/reset/why", &[("intent", "reset")]).await;
    walk.choose("email").await;
    let before = app.content().await;
    for _ in 0..6 {
        sent_too_late(&mut walk, &page, "/reset/verify", &[("code", &code)]).await;
        sent_too_late(&mut walk, &page, "/reset/verify/resend", &[]).await;
    }
    assert!(app.content().await == before, "nothing is counted, and nothing is sent");
    let code = app.code_for("bob@mail.example").await;
    walk.enter(&code).await.assert_shows("Checked by email");
}

#[tokio::test]
async fn cancel_in_the_first_tab_does_not_end_the_other_reset() {
    let app = open().await;
    alice(&app).await;
    ready(&app, "bob", "+14255550200").await;
    let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    begin_for_bob(&mut walk).await;
    sent_too_late(&mut walk, &page, "/reset/cancel", &[]).await;
    walk.browser
        .post("/reset/why", &[("intent", "reset")])
        .await
        .assert_shows("How should we check it’s you?");
}

#[tokio::test]
async fn a_registration_form_of_somebody_else_adds_nothing() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let (ana, bob) = (app.add_user("ana").await, app.add_user("bob").await);
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    let choice = [("way", "register"), ("method", Method::Email.as_str())];
    let page = browser.post("/register/method", &choice).await;
    let mark = page.input(FIELD);
    browser.sign_in("bob").await;
    let fields = [("way", "register"), ("email", "ana@home.example"), (FIELD, mark.as_str())];
    let reply = browser.post("/register/email", &fields).await;
    assert_eq!(reply.status, 200);
    reply.assert_shows("In this browser bob@contoso.example is signed in now.").assert_shows("Go on as bob");
    assert!(app.messages_to("ana@home.example").await.is_empty(), "nothing is sent");
    for user in [&ana, &bob] {
        assert!(app.methods_of(user).await.is_empty());
    }
    // Nor does her *Sign out* sign him out.
    browser.post_raw("/signout", &[(FIELD, &mark)]).await;
    browser.get("/security-info").await.assert_shows("bob");
}

#[tokio::test]
async fn help_that_one_person_asked_for_is_not_asked_for_in_the_name_of_another() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    app.add_user("bob").await;
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    let page = browser.get("/help").await;
    browser.sign_in("bob").await;
    let before = app.audit().await.len();
    let fields = [("username", "ana@contoso.example"), (FIELD, &page.input(FIELD))];
    browser
        .post("/help", &fields)
        .await
        .assert_shows("In this browser bob@contoso.example is signed in now.");
    assert_eq!(app.audit().await.len(), before);
}
