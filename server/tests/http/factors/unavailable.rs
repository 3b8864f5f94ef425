//! A factor that does not work is no missing factor: the password alone registers nothing (T34, T66).

use regain_core::method::Method;
use regain_core::policy::{MethodsRequired, SecondFactor};
use regain_store::User;

use super::{NUMBER, change_sim, remove_gateways, texting};
use crate::register::{choose, register_app, register_email, shown_key};
use crate::reset::walk::{NEW, Walk};
use crate::support::gateway::FakeGateway;
use crate::support::{Browser, PASSWORD, TestApp};

const SHUT: &str = "your password alone is not enough";

/// Whoever knows the password and nothing else gets nowhere near the methods.
async fn is_shut(app: &TestApp, browser: &mut Browser, user: &User) {
    let before = app.methods_of(user).await;
    for path in ["/security-info", "/security-info/add", "/register", "/register/method", "/register/review"]
    {
        let page = browser.get(path).await;
        page.assert_shows(SHUT).assert_hides("Set up");
    }
    for method in Method::ALL {
        for way in ["register", "add"] {
            let fields = [("method", method.as_str()), ("way", way)];
            let reply = browser.post_raw("/register/method", &fields).await;
            assert!(reply.location().starts_with("/signin/verify"), "{method}: {}", reply.location());
        }
    }
    for (path, fields) in [
        ("/register/email", [("email", "evil@mail.example")]),
        ("/register/phone", [("number", "+371 20000009")]),
        ("/register/app", [("code", "123456")]),
        ("/security-info/remove", [("id", "security_questions")]),
    ] {
        browser.post_raw(path, &fields).await;
    }
    browser.get("/signin/verify?next=%2Fregister").await.assert_shows(SHUT);
    assert_eq!(app.methods_of(user).await, before);
    assert!(app.messages_to("evil@mail.example").await.is_empty());
}

#[tokio::test]
async fn t66_after_a_changed_sim_card_the_password_alone_registers_nothing() {
    let (app, gateway) = texting().await;
    let ana = app.add_user("ana").await;
    app.add_phone(&ana, NUMBER).await;
    // A mailbox does not stand in for it.
    app.add_email(&ana, "ana@mail.example").await;
    let mut browser = app.browser();
    browser.try_sign_in("ana", PASSWORD).await;
    browser.get("/security-info").await.assert_shows("We’ll text a code");
    change_sim(&app, &gateway, &ana, NUMBER).await;
    is_shut(&app, &mut browser, &ana).await;
    let mut again = app.browser();
    let reply = again.try_sign_in("ana", PASSWORD).await;
    assert_eq!(reply.location(), "/", "the wizard does not stop whom it could not let in");
    is_shut(&app, &mut again, &ana).await;
}

#[tokio::test]
async fn t66_nor_where_the_gateway_is_gone_or_the_policy_took_the_method_off() {
    let (app, _) = texting().await;
    let (ana, bob) = (app.add_user("ana").await, app.add_user("bob").await);
    app.add_phone(&ana, NUMBER).await;
    app.add_app(&bob).await;
    remove_gateways(&app).await;
    app.set_policy(|policy| policy.methods = regain_core::method::MethodSet::of(&[Method::Email])).await;
    let mut browser = app.session(&ana).await;
    is_shut(&app, &mut browser, &ana).await;
    let mut browser = app.session(&bob).await;
    browser.get("/security-info").await.assert_shows("your authenticator app shows");
    let reply = browser.post_raw("/register/method", &[("method", "email")]).await;
    assert!(reply.location().starts_with("/signin/verify"), "{}", reply.location());
}

#[tokio::test]
async fn t66_an_administrator_is_no_exception() {
    let (app, gateway) = texting().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, "global_administrator").await;
    app.add_phone(&boss, NUMBER).await;
    let mut browser = app.browser();
    let reply = browser.try_sign_in("boss", PASSWORD).await;
    assert!(reply.location().starts_with("/signin/verify"), "{}", reply.location());
    change_sim(&app, &gateway, &boss, NUMBER).await;
    is_shut(&app, &mut browser, &boss).await;
    browser.get("/admin").await.assert_shows(SHUT);
    let reply = app.browser().try_sign_in("boss", PASSWORD).await;
    assert!(reply.location().starts_with("/signin/verify"), "{}", reply.location());
}

/// Whoever holds the number now may have shown it before the change was noticed.
#[tokio::test]
async fn t66_what_the_number_showed_lately_counts_no_more() {
    let (app, gateway) = texting().await;
    let ana = app.add_user("ana").await;
    app.add_phone(&ana, NUMBER).await;
    let mut browser = app.session(&ana).await;
    app.prove_by(&ana, "mobile_phone").await;
    browser.get("/security-info").await.assert_shows("Your methods");
    change_sim(&app, &gateway, &ana, NUMBER).await;
    browser.get("/security-info").await.assert_shows(SHUT);
}

/// An insider who took a number over and registers it for themselves opens it for nobody else.
#[tokio::test]
async fn t66_a_number_that_somebody_else_proves_stays_suspended() {
    let (app, gateway) = texting().await;
    let (ana, eve) = (app.add_user("ana").await, app.add_user("eve").await);
    let row = app.add_phone(&ana, NUMBER).await;
    app.add_email(&ana, "ana@mail.example").await;
    change_sim(&app, &gateway, &ana, NUMBER).await;
    let mut browser = app.session(&eve).await;
    choose(&mut browser, Method::MobilePhone).await;
    browser.post("/register/phone", &[("number", NUMBER)]).await.assert_shows("Enter the code we sent");
    prove_text(&app, &gateway, &mut browser).await;
    assert_eq!(app.methods_of(&eve).await.len(), 1);
    assert!(!crate::register::phones::can_reset(&app, &ana).await);
    is_shut(&app, &mut app.session(&ana).await, &ana).await;
    // Its owner proves it anew, and then it works for them.
    let mut browser = app.session(&ana).await;
    app.add_app(&ana).await;
    app.prove(&ana).await;
    let fields = [("number", NUMBER), ("replaces", &row.to_string()), ("way", "add")];
    browser.post("/register/phone", &fields).await.assert_shows("Enter the code we sent");
    prove_text(&app, &gateway, &mut browser).await;
    browser.get("/security-info").await.assert_hides("SIM card");
    // Until it moves once more.
    change_sim(&app, &gateway, &ana, NUMBER).await;
    app.prove(&ana).await;
    browser.get("/security-info").await.assert_shows("SIM card");
}

/// The code that the gateway was handed last.
async fn texted(app: &TestApp, gateway: &FakeGateway) -> String {
    app.run_jobs().await;
    let handed = gateway.requests().pop().unwrap();
    // Not of the whole body: the message's id has runs of digits, too.
    let message: serde_json::Value = serde_json::from_str(&handed.body).unwrap();
    let text = message["text"].as_str().unwrap();
    text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).unwrap().to_owned()
}

async fn prove_text(app: &TestApp, gateway: &FakeGateway, browser: &mut Browser) {
    let code = texted(app, gateway).await;
    browser.post("/register/code", &[("code", &code), ("way", "add")]).await.assert_shows("added");
}

/// What the number proved in a reset falls, and another gate takes its place.
#[tokio::test]
async fn t66_in_the_middle_of_a_reset_another_gate_is_demanded() {
    let (app, gateway) = texting().await;
    let alice = app.add_user("alice").await;
    app.add_phone(&alice, NUMBER).await;
    app.add_email(&alice, "alice@mail.example").await;
    let seed = app.add_app(&alice).await;
    let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_shows("Text my mobile phone");
    walk.choose("mobile_phone").await;
    walk.type_number(NUMBER).await;
    let code = texted(&app, &gateway).await;
    walk.enter(&code).await.assert_shows("alternate email").assert_hides("Text my mobile phone");
    change_sim(&app, &gateway, &alice, NUMBER).await;
    walk.choose("app_code").await;
    let page = walk.enter(&app.app_code(&seed, 0)).await;
    page.assert_shows("alternate email").assert_hides("Choose a new password");
    page.assert_hides("Text my mobile phone");
    walk.finish(NEW).await.assert_hides("Your password has been reset");
    let told =
        app.audit().await.into_iter().any(|(activity, ..)| activity == "Verification method suspended");
    assert!(told);
}

#[tokio::test]
async fn t34_a_mailbox_resets_where_the_policy_says_so_and_registers_no_app_beside_one() {
    let (app, _) = texting().await;
    app.set_policy(|policy| policy.methods_required = MethodsRequired::One).await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@mail.example").await;
    app.add_app(&ana).await;
    // The mailbox reset the password; whoever reads it signs in with the new one.
    let mut browser = app.browser();
    browser.try_sign_in("ana", PASSWORD).await;
    for path in ["/security-info", "/register/method", "/signin/verify?choose"] {
        browser.get(path).await.assert_shows("your authenticator app shows").assert_hides("Email a");
    }
    let reply = browser.post_raw("/register/method", &[("method", "app_code")]).await;
    assert!(reply.location().starts_with("/signin/verify"), "{}", reply.location());
    // Nor where sign-in demands a second factor.
    app.set_methods_policy(|policy| policy.second_factor = SecondFactor::Everyone).await;
    let mut browser = app.browser();
    let reply = browser.try_sign_in("ana", PASSWORD).await;
    assert!(reply.location().starts_with("/signin/verify"), "{}", reply.location());
    let reply = browser.post_raw("/register/method", &[("method", "app_code")]).await;
    assert!(reply.location().starts_with("/signin/verify"), "{}", reply.location());
    assert_eq!(app.methods_of(&ana).await.len(), 2);
}

/// What is begun while there is nothing to show ends where there is something by then.
#[tokio::test]
async fn t34_a_registration_begun_before_the_first_method_adds_none_beside_it() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let ana = app.add_user("ana").await;
    let (mut theirs, mut hers) = (app.session(&ana).await, app.session(&ana).await);
    let key = shown_key(&choose(&mut theirs, Method::AppCode).await);
    register_app(&app, &mut hers).await.assert_shows("Authenticator app added");
    let reply = theirs.post_raw("/register/app", &[("code", &app.app_code(&key, 0))]).await;
    assert!(reply.location().starts_with("/signin/verify"), "{}", reply.location());
    assert_eq!(app.methods_of(&ana).await.len(), 1);
    register_email(&app, &mut hers, "ana@mail.example").await.assert_shows("Email added");
}

/// Removing a method ends what was shown with it, in the browser in which it was removed as in all others.
#[tokio::test]
async fn t106_what_was_shown_with_a_removed_method_counts_no_more() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let ana = app.add_user("ana").await;
    let phone = app.add_phone(&ana, NUMBER).await.to_string();
    let (mut here, mut there) = (app.session(&ana).await, app.session(&ana).await);
    let seed = app.add_app(&ana).await;
    app.prove_by(&ana, "mobile_phone").await;
    there.get("/security-info").await.assert_shows("Your methods");
    let page = here.post("/security-info/remove", &[("id", &phone)]).await;
    page.assert_shows("your authenticator app shows").assert_hides("Your methods");
    there.get("/security-info").await.assert_shows("your authenticator app shows");
    // What is still there leads on to what was done.
    let (factor, next, code) = (page.input("factor"), page.input("next"), app.app_code(&seed, 0));
    let fields = [("factor", &*factor), ("code", &*code), ("next", &*next)];
    here.post("/signin/verify", &fields).await.assert_shows("The method was removed");
}

/// A number that takes the place of the one that was shown was shown a moment ago.
#[tokio::test]
async fn what_takes_the_place_of_what_was_shown_counts_as_shown() {
    let (app, gateway) = texting().await;
    let ana = app.add_user("ana").await;
    let row = app.add_phone(&ana, NUMBER).await;
    let mut browser = app.session(&ana).await;
    app.prove_by(&ana, "mobile_phone").await;
    let fields = [("number", "+37120000002"), ("replaces", &*row.to_string()), ("way", "add")];
    browser.post("/register/phone", &fields).await.assert_shows("Enter the code we sent");
    prove_text(&app, &gateway, &mut browser).await;
    browser.get("/security-info").await.assert_shows("Your methods");
}

#[tokio::test]
async fn t106_nor_one_that_an_administrator_removed() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let ana = app.add_user("ana").await;
    let phone = app.add_phone(&ana, NUMBER).await.to_string();
    let mut hers = app.session(&ana).await;
    app.add_app(&ana).await;
    app.prove_by(&ana, "mobile_phone").await;
    hers.get("/security-info").await.assert_shows("Your methods");
    let mut boss = crate::policy::admin(&app).await;
    boss.post("/admin/users/remove-method", &[("id", &ana.id.to_string()), ("method", &phone)]).await;
    hers.get("/security-info").await.assert_shows("your authenticator app shows");
}
