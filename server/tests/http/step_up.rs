//! A second factor in a session, and the way into the admin portal.

use regain_core::time::Duration;

use crate::support::{Browser, PASSWORD, Reply, TestApp};

const PAGE: &str = "/signin/verify";
const PORTAL: &str = "/admin/password-reset/properties";

async fn enter(browser: &mut Browser, code: &str, next: &str) -> Reply {
    let page = browser.get(&format!("{PAGE}?next={next}")).await;
    let (factor, next) = (page.input("factor"), page.input("next"));
    browser.post_raw(PAGE, &[("factor", &factor), ("code", code), ("next", &next)]).await
}

async fn proved(app: &TestApp, name: &str) -> bool {
    let mut tx = app.engine.store.read().await.unwrap();
    let user = tx.user_by_key(&format!("{name}@contoso.example")).await.unwrap().unwrap();
    tx.sessions_of(user.id).await.unwrap().iter().any(|session| session.proved_at.is_some())
}

#[tokio::test]
async fn r85_an_app_code_proves_the_session_and_rotates_its_token() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let seed = app.add_app(&ana).await;
    let mut browser = app.browser();
    browser.try_sign_in("ana", PASSWORD).await;
    let old = browser.clone();
    browser
        .get(PAGE)
        .await
        .assert_shows("Enter your verification code")
        .assert_shows("your authenticator app");
    let reply = enter(&mut browser, &app.app_code(&seed, 0), "/security-info?x").await;
    assert_eq!(reply.location(), "/security-info?x");
    assert!(proved(&app, "ana").await);
    assert_ne!(browser.token(), old.token(), "T90");
    assert!(old.clone().get_raw(PAGE).await.location().starts_with("/signin?"), "the old token is dead");
    let audit = app.audit().await;
    assert!(audit.iter().any(|row| row.0 == "Second factor verification" && row.1 == "success"), "{audit:?}");
}

#[tokio::test]
async fn a_wrong_code_proves_nothing_and_five_lock() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let seed = app.add_app(&ana).await;
    let mut browser = app.browser();
    browser.try_sign_in("ana", PASSWORD).await;
    for typed in ["", "12345", "abcdef"] {
        let reply = enter(&mut browser, typed, "/").await;
        browser.follow(reply).await.assert_shows("There is a problem");
    }
    let wrong = app.app_code(&seed, 1000);
    for _ in 0..4 {
        let reply = enter(&mut browser, &wrong, "/").await;
        browser.follow(reply).await.assert_shows("There is a problem").assert_hides("24 hours");
    }
    let reply = enter(&mut browser, &wrong, "/").await;
    browser.follow(reply).await.assert_shows("24 hours");
    let reply = enter(&mut browser, &app.app_code(&seed, 0), "/").await;
    browser.follow(reply).await.assert_shows("24 hours");
    assert!(!proved(&app, "ana").await);
    assert_eq!(app.browser().try_sign_in("ana", PASSWORD).await.location(), "/", "sign-in stays open");
}

#[tokio::test]
async fn t48_a_code_works_once() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let seed = app.add_app(&ana).await;
    let code = app.app_code(&seed, 0);
    let (mut first, mut second) = (app.browser(), app.browser());
    first.try_sign_in("ana", PASSWORD).await;
    second.try_sign_in("ana", PASSWORD).await;
    assert_eq!(enter(&mut first, &code, "/").await.location(), "/");
    let reply = enter(&mut second, &code, "/").await;
    second.follow(reply).await.assert_shows("There is a problem");
}

#[tokio::test]
async fn an_emailed_code_proves_too_once_it_was_asked_for() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@home.example").await;
    let mut browser = app.browser();
    browser.try_sign_in("ana", PASSWORD).await;
    let page = browser.get(PAGE).await;
    page.assert_shows("a•••@h•••.example").assert_hides("ana@home.example");
    assert!(app.messages_to("ana@home.example").await.is_empty(), "a GET sends nothing");
    let page = browser.post("/signin/verify/send", &[("factor", &page.input("factor"))]).await;
    page.assert_shows("Enter your verification code");
    let code = app.code_for("ana@home.example").await;
    let again = browser.post("/signin/verify/send", &[("factor", &page.input("factor"))]).await;
    again.assert_shows("There is a problem");
    assert_eq!(app.messages_to("ana@home.example").await.len(), 1, "not so soon");
    let reply = enter(&mut browser, &code, "/").await;
    assert_eq!(reply.location(), "/");
    assert!(proved(&app, "ana").await);
}

#[tokio::test]
async fn another_way_can_be_chosen_and_only_ones_own() {
    let app = TestApp::start().await;
    let (ana, eve) = (app.add_user("ana").await, app.add_user("eve").await);
    app.add_app(&ana).await;
    app.add_app(&ana).await;
    app.add_phone(&ana, "+37120123456").await;
    let foreign = app.add_email(&eve, "eve@home.example").await.to_string();
    let mut browser = app.browser();
    browser.try_sign_in("ana", PASSWORD).await;
    browser.get(PAGE).await.assert_shows("Use another way");
    let page = browser.get(&format!("{PAGE}?choose&next=/admin")).await;
    page.assert_shows("Text ••••••••56").assert_hides("20123456");
    assert_eq!(page.body.matches("type=\"radio\"").count(), 2, "two apps are one choice");
    browser.post("/signin/verify/send", &[("factor", &foreign)]).await;
    assert!(app.messages_to("eve@home.example").await.is_empty());
}

#[tokio::test]
async fn what_an_administrator_entered_is_no_second_factor() {
    let app = TestApp::start().await;
    let mut ana = app.add_user("ana").await;
    ana.mobile_phone = Some("+371 20123456".to_owned());
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&ana).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = app.browser();
    browser.try_sign_in("ana", PASSWORD).await;
    assert_eq!(browser.get_raw(PAGE).await.location(), "/register?next=%2F");
}

#[tokio::test]
async fn signed_out_or_with_a_temporary_password_there_is_no_step_up() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let seed = app.add_app(&ana).await;
    let mut browser = app.browser();
    let reply = browser.post_raw(PAGE, &[("code", &app.app_code(&seed, 0))]).await;
    assert!(reply.location().starts_with("/signin"), "{}", reply.location());
    let mut tx = app.engine.store.write().await.unwrap();
    let row = tx.password(ana.id).await.unwrap().unwrap();
    tx.set_password(&regain_store::Password { temporary: true, ..row }).await.unwrap();
    tx.commit().await.unwrap();
    browser.try_sign_in("ana", PASSWORD).await;
    assert!(browser.get_raw(PAGE).await.location().starts_with("/security-info/change-password"));
    assert!(!proved(&app, "ana").await);
}

#[tokio::test]
async fn t106_a_proof_is_fresh_for_five_minutes() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let seed = app.add_app(&ana).await;
    let mut browser = app.browser();
    browser.try_sign_in("ana", PASSWORD).await;
    enter(&mut browser, &app.app_code(&seed, 0), "/").await;
    assert_eq!(browser.get_raw(PAGE).await.location(), "/", "nothing to ask");
    app.advance(Duration::from_secs(5 * 60 + 1));
    browser.get(PAGE).await.assert_shows("Enter your verification code");
}

#[tokio::test]
async fn the_portal_asks_an_administrator_for_a_second_factor() {
    let app = TestApp::start_strict().await;
    let (new, admin) = (app.add_user("new").await, app.add_user("admin").await);
    app.grant(&new, "global_administrator").await;
    app.grant(&admin, "global_administrator").await;
    let seed = app.add_app(&admin).await;
    let mut browser = app.browser();
    let reply = browser.get_raw(PORTAL).await;
    assert!(reply.location().starts_with("/signin?next="), "signed out");
    browser.try_sign_in("new", PASSWORD).await;
    let reply = browser.get_raw(PORTAL).await;
    assert!(reply.location().starts_with(PAGE), "{}", reply.location());
    let reply = browser.get_raw(reply.location()).await;
    assert!(
        reply.location().starts_with("/register?next="),
        "without one to registration: {}",
        reply.location()
    );
    let mut browser = app.browser();
    browser.try_sign_in("admin", PASSWORD).await;
    let reply = enter(&mut browser, &app.app_code(&seed, 0), PORTAL).await;
    assert_eq!(reply.location(), PORTAL);
    let page = browser.get_raw(PORTAL).await;
    assert_eq!(page.status, 200);
    page.assert_hides("Demo mode");
    app.advance(Duration::from_mins(10));
    assert_eq!(browser.get_raw(PORTAL).await.status, 200, "once for each session");
}

#[tokio::test]
async fn a_role_without_the_right_or_no_role_is_refused() {
    let app = TestApp::start().await;
    let (ana, reader) = (app.add_user("ana").await, app.add_user("rea").await);
    app.grant(&reader, "reports_reader").await;
    let mut browser = app.browser();
    for user in [ana, reader] {
        browser.try_sign_in(&user.upn, PASSWORD).await;
        assert_eq!(browser.get_raw(PORTAL).await.status, 403, "{}", user.upn);
    }
}

#[tokio::test]
async fn in_demo_mode_the_portal_opens_under_a_banner() {
    let app = TestApp::start().await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
    let mut browser = app.browser();
    browser.try_sign_in("admin", PASSWORD).await;
    browser.get(PORTAL).await.assert_shows("Demo mode");
}

#[tokio::test]
async fn a_code_beside_signing_out_is_served() {
    let app = TestApp::start().await;
    for round in 0..6 {
        let user = app.add_user(&format!("person{round}")).await;
        let seed = app.add_app(&user).await;
        let mut browser = app.browser();
        browser.try_sign_in(&user.upn, PASSWORD).await;
        let factor = browser.get(PAGE).await.input("factor");
        let (mut one, mut other) = (browser.clone(), browser.clone());
        let code = app.app_code(&seed, 0);
        let fields = [("factor", factor.as_str()), ("code", code.as_str()), ("next", "")];
        let (right, out) = tokio::join!(one.post_raw(PAGE, &fields), other.post_raw("/signout", &[]));
        assert!(right.status < 500 && out.status < 500, "{} {}", right.status, out.status);
    }
}

#[tokio::test]
async fn r53_who_has_a_strong_method_does_not_step_up_by_email() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let email = app.add_email(&ana, "ana@home.example").await.to_string();
    let mut browser = app.session(&ana).await;
    app.prove_by(&ana, "email").await;
    assert_eq!(browser.get_raw("/security-info").await.status, 200, "there is nothing stronger");
    app.add_app(&ana).await;
    let reply = browser.get_raw("/security-info").await;
    assert!(reply.location().starts_with(PAGE), "now there is: {}", reply.location());
    browser.get(PAGE).await.assert_shows("your authenticator app").assert_hides("Use another way");
    browser.post("/signin/verify/send", &[("factor", &email)]).await;
    assert!(app.messages_to("ana@home.example").await.is_empty());
    app.prove_by(&ana, "app_code").await;
    assert_eq!(browser.get_raw("/security-info").await.status, 200);
}

#[tokio::test]
async fn r53_a_mailbox_never_opens_the_portal() {
    let app = TestApp::start_strict().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, "global_administrator").await;
    app.add_email(&boss, "boss@home.example").await;
    let mut browser = app.session(&boss).await;
    app.prove_by(&boss, "email").await;
    let reply = browser.get_raw("/security-info").await;
    assert!(
        reply.location().starts_with(PAGE),
        "sign-in demands one of administrators: {}",
        reply.location()
    );
    assert_eq!(browser.get_raw("/register").await.status, 200, "and lets them add it");
    app.set_methods_policy(|policy| policy.second_factor = regain_core::policy::SecondFactor::Nobody).await;
    assert_eq!(browser.get_raw("/security-info").await.status, 200, "their own security info");
    let reply = browser.get_raw(PORTAL).await;
    assert!(reply.location().starts_with(PAGE), "{}", reply.location());
    let reply = browser.get_raw(reply.location()).await;
    assert!(reply.location().starts_with("/register?next=%2Fadmin"), "to registration: {}", reply.location());
    app.add_app(&boss).await;
    let reply = browser.get_raw(&format!("{PAGE}?next={PORTAL}")).await;
    assert_eq!(reply.status, 200, "{}", reply.location());
    reply.assert_shows("your authenticator app").assert_hides("Use another way");
    app.prove_by(&boss, "app_code").await;
    assert_eq!(browser.get_raw(PORTAL).await.status, 200);
}

#[tokio::test]
async fn r53_who_has_enough_for_a_reset_and_nothing_strong_is_led_to_add_a_method() {
    let app = TestApp::start_strict().await;
    app.registration_policy().await;
    app.set_policy(|policy| policy.methods_required = regain_core::policy::MethodsRequired::One).await;
    let reader = app.add_user("rea").await;
    app.grant(&reader, "reports_reader").await;
    app.add_email(&reader, "rea@home.example").await;
    let mut browser = app.session(&reader).await;
    app.prove_by(&reader, "email").await;
    let reply = browser.get_raw(&format!("{PAGE}?next=/admin/audit")).await;
    assert!(reply.location().starts_with("/security-info/add"), "{}", reply.location());
    let page = browser.get_raw(reply.location()).await;
    assert!(page.body.contains("value=\"app_code\""), "{}", page.body);
}
