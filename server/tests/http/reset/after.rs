//! What a reset ends, and who is told.

use regain_store::Session;

use super::walk::{NEW, Walk, alice, open, ready};
use crate::support::TestApp;

async fn sign_in_somewhere(app: &TestApp, user: &regain_store::User, token: &str) {
    let now = app.now();
    let session = Session {
        id: app.engine.new_id(),
        token_hash: regain_server::crypto::token_hash(token),
        user_id: user.id,
        support_code: "AAAA-AAAA".to_owned(),
        address: String::new(),
        client: String::new(),
        created_at: now,
        seen_at: now,
        expires_at: now.plus(std::time::Duration::from_hours(1)),
        proved_at: None,
        proved_by: None,
        pass_id: None,
        browser: None,
        agreed_at: None,
        agreed_by: None,
    };
    let mut tx = app.engine.store.write().await.unwrap();
    tx.add_session(&session).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn t91_every_session_flow_and_code_of_the_account_dies() {
    let app = open().await;
    let user = alice(&app).await;
    for token in ["one", "two", "three"] {
        sign_in_somewhere(&app, &user, token).await;
    }
    let (mut open_flow, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    open_flow.choose("email").await;
    let outstanding = app.code_for("alice@mail.example").await;
    app.advance(std::time::Duration::from_secs(31));
    Walk::to_password(&app).await.finish(NEW).await.assert_shows("Your password has been reset");
    let mut tx = app.engine.store.read().await.unwrap();
    assert!(tx.sessions_of(user.id).await.unwrap().is_empty());
    drop(tx);
    open_flow.enter(&outstanding).await.assert_shows("This reset was closed");
}

#[tokio::test]
async fn t92_nobody_is_signed_in_by_a_reset() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    walk.finish(NEW).await;
    assert!(!walk.browser.cookies.contains_key("__Host-regain_session"));
}

#[tokio::test]
async fn r189_r191_the_person_is_told_at_both_addresses_and_nobody_else() {
    let app = open().await;
    alice(&app).await;
    Walk::to_password(&app).await.finish(NEW).await;
    let told = app.messages_to("").await.into_iter().filter(|mail| mail.subject.contains("was reset"));
    let mut to: Vec<_> = told.map(|mail| mail.recipients).collect();
    to.sort();
    assert_eq!(to, ["[\"alice@contoso.example\"]", "[\"alice@mail.example\"]"]);
}

#[tokio::test]
async fn r192_with_no_nobody_is_told() {
    let app = open().await;
    alice(&app).await;
    app.set_policy(|policy| policy.notifications.users = false).await;
    let page = Walk::to_password(&app).await.finish(NEW).await;
    page.assert_hides("We told you by email");
    assert!(app.messages_to("").await.iter().all(|mail| !mail.subject.contains("was reset")));
}

#[tokio::test]
async fn r193_r194_all_global_administrators_are_told_of_an_administrator() {
    let app = open().await;
    app.set_policy(|policy| policy.notifications.admins = true).await;
    let user = alice(&app).await;
    let gail = ready(&app, "gail1", "+14255550107").await;
    app.grant(&gail, "global_administrator").await;
    let hal = ready(&app, "hal01", "+14255550108").await;
    app.grant(&hal, "helpdesk_administrator").await;
    Walk::to_password(&app).await.finish(NEW).await;
    assert!(
        app.messages_to("gail1@").await.is_empty(),
        "R194: an ordinary person's reset tells no administrator"
    );
    app.advance(std::time::Duration::from_mins(11));

    app.grant(&user, "user_administrator").await;
    Walk::to_password(&app).await.finish("seven moons over violet kettles").await;
    let told = app.messages_to("gail1@").await;
    assert_eq!(told.len(), 1, "the primary address only");
    assert!(told[0].recipients.contains("gail1@contoso.example"));
    assert!(told[0].text.contains("alice@contoso.example"));
    assert!(app.messages_to("hal01@").await.is_empty());
}

#[tokio::test]
async fn r229_every_record_of_a_flow_has_its_support_code() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let page = walk.finish(NEW).await;
    let code = page.body.split("<bdi dir=\"ltr\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut tx = app.engine.store.read().await.unwrap();
    let rows = tx.audit_chain(0, 1_000).await.unwrap();
    let reasons: Vec<_> = rows
        .iter()
        .filter(|row| row.record.correlation == code)
        .map(|row| (row.record.activity.as_str(), row.record.reason.as_str()))
        .collect();
    let progress = "Self-service password reset flow activity progress";
    assert_eq!(
        reasons,
        [
            (progress, "User submitted their user ID"),
            (progress, "User was presented with verification options"),
            (progress, "User started the email verification option"),
            (progress, "User completed the email verification option"),
            (progress, "User started the mobile SMS verification option"),
            (progress, "User completed the mobile SMS verification option"),
            (progress, "User completed all required verification"),
            (progress, "User submitted a new password"),
            ("Reset password (self-service)", "Successfully completed reset."),
        ]
    );
    let reset = &rows.iter().find(|row| row.record.activity.starts_with("Reset")).unwrap().record;
    assert_eq!(reset.actor_id, reset.target_id, "R227: actor and target are the same user");
    assert_eq!(reset.address, "203.0.113.1");
}
