//! No step can be skipped, taken twice, carried over or kept after the policy or the person changed.

use std::time::Duration;

use regain_core::policy::{MethodsRequired, Scope};

use super::walk::{NEW, Walk, alice, open, opens, ready};
use crate::support::PASSWORD;

#[tokio::test]
async fn t14_the_new_password_before_any_proof_changes_nothing() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut walk, _) = Walk::start(&app, "alice@contoso.example").await;
    walk.finish(NEW).await.assert_shows("Why can’t you sign in?");
    walk.browser.get("/reset/password").await.assert_hides("New password");
    assert!(opens(&app, &user, PASSWORD).await);
    let refused = app.audit().await.into_iter().any(|(_, result, reason)| {
        result == "failure" && reason == "Refused: /reset/password was sent while /reset/why is next"
    });
    assert!(refused, "the violation is written down");
}

#[tokio::test]
async fn t15_one_gate_of_two_is_not_enough() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await;
    walk.finish(NEW).await.assert_shows("One more check");
    assert!(opens(&app, &user, PASSWORD).await);
}

/// Everything but a right code, in every order that a small machine draws: nothing ever passes.
#[tokio::test]
async fn t16_switching_sending_and_going_back_proves_nothing() {
    let app = open().await;
    let user = alice(&app).await;
    let acts: [(&str, &[(&str, &str)]); 8] = [
        ("/reset/method", &[("method", "email")]),
        ("/reset/method", &[("method", "mobile_phone")]),
        ("/reset/method", &[]),
        ("/reset/phone", &[("phone", "+14255550100")]),
        ("/reset/verify", &[]),
        ("/reset/verify/resend", &[]),
        ("/reset/why", &[("intent", "unlock")]),
        ("/reset/unlock", &[]),
    ];
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    for seed in 0..40_usize {
        let mut draw = seed;
        for _ in 0..6 {
            let (path, fields) = acts[draw % acts.len()];
            draw = draw.wrapping_mul(31).wrapping_add(7);
            walk.browser.post(path, fields).await;
        }
        walk.finish(NEW).await.assert_hides("Your password has been reset");
        let page = walk.browser.get("/reset/password").await;
        page.assert_hides("Confirm new password").assert_hides("Your account is unlocked");
    }
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn t17_the_same_gate_twice_is_one() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await;
    walk.choose("email").await.assert_shows("Choose a method");
    walk.finish(NEW).await.assert_shows("One more check");
}

#[tokio::test]
async fn t18_two_phones_with_one_number_are_one() {
    let app = open().await;
    let user = app.add_user("alice").await;
    app.add_phone(&user, "+14255550100").await;
    let mut tx = app.engine.store.write().await.unwrap();
    let office = Some("+1 4255550100".to_owned());
    tx.update_user(&regain_store::User { office_phone: office, ..user }).await.unwrap();
    tx.commit().await.unwrap();
    app.set_policy(|policy| policy.methods.insert(regain_core::method::Method::OfficePhone)).await;
    Walk::start(&app, "alice@contoso.example").await;
    assert!(app.audit().await.iter().any(|(.., reason)| reason.contains("SSPR_0014")));
}

#[tokio::test]
async fn t21_extra_fields_decide_nothing() {
    let app = open().await;
    let (user, other) = (alice(&app).await, ready(&app, "bobby", "+14255550102").await);
    let mut walk = Walk::to_password(&app).await;
    let fields = [
        ("new_password", NEW),
        ("confirm_password", NEW),
        ("username", "bobby@contoso.example"),
        ("user_id", "2"),
        ("email", "mallory@evil.example"),
    ];
    walk.browser.post("/reset/password", &fields).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
    assert!(opens(&app, &other, PASSWORD).await);
}

#[tokio::test]
async fn t23_replaying_every_cookie_and_field_does_nothing() {
    let app = open().await;
    let user = alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let mut replay = walk.browser.clone();
    walk.finish(NEW).await;
    let fields =
        [("new_password", "another one of seven moons"), ("confirm_password", "another one of seven moons")];
    replay.post("/reset/password", &fields).await;
    assert!(opens(&app, &user, NEW).await);
}

#[tokio::test]
async fn t24_a_double_submit_changes_once_and_says_so_kindly() {
    let app = open().await;
    let user = alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    walk.finish("another one of seven moons").await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
    let resets =
        app.audit().await.into_iter().filter(|(activity, ..)| activity == "Reset password (self-service)");
    assert_eq!(resets.count(), 1);
    let mails = app.messages_to("alice@mail.example").await;
    assert_eq!(mails.iter().filter(|mail| mail.subject.contains("was reset")).count(), 1);
}

#[tokio::test]
async fn r139_t25_a_flow_ends_a_quarter_of_an_hour_after_its_start() {
    let app = open().await;
    let user = alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    app.advance(Duration::from_mins(15));
    walk.finish(NEW).await.assert_shows("This page has expired").assert_shows("Start again");
    assert!(opens(&app, &user, PASSWORD).await);
    app.run_jobs().await;
    walk.browser.get("/reset/password").await.assert_shows("This page has expired");
    let reason = "Abandoned before selecting a new password";
    assert!(app.audit().await.iter().any(|(_, _, why)| why == reason));
}

#[tokio::test]
async fn t26_the_policy_of_now_decides() {
    let app = open().await;
    let user = alice(&app).await;
    app.set_policy(|policy| policy.methods_required = MethodsRequired::One).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
    app.set_policy(|policy| policy.methods_required = MethodsRequired::Two).await;
    walk.finish(NEW).await.assert_shows("One more check");
    assert!(opens(&app, &user, PASSWORD).await);
    walk.by_text("+14255550100").await.assert_shows("Choose a new password");
}

#[tokio::test]
async fn t27_blocked_meanwhile() {
    let app = open().await;
    let user = alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&regain_store::User { blocked: true, ..user.clone() }).await.unwrap();
    tx.commit().await.unwrap();
    walk.finish(NEW).await.assert_shows("We can’t reset this password here");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn t27_out_of_scope_meanwhile() {
    let app = open().await;
    let user = alice(&app).await;
    let group = app.add_group("Pilot", &[&user]).await;
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(group.to_string()))).await;
    let mut walk = Walk::to_password(&app).await;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.remove_member(group, regain_store::GroupMember::User(user.id)).await.unwrap();
    tx.commit().await.unwrap();
    walk.finish(NEW).await.assert_shows("We can’t reset this password here");
    assert!(opens(&app, &user, PASSWORD).await);
    assert!(app.audit().await.iter().any(|(.., reason)| reason.contains("SSPR_0013")));
}

#[tokio::test]
async fn t27_r216_an_administrator_meanwhile_needs_two() {
    let app = open().await;
    let user = alice(&app).await;
    app.set_policy(|policy| policy.methods_required = MethodsRequired::One).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await;
    app.grant(&user, "user_administrator").await;
    walk.finish(NEW).await.assert_shows("One more check");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn t28_a_proof_falls_with_its_method() {
    let app = open().await;
    let user = alice(&app).await;
    let seed = app.add_app(&user).await;
    app.set_policy(|policy| policy.methods.insert(regain_core::method::Method::AppCode)).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("app_code").await;
    walk.enter(&app.app_code(&seed, 0)).await;
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
    // Another app is there meanwhile: it is not the one that proved.
    app.add_app(&user).await;
    let mut tx = app.engine.store.write().await.unwrap();
    let methods = tx.methods(user.id).await.unwrap();
    let first = methods.iter().find(|method| method.method == "app_code").unwrap();
    tx.delete_method(user.id, first.id).await.unwrap();
    tx.commit().await.unwrap();
    walk.finish(NEW).await.assert_shows("One more check");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn t30_of_two_flows_the_first_wins() {
    let app = open().await;
    let user = alice(&app).await;
    let mut first = Walk::to_password(&app).await;
    app.advance(Duration::from_secs(61));
    let mut second = Walk::to_password(&app).await;
    first.finish(NEW).await.assert_shows("Your password has been reset");
    second.finish("another one of seven moons").await.assert_shows("This reset was closed");
    assert!(opens(&app, &user, NEW).await);
}

#[tokio::test]
async fn cancelled_is_over_and_is_written_down() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let reply = walk.browser.post_raw("/reset/cancel", &[]).await;
    assert_eq!(reply.location(), "/signin");
    walk.browser.get("/reset/method").await.assert_shows("There is no reset under way here");
    assert!(app.audit().await.iter().any(|(.., reason)| reason == "Cancelled by the user"));
}

#[tokio::test]
async fn t90_a_passed_gate_gives_the_flow_a_new_token() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let mut planted = walk.browser.clone();
    walk.by_email("alice@mail.example").await;
    planted.get("/reset/method").await.assert_shows("There is no reset under way here");
    walk.browser.get("/reset/method").await.assert_shows("Checked by email");
}
