//! Pairs of requests at once. On PostgreSQL transactions run side by side: if two waited for each other, one would end
//! as a 503, and what it had counted would stay so.

use std::time::Duration;

use regain_store::User;

use super::walk::{NEW, Walk, open, ready};
use crate::support::{Browser, PASSWORD, Reply, TestApp};

/// Enough to meet each other, few enough for a test.
const ROUNDS: usize = 6;

/// Somebody of this round's own.
struct Somebody {
    user: User,
    mail: String,
    number: String,
}

async fn somebody(app: &TestApp, round: usize) -> Somebody {
    let (name, number) = (format!("person{round}"), format!("+142555501{round:02}"));
    let user = ready(app, &name, &number).await;
    Somebody { user, mail: format!("{name}@mail.example"), number }
}

async fn post(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Reply {
    browser.clone().post_raw(path, fields).await
}

async fn sign_in(app: &TestApp, name: &str) -> Reply {
    app.browser().try_sign_in(name, PASSWORD).await
}

#[track_caller]
fn assert_served(round: usize, replies: &[&Reply]) {
    for reply in replies {
        assert!(reply.status < 500, "round {round}: {} {}", reply.status, reply.text());
    }
}

async fn codes(app: &TestApp, address: &str) -> usize {
    let messages = app.messages_to(address).await;
    messages.iter().filter(|message| message.subject.contains("verification code")).count()
}

#[tokio::test]
async fn t72_a_method_chosen_twice_at_once_sends_one_code_that_works() {
    let app = open().await;
    for round in 0..ROUNDS {
        let person = somebody(&app, round).await;
        let (mut walk, _) = Walk::to_methods(&app, &person.user.upn).await;
        let email = [("method", "email")];
        let (one, other) = tokio::join!(
            post(&walk.browser, "/reset/method", &email),
            post(&walk.browser, "/reset/method", &email)
        );
        assert_served(round, &[&one, &other]);
        assert_eq!(codes(&app, &person.mail).await, 1, "round {round}");
        let code = app.code_for(&person.mail).await;
        walk.enter(&code).await.assert_shows("Step 2 of");
    }
}

#[tokio::test]
async fn t69_a_right_code_beside_a_new_one_and_a_sign_in_is_served() {
    let app = open().await;
    for round in 0..ROUNDS {
        let person = somebody(&app, round).await;
        let (mut walk, _) = Walk::to_methods(&app, &person.user.upn).await;
        walk.choose("email").await;
        let code = app.code_for(&person.mail).await;
        app.advance(Duration::from_secs(31));
        let fields = [("code", code.as_str())];
        let (right, resent, inside) = tokio::join!(
            post(&walk.browser, "/reset/verify", &fields),
            post(&walk.browser, "/reset/verify/resend", &[]),
            sign_in(&app, &person.user.upn)
        );
        assert_served(round, &[&right, &resent, &inside]);
    }
}

#[tokio::test]
async fn t91_a_right_code_beside_a_new_password_and_a_sign_in_is_served() {
    let app = open().await;
    for round in 0..ROUNDS {
        let person = somebody(&app, round).await;
        let (mut first, _) = Walk::to_methods(&app, &person.user.upn).await;
        first.by_email(&person.mail).await;
        first.by_text(&person.number).await.assert_shows("Choose a new password");
        app.advance(Duration::from_mins(2));
        let (mut second, _) = Walk::to_methods(&app, &person.user.upn).await;
        second.choose("email").await;
        let code = app.code_for(&person.mail).await;
        let (password, code) =
            ([("new_password", NEW), ("confirm_password", NEW)], [("code", code.as_str())]);
        let (set, right, inside) = tokio::join!(
            post(&first.browser, "/reset/password", &password),
            post(&second.browser, "/reset/verify", &code),
            sign_in(&app, &person.user.upn)
        );
        assert_served(round, &[&set, &right, &inside]);
        assert_eq!(set.location(), "/reset/done", "round {round}");
        second.browser.get("/reset/method").await.assert_hides("Step 2 of");
    }
}

#[tokio::test]
async fn an_unlock_beside_everybody_who_writes_to_the_audit_log_is_served() {
    let app = open().await;
    for round in 0..ROUNDS {
        let person = somebody(&app, round).await;
        let (mut walk, _) = Walk::to_methods_for(&app, &person.user.upn, "unlock").await;
        walk.by_email(&person.mail).await;
        walk.choose("mobile_phone").await;
        walk.type_number(&person.number).await;
        let code = app.code_for(&person.number).await;
        let (cancelled, _) = Walk::to_methods(&app, &person.user.upn).await;
        let fields = [("code", code.as_str())];
        let mut elsewhere = app.browser();
        let (right, over, inside, wrong, unknown) = tokio::join!(
            post(&walk.browser, "/reset/verify", &fields),
            post(&cancelled.browser, "/reset/cancel", &[]),
            sign_in(&app, &person.user.upn),
            elsewhere.try_sign_in(&person.user.upn, "not the password"),
            sign_in(&app, "nobody")
        );
        assert_served(round, &[&right, &over, &inside, &wrong, &unknown]);
        assert_eq!(right.location(), "/reset/unlocked", "round {round}");
    }
}
