//! Where people land after sign-in, and the interrupt.

use regain_core::method::{Method, MethodSet};
use regain_core::policy::{
    AuthenticationMethodsPolicy, MethodsRequired, Migration, PolicyMethod, Scope, SecondFactor,
};
use regain_core::time::Duration;
use regain_store::User;

use crate::support::{PASSWORD, TestApp};

const DAY: Duration = Duration::from_hours(24);

async fn lands(app: &TestApp, name: &str) -> String {
    app.browser().try_sign_in(name, PASSWORD).await.location().to_owned()
}

async fn everybody_needs_one(app: &TestApp) {
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods_required = MethodsRequired::One;
        policy.methods = MethodSet::of(&[Method::Email, Method::MobilePhone]);
    })
    .await;
}

async fn save(app: &TestApp, user: &User) {
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(user).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn r61_r74_who_lacks_methods_is_asked_at_each_sign_in() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    everybody_needs_one(&app).await;
    for _ in 0..2 {
        let reply = app.browser().try_sign_in_to("ana", PASSWORD, "/admin/x?y=1").await;
        assert_eq!(reply.location(), "/register?next=%2Fadmin%2Fx%3Fy%3D1");
    }
    assert_eq!(lands(&app, "ana").await, "/register?next=%2F");
}

#[tokio::test]
async fn r62_r66_nobody_else_is_asked() {
    let app = TestApp::start().await;
    let (member, _) = (app.add_user("member").await, app.add_user("outsider").await);
    assert_eq!(lands(&app, "member").await, "/", "reset is off");
    let group = app.add_group("SSPR-Test-Group", &[&member]).await;
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(group.to_string()))).await;
    assert_eq!(lands(&app, "outsider").await, "/");
    assert!(lands(&app, "member").await.starts_with("/register?"));
    app.set_policy(|policy| policy.registration.required_at_sign_in = false).await;
    assert_eq!(lands(&app, "member").await, "/", "R66");
}

#[tokio::test]
async fn r6_a_member_of_a_nested_group_is_asked_too() {
    let app = TestApp::start().await;
    let (nested, _) = (app.add_user("nested").await, app.add_user("outsider").await);
    let inner = app.add_group("SSPR-Nested-Group", &[&nested]).await;
    let outer = app.add_group("SSPR-Test-Group", &[]).await;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.add_member(outer, regain_store::GroupMember::Group(inner)).await.unwrap();
    tx.commit().await.unwrap();
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(outer.to_string()))).await;
    assert!(lands(&app, "nested").await.starts_with("/register?"));
    assert_eq!(lands(&app, "outsider").await, "/");
}

#[tokio::test]
async fn r13_who_registered_in_the_group_is_not_asked_again_when_it_is_everybody() {
    let app = TestApp::start().await;
    let mut member = app.add_user("member").await;
    app.add_email(&member, "member@home.example").await;
    app.add_phone(&member, "+14255550123").await;
    app.add_user("newcomer").await;
    let group = app.add_group("SSPR-Test-Group", &[&member]).await;
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(group.to_string()))).await;
    member.registered_at = Some(app.now());
    save(&app, &member).await;
    assert_eq!(lands(&app, "member").await, "/");
    app.advance(DAY);
    app.set_policy(|policy| policy.scope = Scope::All).await;
    assert_eq!(lands(&app, "member").await, "/");
    assert!(lands(&app, "newcomer").await.starts_with("/register?"), "the interrupt itself is on");
}

#[tokio::test]
async fn r63_administrators_are_asked_too() {
    let app = TestApp::start().await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, "user_administrator").await;
    app.set_policy(|policy| policy.scope = Scope::All).await;
    assert_eq!(lands(&app, "admin").await, "/register?next=%2Fadmin");
}

#[tokio::test]
async fn r95_what_an_administrator_entered_satisfies() {
    let app = TestApp::start().await;
    let mut ana = app.add_user("ana").await;
    everybody_needs_one(&app).await;
    ana.alternate_email = Some("ana@home.example".to_owned());
    save(&app, &ana).await;
    assert_eq!(lands(&app, "ana").await, "/");
}

#[tokio::test]
async fn r90_after_the_days_of_the_policy_the_methods_are_reviewed() {
    let app = TestApp::start().await;
    let mut ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@home.example").await;
    everybody_needs_one(&app).await;
    ana.registered_at = Some(app.now());
    save(&app, &ana).await;
    app.advance(179 * DAY);
    assert_eq!(lands(&app, "ana").await, "/");
    app.advance(DAY);
    assert!(lands(&app, "ana").await.starts_with("/register?"));
    ana.confirmed_at = Some(app.now());
    save(&app, &ana).await;
    assert_eq!(lands(&app, "ana").await, "/", "R92");
    app.set_policy(|policy| policy.registration.reconfirm_days = 0).await;
    app.advance(1000 * DAY);
    assert_eq!(lands(&app, "ana").await, "/", "R58");
}

#[tokio::test]
async fn r93_who_removed_a_method_is_not_chased_before_the_review() {
    let app = TestApp::start().await;
    let mut ana = app.add_user("ana").await;
    everybody_needs_one(&app).await;
    app.advance(Duration::from_secs(1));
    ana.registered_at = Some(app.now());
    save(&app, &ana).await;
    assert_eq!(lands(&app, "ana").await, "/");
    app.advance(180 * DAY);
    assert!(lands(&app, "ana").await.starts_with("/register?"));
}

#[tokio::test]
async fn r37_who_has_too_few_because_the_policy_asks_for_more_is_asked() {
    let app = TestApp::start().await;
    let mut ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@home.example").await;
    everybody_needs_one(&app).await;
    ana.registered_at = Some(app.now());
    save(&app, &ana).await;
    assert_eq!(lands(&app, "ana").await, "/");
    app.advance(DAY);
    app.set_policy(|policy| policy.methods_required = MethodsRequired::Two).await;
    assert!(lands(&app, "ana").await.starts_with("/register?"));
}

#[tokio::test]
async fn r75_a_session_that_goes_on_is_left_alone() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    browser.try_sign_in("ana", PASSWORD).await;
    everybody_needs_one(&app).await;
    assert_eq!(browser.get_raw("/security-info/change-password").await.status, 200);
}

#[tokio::test]
async fn the_way_to_registration_itself_is_not_interrupted_twice() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    everybody_needs_one(&app).await;
    let reply = app.browser().try_sign_in_to("ana", PASSWORD, "/register?next=%2Fadmin").await;
    assert_eq!(reply.location(), "/register?next=%2Fadmin");
}

#[tokio::test]
async fn r93_a_save_of_another_tab_interrupts_nobody_who_removed_a_method() {
    let app = TestApp::start().await;
    let mut ana = app.add_user("ana").await;
    everybody_needs_one(&app).await;
    app.advance(Duration::from_secs(1));
    ana.registered_at = Some(app.now());
    save(&app, &ana).await;
    app.advance(DAY);
    app.set_policy(|policy| policy.notifications.users = false).await;
    app.set_policy(|policy| policy.registration.reconfirm_days = 300).await;
    assert_eq!(lands(&app, "ana").await, "/");
    app.advance(DAY);
    app.set_policy(|policy| policy.methods = MethodSet::of(&[Method::Email])).await;
    app.set_policy(|policy| policy.notifications.users = true).await;
    assert!(lands(&app, "ana").await.starts_with("/register?"), "R37: what is asked for changed");
}

#[tokio::test]
async fn r93_the_methods_policy_interrupts_only_when_it_offers_something_else() {
    let app = TestApp::start().await;
    let mut ana = app.add_user("ana").await;
    everybody_needs_one(&app).await;
    app.advance(Duration::from_secs(1));
    ana.registered_at = Some(app.now());
    save(&app, &ana).await;
    app.advance(DAY);
    let turn_app_codes_on = |policy: &mut AuthenticationMethodsPolicy| {
        let line: PolicyMethod = "app_code".parse().unwrap();
        let mut rules = policy.rules(line);
        rules.reset.on = true;
        policy.set_rules(line, rules);
    };
    // While the check boxes govern, this offers nobody anything; neither does a question of sign-in.
    app.set_methods_policy(turn_app_codes_on).await;
    app.set_methods_policy(|policy| policy.second_factor = SecondFactor::Nobody).await;
    assert_eq!(lands(&app, "ana").await, "/");
    app.advance(DAY);
    app.set_methods_policy(|policy| policy.migration = Migration::InProgress).await;
    app.set_methods_policy(|policy| policy.second_factor = SecondFactor::Administrators).await;
    assert!(lands(&app, "ana").await.starts_with("/register?"), "R37: what is asked for changed");
}

#[tokio::test]
async fn r111_a_language_that_an_address_asks_for_is_kept_on_the_way() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    browser.get("/signin?mkt=xx-yy").await;
    assert!(!browser.cookies.contains_key("__Host-regain_locale"), "an unknown language is none");
    browser.get("/signin?mkt=en-gb").await;
    assert_eq!(browser.cookies["__Host-regain_locale"], "en");
    let page = browser.get("/reset?administrator").await;
    assert!(page.body.contains("<html lang=\"en\""));
    browser.cookies.insert("__Host-regain_locale".to_owned(), "no language".to_owned());
    assert_eq!(browser.get("/signin").await.status, 200);
}

#[tokio::test]
async fn the_wizard_never_leads_back_to_itself() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@home.example").await;
    everybody_needs_one(&app).await;
    for next in ["/ssprsetup", "/register", "/ssprsetup?mkt=en"] {
        let mut browser = app.browser();
        let reply = browser.try_sign_in_to("ana", PASSWORD, next).await;
        assert_eq!(reply.location(), next);
        for (form, fields) in [("/register/review", [("next", next)]), ("/register/skip", [("next", next)])] {
            let reply = browser.post_raw(form, &fields).await;
            assert!(!reply.location().starts_with(next), "{form}: {}", reply.location());
        }
    }
}
