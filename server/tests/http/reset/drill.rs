//! A reset that is only tried out.

use regain_core::time::Duration;

use super::walk::{NEW, Walk, alice, open};
use crate::support::{Browser, PASSWORD, Reply, TestApp};

const DRILL: &str = "Self-service password reset drill";

/// A signed-in person's browser, behind the second factor.
async fn signed_in(app: &TestApp, user: &regain_store::User) -> Browser {
    let browser = app.session(user).await;
    app.prove(user).await;
    browser
}

async fn begin<'a>(app: &'a TestApp, user: &regain_store::User) -> (Walk<'a>, Reply) {
    let mut browser = signed_in(app, user).await;
    let page = browser.post("/security-info/drill", &[]).await;
    (Walk { app, browser }, page)
}

#[tokio::test]
async fn a_drill_asks_what_a_reset_asks_changes_nothing_and_leaves_a_date() {
    let app = open().await;
    let user = alice(&app).await;
    let mut browser = signed_in(&app, &user).await;
    browser.get("/security-info").await.assert_shows("You have not tried it yet");
    let page = browser.get("/security-info/drill").await;
    page.assert_shows("Try out a reset").assert_shows("We ask for 2 different ones of these");
    let (mut walk, page) = begin(&app, &user).await;
    page.assert_shows("This is a drill").assert_shows("Email my alternate email").assert_hides("Sign in");
    walk.by_email("alice@mail.example").await.assert_shows("This is a drill").assert_shows("by email");
    walk.by_text("+14255550100").await.assert_shows("It works").assert_hides("New password");
    // Nothing follows: no page for a new password, and none is taken.
    walk.browser.get("/reset/password").await.assert_shows("It works");
    walk.finish(NEW).await.assert_shows("It works");
    walk.browser.get("/security-info").await.assert_shows("Tried out with success on");
    app.browser().sign_in("alice").await;
    assert!(app.has_record(DRILL, "success").await);
    let activities: Vec<_> = app.audit().await.into_iter().map(|row| row.0).collect();
    assert!(!activities.iter().any(|activity| activity == "Reset password (self-service)"));
    assert!(
        !activities.iter().any(|activity| activity.contains("flow activity progress")),
        "no report counts it"
    );
    assert!(
        app.messages_to("alice@mail.example").await.iter().all(|mail| !mail.subject.contains("was reset"))
    );
}

#[tokio::test]
async fn t29_a_drill_never_becomes_a_reset_whatever_is_chosen_or_switched_meanwhile() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut walk, _) = begin(&app, &user).await;
    walk.browser.post("/reset/why", &[("intent", "reset")]).await.assert_shows("This is a drill");
    app.set_policy(|policy| policy.unlock_allowed = false).await;
    walk.by_email("alice@mail.example").await.assert_shows("This is a drill");
    walk.by_text("+14255550100").await.assert_shows("It works").assert_hides("New password");
    // And a reset never becomes a drill.
    app.set_policy(|policy| policy.unlock_allowed = true).await;
    let (mut walk, _) = Walk::start(&app, "alice@contoso.example").await;
    walk.browser.post("/reset/why", &[("intent", "drill")]).await.assert_shows("There is a problem");
}

#[tokio::test]
async fn t42_a_code_of_a_drill_is_none_in_a_reset() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut drill, _) = begin(&app, &user).await;
    drill.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    app.advance(Duration::from_mins(1));
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    walk.enter(&code).await.assert_shows("That code is not right");
}

#[tokio::test]
async fn wrong_answers_in_a_drill_count_as_they_do_at_a_reset() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut walk, _) = begin(&app, &user).await;
    for _ in 0..2 {
        walk.choose("email").await;
        for _ in 0..3 {
            walk.enter("00000000").await;
        }
        app.advance(Duration::from_mins(2));
    }
    walk.browser.get("/reset/verify").await.assert_shows("Too many tries");
    let account = regain_server::account_key::account_key(&app.engine.keys, "alice@contoso.example");
    let mut tx = app.engine.store.read().await.unwrap();
    assert!(app.engine.recovery_lock(&mut *tx, &account).await.unwrap().is_some());
    drop(tx);
    // Who is signed in stays so.
    app.browser().try_sign_in("alice", PASSWORD).await;
}

#[tokio::test]
async fn who_could_not_reset_cannot_try_it_out_and_who_is_not_signed_in_neither() {
    let app = open().await;
    let user = app.add_user("bob").await;
    app.add_email(&user, "bob@mail.example").await;
    let mut browser = signed_in(&app, &user).await;
    app.prove_by(&user, "email").await;
    browser.get("/security-info").await.assert_hides("Try out a reset");
    browser.get("/security-info/drill").await.assert_shows("You cannot try it out yet");
    browser.post("/security-info/drill", &[]).await.assert_shows("First set up as many methods");
    let reply = app.browser().post_raw("/security-info/drill", &[]).await;
    assert!(reply.location().starts_with("/signin"), "{}", reply.location());
    // Nor who has not shown the second factor that there is.
    let ana = alice(&app).await;
    let reply = app.session(&ana).await.post_raw("/security-info/drill", &[]).await;
    assert!(reply.location().starts_with("/signin/verify"), "{}", reply.location());
}

#[tokio::test]
async fn a_drill_is_cancelled_back_to_security_info() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut walk, _) = begin(&app, &user).await;
    let reply = walk.browser.post_raw("/reset/cancel", &[]).await;
    assert_eq!(reply.location(), "/security-info");
    walk.browser.get("/security-info").await.assert_shows("You have not tried it yet");
}
