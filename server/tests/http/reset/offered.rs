//! Who is let in, and which methods are offered: what the person has, and what the policy allows now.

use std::time::Duration;

use regain_core::method::{Method, MethodSet};
use regain_core::policy::Scope;
use regain_store::GroupMember;

use super::walk::{NEW, Walk, alice, open, opens, ready};
use crate::support::{PASSWORD, TestApp};

const EMAIL: &str = "Email my alternate email";
const TEXT: &str = "Text my mobile phone";
const APP: &str = "Enter a code from my authenticator app";

/// How many codes went to an address.
async fn codes_to(app: &TestApp, address: &str) -> usize {
    let mails = app.messages_to(address).await;
    mails.iter().filter(|mail| mail.subject.contains("verification code")).count()
}

#[tokio::test]
async fn r2_with_none_a_ready_person_walks_a_decoy_by_reset_and_by_unlock() {
    let app = TestApp::start().await;
    let user = alice(&app).await;
    for intent in ["reset", "unlock"] {
        let (mut walk, page) = Walk::to_methods_for(&app, "alice@contoso.example", intent).await;
        page.assert_shows("How should we check").assert_shows(EMAIL).assert_shows(TEXT);
        walk.choose("email").await.assert_shows("Enter your verification code");
        assert_eq!(codes_to(&app, "alice@mail.example").await, 0, "{intent}");
        walk.enter("00000000").await.assert_shows("That code is not right");
        walk.choose("mobile_phone").await;
        walk.type_number("+14255550100").await.assert_shows("Enter your verification code");
        assert!(app.messages_to("+14255550100").await.is_empty(), "{intent}");
        for path in ["/reset/password", "/reset/done", "/reset/unlocked"] {
            let page = walk.browser.get(path).await;
            page.assert_hides("Confirm new password")
                .assert_hides("has been reset")
                .assert_hides("is unlocked");
        }
        walk.finish(NEW).await.assert_hides("has been reset");
        walk.browser.post("/reset/unlock", &[]).await.assert_hides("is unlocked");
        app.advance(Duration::from_mins(11));
    }
    assert!(opens(&app, &user, PASSWORD).await);
    assert!(!app.audit().await.iter().any(|(what, how, _)| {
        how == "success" && (what == "Reset password (self-service)" || what.starts_with("Unlock"))
    }));
}

#[tokio::test]
async fn r6_a_member_of_a_nested_group_resets_and_an_outsider_does_not() {
    let app = open().await;
    let nested = ready(&app, "alice", "+14255550100").await;
    ready(&app, "outsider", "+14255550101").await;
    let inner = app.add_group("SSPR-Nested-Group", &[&nested]).await;
    let outer = app.add_group("SSPR-Test-Group", &[]).await;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.add_member(outer, GroupMember::Group(inner)).await.unwrap();
    tx.commit().await.unwrap();
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(outer.to_string()))).await;
    Walk::to_password(&app).await.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &nested, NEW).await);
    let (mut walk, page) = Walk::to_methods(&app, "outsider@contoso.example").await;
    page.assert_shows(EMAIL);
    walk.choose("email").await;
    assert_eq!(codes_to(&app, "outsider@mail.example").await, 0);
}

#[tokio::test]
async fn r135_what_the_person_does_not_have_is_not_offered() {
    let app = open().await;
    alice(&app).await;
    app.set_policy(|policy| policy.methods.insert(Method::AppCode)).await;
    let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_shows(EMAIL).assert_shows(TEXT).assert_hides(APP);
    walk.choose("app_code").await.assert_shows("Choose a method");
    assert_eq!(walk.browser.get_raw("/reset/verify").await.status, 303, "nothing was begun");
}

#[tokio::test]
async fn r34_r35_an_unticked_method_is_gone_at_once_and_comes_back_ticked() {
    let app = open().await;
    let user = alice(&app).await;
    app.add_app(&user).await;
    app.set_policy(|policy| {
        policy.methods = MethodSet::of(&[Method::AppCode, Method::Email, Method::MobilePhone]);
    })
    .await;
    let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_shows(EMAIL).assert_shows(TEXT).assert_shows(APP);
    app.set_policy(|policy| policy.methods = MethodSet::of(&[Method::AppCode, Method::MobilePhone])).await;
    walk.browser.get("/reset/method").await.assert_hides(EMAIL).assert_shows(TEXT).assert_shows(APP);
    walk.choose("email").await.assert_shows("Choose a method");
    let (mut other, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_hides(EMAIL);
    other.choose("email").await.assert_shows("Choose a method");
    assert_eq!(codes_to(&app, "alice@mail.example").await, 0);
    assert_eq!(app.methods_of(&user).await.len(), 3, "R35: it stays stored");
    app.set_policy(|policy| policy.methods.insert(Method::Email)).await;
    walk.browser.get("/reset/method").await.assert_shows(EMAIL);
    walk.by_email("alice@mail.example").await.assert_shows("One more check");
}

#[tokio::test]
async fn r34_an_outstanding_code_of_an_unticked_method_proves_nothing() {
    let app = open().await;
    let user = alice(&app).await;
    app.add_app(&user).await;
    app.set_policy(|policy| policy.methods.insert(Method::AppCode)).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    app.set_policy(|policy| policy.methods.remove(Method::Email)).await;
    walk.enter(&code).await.assert_hides("One more check");
    walk.by_text("+14255550100").await.assert_hides("Choose a new password");
}
