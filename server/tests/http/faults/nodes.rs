//! Two servers on one database (F37, F38): nothing is kept in one of them alone.

use tokio::task::JoinSet;

use crate::reset::walk::{NEW, Walk, alice, letters, open, opens, wrong};
use crate::support::{Browser, Node, Reply, TestApp};

/// The same form posted fifteen times to either server, all at once.
async fn at_both(
    browser: &Browser,
    other: &Node,
    path: &'static str,
    fields: impl Fn(usize) -> Vec<(&'static str, String)>,
) -> Vec<Reply> {
    let mut posts = JoinSet::new();
    for number in 0..30 {
        let mut browser = if number % 2 == 0 { browser.clone() } else { browser.led_to(other.address) };
        let fields = fields(number);
        posts.spawn(async move {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post_raw(path, &fields).await
        });
    }
    posts.join_all().await
}

async fn proofs(app: &TestApp) -> i64 {
    app.number("SELECT COUNT(*) FROM proofs").await
}

#[tokio::test]
async fn f37_one_captcha_at_two_servers_opens_one_flow() {
    let app = open().await;
    let node = Node::beside(&app).await;
    alice(&app).await;
    let mut browser = app.browser();
    let token = browser.get("/reset").await.input("captcha");
    let read = letters(&app, &token);
    at_both(&browser, &node, "/reset", |_| {
        vec![("username", "alice".to_owned()), ("captcha", token.clone()), ("characters", read.clone())]
    })
    .await;
    assert_eq!(app.number("SELECT COUNT(*) FROM flows").await, 1);
}

#[tokio::test]
async fn f37_wrong_codes_at_two_servers_share_three_tries() {
    let app = open().await;
    let node = Node::beside(&app).await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    let guess = wrong(&code);
    at_both(&walk.browser, &node, "/reset/verify", |number| {
        vec![("code", format!("{}{number:02}", &guess[..6]))]
    })
    .await;
    assert_eq!(app.number("SELECT attempts FROM challenges").await, 3);
    walk.enter(&code).await;
    assert_eq!(proofs(&app).await, 0);
}

#[tokio::test]
async fn f37_a_right_code_at_two_servers_is_one_proof_and_a_password_is_set_once() {
    let app = open().await;
    let node = Node::beside(&app).await;
    let user = alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    let posted = at_both(&walk.browser, &node, "/reset/verify", |_| vec![("code", code.clone())]).await;
    assert!(posted.iter().all(|reply| reply.status < 500));
    assert_eq!(proofs(&app).await, 1);

    // A walk of its own, undisturbed up to the last page.
    app.advance(std::time::Duration::from_secs(31));
    let walk = Walk::to_password(&app).await;
    let fields = vec![("new_password", NEW.to_owned()), ("confirm_password", NEW.to_owned())];
    let posted = at_both(&walk.browser, &node, "/reset/password", |_| fields.clone()).await;
    assert!(posted.iter().all(|reply| reply.status < 500));
    assert!(opens(&app, &user, NEW).await);
    let resets =
        app.audit().await.into_iter().filter(|(activity, result, _)| {
            activity == "Reset password (self-service)" && result == "success"
        });
    assert_eq!(resets.count(), 1);
}

#[tokio::test]
async fn f37_two_servers_send_each_message_once() {
    let app = open().await;
    let node = Node::beside(&app).await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let (one, other) = (std::sync::Arc::clone(&app.engine), std::sync::Arc::clone(&node.engine));
    let (first, second) = tokio::join!(
        regain_server::jobs::outbox::deliver(&one),
        regain_server::jobs::outbox::deliver(&other)
    );
    first.and(second).unwrap();
    assert_eq!(app.messages_to("alice@mail.example").await.len(), 1);
}

#[tokio::test]
async fn f38_a_wizard_goes_on_at_another_server() {
    let app = open().await;
    let user = alice(&app).await;
    let node = Node::beside(&app).await;
    let (walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    // Begun here, gone on with there, from the same cookies; and there, it dies half-way.
    let mut walk = Walk { app: &app, browser: walk.browser.led_to(node.address) };
    walk.by_email("alice@mail.example").await;
    walk.choose("mobile_phone").await;
    node.die().await;
    let last = Node::beside(&app).await;
    walk.browser = walk.browser.led_to(last.address);
    walk.type_number("+14255550100").await;
    let code = app.code_for("+14255550100").await;
    walk.enter(&code).await.assert_shows("Choose a new password");
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
}
