//! Many at once: nothing counts twice, nothing is won twice.

use super::walk::{NEW, Walk, alice, letters, open, opens, wrong};
use crate::support::{Browser, Reply};

async fn all_at_once(
    browser: &Browser,
    path: &'static str,
    fields: impl Fn(usize) -> Vec<(&'static str, String)>,
) -> Vec<Reply> {
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..30 {
        let (mut browser, fields) = (browser.clone(), fields(number));
        tasks.spawn(async move {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post_raw(path, &fields).await
        });
    }
    tasks.join_all().await
}

#[tokio::test]
async fn t67_thirty_wrong_codes_at_once_are_three_tries() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    let guess = wrong(&code);
    all_at_once(&walk.browser, "/reset/verify", |number| {
        vec![("code", format!("{}{number:02}", &guess[..6]))]
    })
    .await;
    walk.enter(&code).await.assert_shows("no longer works");
    let account = regain_server::account_key::account_key(&app.engine.keys, "alice@contoso.example");
    let mut tx = app.engine.store.read().await.unwrap();
    let key = format!("account:{account}:recovery:failed");
    assert_eq!(tx.recent(&key, std::time::Duration::from_hours(24), app.now()).await.unwrap(), 3);
}

#[tokio::test]
async fn t68_the_right_code_thirty_times_is_one_proof() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    let replies = all_at_once(&walk.browser, "/reset/verify", |_| vec![("code", code.clone())]).await;
    let passed = replies.iter().filter(|reply| reply.location() == "/reset/method").count();
    assert_eq!(passed, 1);
    let mut tx = app.engine.store.read().await.unwrap();
    let flows = tx.abandoned_flows(regain_core::time::Timestamp(i64::MAX), 10).await.unwrap();
    let flow = flows.iter().find(|flow| flow.user_id == Some(user.id)).unwrap();
    assert_eq!(tx.proofs(flow.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn t70_thirty_different_passwords_at_once_have_one_winner() {
    let app = open().await;
    let user = alice(&app).await;
    let walk = Walk::to_password(&app).await;
    let password = |number: usize| format!("{NEW} number {number}");
    all_at_once(&walk.browser, "/reset/password", |number| {
        vec![("new_password", password(number)), ("confirm_password", password(number))]
    })
    .await;
    let mut winners = 0;
    for number in 0..30 {
        winners += usize::from(opens(&app, &user, &password(number)).await);
    }
    assert_eq!(winners, 1);
    let resets = app
        .audit()
        .await
        .into_iter()
        .filter(|(activity, how, _)| activity == "Reset password (self-service)" && how == "success");
    assert_eq!(resets.count(), 1);
}

#[tokio::test]
async fn t72_thirty_requests_at_once_are_one_mail() {
    let app = open().await;
    alice(&app).await;
    let (walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    all_at_once(&walk.browser, "/reset/method", |_| vec![("method", "email".to_owned())]).await;
    let mails = app.messages_to("alice@mail.example").await;
    let codes = mails.iter().filter(|mail| mail.subject.contains("verification code")).count();
    assert_eq!(codes, 1);
}

#[tokio::test]
async fn t75_one_captcha_thirty_times_opens_one_flow() {
    let app = open().await;
    alice(&app).await;
    let mut browser = app.browser();
    let token = browser.get("/reset").await.input("captcha");
    let read = letters(&app, &token);
    let replies = all_at_once(&browser, "/reset", |_| {
        vec![("username", "alice".to_owned()), ("captcha", token.clone()), ("characters", read.clone())]
    })
    .await;
    assert_eq!(replies.iter().filter(|reply| reply.location() == "/reset/why").count(), 1);
}

#[tokio::test]
async fn t69_a_right_code_beside_a_new_one_never_leaves_both_usable() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let first = app.code_for("alice@mail.example").await;
    app.advance(std::time::Duration::from_secs(31));
    let (mut one, mut other) = (walk.browser.clone(), walk.browser.clone());
    let fields = [("code", first.as_str())];
    let (right, _) =
        tokio::join!(one.post_raw("/reset/verify", &fields), other.post_raw("/reset/verify/resend", &[]));
    let passed = right.location() == "/reset/method";
    let after = walk.enter(&first).await;
    // Passed once, or overtaken by the new code; the first code is worth nothing any more.
    assert!(passed || after.text().contains("this one no longer works"), "{}", after.text());
    assert!(!after.text().contains("Choose a new password"));
}

#[tokio::test]
async fn t71_a_new_password_beside_a_block_comes_before_it_or_not_at_all() {
    let app = open().await;
    let user = alice(&app).await;
    let mut admin = crate::policy::admin(&app).await;
    let (id, walk) = (user.id.to_string(), Walk::to_password(&app).await);
    let mut browser = walk.browser.clone();
    let fields = [("new_password", NEW), ("confirm_password", NEW)];
    let block = [("id", id.as_str()), ("blocked", "true")];
    let (set, blocked) = tokio::join!(
        browser.post_raw("/reset/password", &fields),
        admin.post_raw("/admin/users/block", &block)
    );
    assert!(blocked.location().ends_with("?blocked"), "{}", blocked.location());
    assert!(app.user(&user).await.blocked, "the block is never lost");
    let done = set.location() == "/reset/done";
    assert_eq!(opens(&app, &user, NEW).await, done, "what is said is what was done: {}", set.location());
    assert_eq!(opens(&app, &user, crate::support::PASSWORD).await, !done);
    let resets = app
        .audit()
        .await
        .into_iter()
        .filter(|(activity, how, _)| activity == "Reset password (self-service)" && how == "success");
    assert_eq!(resets.count(), usize::from(done));
}
