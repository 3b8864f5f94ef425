//! What was added or replaced within a day is never all that a reset asks for (T65).

use regain_core::method::{Method, MethodSet};
use regain_core::policy::{MethodsRequired, Scope};
use regain_core::time::Duration;
use regain_store::User;

use crate::register::phones::can_reset;
use crate::register::{register_app, register_email, register_phone};
use crate::reset::walk::{NEW, Walk};
use crate::support::{Browser, TestApp};

const DAY: Duration = Duration::from_hours(24);

async fn office(required: MethodsRequired) -> (TestApp, User) {
    let app = TestApp::start().await;
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods_required = required;
        policy.methods = MethodSet::of(&[Method::AppCode, Method::Email, Method::MobilePhone]);
    })
    .await;
    app.beyond_the_boxes().await;
    let user = app.add_user("ana").await;
    (app, user)
}

/// Somebody with an app and an address of long ago, in a session that showed the app.
async fn settled(app: &TestApp, user: &User) -> Browser {
    app.add_app(user).await;
    app.add_email(user, "ana@mail.example").await;
    app.advance(DAY);
    let browser = app.session(user).await;
    app.prove(user).await;
    browser
}

async fn remove(app: &TestApp, browser: &mut Browser, user: &User, method: Method) {
    let row = app.methods_of(user).await.into_iter().find(|row| row.method == method.as_str()).unwrap();
    browser.post("/security-info/remove", &[("id", &row.id.to_string())]).await;
    assert!(app.methods_of(user).await.iter().all(|kept| kept.id != row.id));
    // What was shown with it counts no more.
    app.prove(user).await;
}

/// Whoever took a session over removes what is there and adds their own.
#[tokio::test]
async fn t65_methods_that_all_came_within_a_day_open_no_reset() {
    let (app, ana) = office(MethodsRequired::Two).await;
    let mut browser = settled(&app, &ana).await;
    register_phone(&app, &mut browser, "+371 20000009").await;
    browser.post("/register/email", &[("way", "add"), ("email", "eve@evil.example")]).await;
    let code = app.code_for("eve@evil.example").await;
    browser.post("/register/code", &[("way", "add"), ("code", &code)]).await.assert_shows("Email");
    assert!(can_reset(&app, &ana).await, "beside the app of long ago they count");
    remove(&app, &mut browser, &ana, Method::AppCode).await;
    assert!(!can_reset(&app, &ana).await);
    let page = browser.get("/security-info").await;
    page.assert_shows("You can reset your password on your own from");
    page.assert_shows("together with an older method").assert_hides("Try it out");
    let (_, page) = Walk::to_methods(&app, "ana@contoso.example").await;
    page.assert_hides("eve@");
    // The person is mailed the true reason.
    let told = app.messages_to("ana@contoso.example").await;
    assert!(told.iter().any(|mail| mail.text.contains("less than 24 hours ago")), "{told:?}");
    app.advance(DAY);
    assert!(can_reset(&app, &ana).await);
}

/// Removing everything first makes no first registration of it.
#[tokio::test]
async fn t65_an_emptied_list_is_no_first_registration() {
    let (app, ana) = office(MethodsRequired::Two).await;
    let mut browser = settled(&app, &ana).await;
    remove(&app, &mut browser, &ana, Method::Email).await;
    remove(&app, &mut browser, &ana, Method::AppCode).await;
    // In another session, too.
    app.advance(Duration::from_hours(1));
    let mut browser = app.session(&ana).await;
    register_app(&app, &mut browser).await.assert_shows("Authenticator app added");
    register_email(&app, &mut browser, "eve@evil.example").await.assert_shows("Email added");
    assert!(!can_reset(&app, &ana).await);
    app.advance(DAY);
    assert!(can_reset(&app, &ana).await);
}

#[tokio::test]
async fn t65_at_a_reset_one_of_the_gates_is_an_older_method() {
    let (app, ana) = office(MethodsRequired::Two).await;
    let mut browser = settled(&app, &ana).await;
    remove(&app, &mut browser, &ana, Method::AppCode).await;
    app.prove_by(&ana, "email").await;
    register_phone(&app, &mut browser, "+371 20000001").await.assert_shows("Phone added");
    let codes = app.add_recovery_codes(&ana).await;
    let (mut walk, page) = Walk::to_methods(&app, "ana@contoso.example").await;
    page.assert_shows("Text my mobile phone").assert_shows("recovery codes").assert_shows("alternate email");
    page.assert_hides("24 hours ago");
    let page = walk.by_text("+37120000001").await;
    page.assert_shows("alternate email").assert_hides("recovery codes");
    page.assert_shows("added or changed less than 24 hours ago is not asked for here yet");
    // A way that is not offered is not taken either.
    walk.choose("recovery_code").await.assert_shows("Choose a method");
    walk.enter(&codes[0]).await.assert_hides("Choose a new password");
    walk.by_email("ana@mail.example").await.assert_shows("Choose a new password");
    walk.finish(NEW).await.assert_shows("Your password has been reset");
}

#[tokio::test]
async fn t65_where_one_gate_is_asked_it_is_an_older_one() {
    let (app, ana) = office(MethodsRequired::One).await;
    let mut browser = settled(&app, &ana).await;
    register_phone(&app, &mut browser, "+371 20000001").await.assert_shows("Phone added");
    let (_, page) = Walk::to_methods(&app, "ana@contoso.example").await;
    page.assert_shows("alternate email").assert_hides("Text my mobile phone");
    app.advance(DAY);
    let (_, page) = Walk::to_methods(&app, "ana@contoso.example").await;
    page.assert_shows("Text my mobile phone");
}

#[tokio::test]
async fn t65_a_first_registration_counts_at_once_with_all_of_its_methods() {
    let (app, ana) = office(MethodsRequired::Two).await;
    let mut browser = app.session(&ana).await;
    register_app(&app, &mut browser).await.assert_shows("Authenticator app added");
    register_email(&app, &mut browser, "ana@mail.example").await.assert_shows("Email added");
    register_phone(&app, &mut browser, "+371 20000001").await.assert_shows("Phone added");
    browser.get("/security-info").await.assert_hides("together with an older method");
    let (mut walk, _) = Walk::to_methods(&app, "ana@contoso.example").await;
    walk.by_email("ana@mail.example").await;
    walk.by_text("+37120000001").await.assert_shows("Choose a new password");
}

/// The page of users, the person's page and the figures say the same.
#[tokio::test]
async fn t65_what_administrators_see_follows_the_same_rule() {
    let (app, ana) = office(MethodsRequired::Two).await;
    let mut browser = settled(&app, &ana).await;
    let mut boss = crate::policy::admin(&app).await;
    let ready = async |boss: &mut Browser| {
        let user = boss.get(&format!("/admin/users/{}", ana.id)).await;
        let figures = boss.get_raw("/admin/usage-insights/users.csv").await;
        let line = figures.body.lines().find(|line| line.contains("ana@contoso.example")).unwrap().to_owned();
        (!user.text().contains("newer than a day"), line)
    };
    assert!(ready(&mut boss).await.0);
    register_phone(&app, &mut browser, "+371 20000009").await;
    remove(&app, &mut browser, &ana, Method::Email).await;
    remove(&app, &mut browser, &ana, Method::AppCode).await;
    app.add_recovery_codes(&ana).await;
    let (on_page, line) = ready(&mut boss).await;
    assert!(!on_page);
    assert!(line.contains(r#""true","true","false""#), "registered, enabled, not capable: {line}");
    let list = boss.get("/admin/users").await;
    list.assert_shows("All methods are newer than a day");
}
