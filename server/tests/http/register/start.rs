//! What opens the wizard, and what ends it.

use regain_core::method::{Method, MethodSet};
use regain_core::policy::{MethodsRequired, Scope};

use super::{choose, register_app, register_email, register_phone};
use crate::support::TestApp;

const NOT_ENABLED: &str = "Your administrator has not enabled password reset for you";
const KEEP: &str = "Keep your account secure";
const LOSE: &str = "Don’t lose access to your account!";

#[tokio::test]
async fn r65_t107_every_address_needs_sign_in() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let mut browser = app.browser();
    for path in
        ["/register", "/ssprsetup", "/register/app", "/register/code", "/register/review", "/security-info"]
    {
        let reply = browser.get_raw(path).await;
        assert_eq!(reply.status, 303, "{path}");
        assert!(reply.location().starts_with("/signin?next=%2F"), "{path}: {}", reply.location());
    }
    for path in
        ["/register/method", "/register/email", "/register/code", "/register/review", "/security-info/remove"]
    {
        let reply = browser.post_raw(path, &[("method", "email"), ("email", "a@mail.example")]).await;
        assert_eq!(reply.status, 303, "{path}");
        assert!(reply.location().starts_with("/signin"), "{path}: {}", reply.location());
    }
}

#[tokio::test]
async fn r67_r81_a_person_out_of_scope_is_told_so() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let mut user = app.add_user("outsider").await;
    user.alternate_email = Some("outsider@mail.example".to_owned());
    app.save(&user).await;
    let group = app.add_group("Chosen", &[]).await;
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(group.to_string()))).await;
    let mut browser = app.session(&user).await;
    browser
        .get("/register")
        .await
        .assert_shows(NOT_ENABLED)
        .assert_shows("Contact your administrator")
        .assert_hides(LOSE);
    browser.get("/register/method").await.assert_shows(NOT_ENABLED);
    choose(&mut browser, Method::Email).await.assert_shows(NOT_ENABLED);
    browser.post("/register/email", &[("email", "a@mail.example")]).await.assert_shows(NOT_ENABLED);
    browser.get("/security-info/add").await.assert_shows("Security info");
    assert!(app.methods_of(&user).await.is_empty());
}

#[tokio::test]
async fn r80_r82_r95_prefilled_data_is_shown_and_confirmed() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let mut user = app.add_user("prefilled").await;
    user.alternate_email = Some("pre@mail.example".to_owned());
    user.mobile_phone = Some("+1 4255550123".to_owned());
    app.save(&user).await;
    let mut browser = app.session(&user).await;
    let page = browser.get("/register").await;
    page.assert_shows(LOSE)
        .assert_shows("pre@mail.example")
        .assert_shows("+1 4255550123")
        .assert_shows("Looks good");
    assert_eq!(browser.get("/register/email").await.input("email"), "pre@mail.example");
    assert_eq!(browser.get("/register/phone").await.input("number"), "+1 4255550123");
    browser.post("/register/review", &[]).await.assert_shows("Security info");
    let after = app.user(&user).await;
    assert!(after.registered_at.is_some() && after.confirmed_at.is_some());
}

#[tokio::test]
async fn r89_more_required_than_possible_is_a_message_and_no_loop() {
    // Without a gateway nobody can be called.
    let app = TestApp::start_strict().await;
    app.registration_policy().await;
    app.set_policy(|policy| policy.methods = MethodSet::of(&[Method::Email, Method::OfficePhone])).await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    browser.get("/register").await.assert_shows("You cannot finish this on your own");
    browser.post("/register/skip", &[]).await.assert_shows("Security info");
    assert!(!app.has_record("User registered all required security info", "failure").await);
}

#[tokio::test]
async fn r61_r71_r76_r77_r78_r79_two_methods_one_by_one() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    browser.get("/register").await.assert_shows(KEEP).assert_shows("0 of 2 added").assert_shows("Not now");
    register_email(&app, &mut browser, "ana@mail.example")
        .await
        .assert_shows("Email added")
        .assert_shows("1 more to add");
    browser.get("/register").await.assert_shows("1 of 2 added");
    browser.get("/register/review").await.assert_shows(KEEP);
    let choice = browser.get("/register/method").await;
    choice.assert_shows("Which method do you want to add?").assert_shows("Phone").assert_shows("Step 2 of 2");
    assert!(!choice.body.contains("value=\"email\""), "email is there already");
    register_phone(&app, &mut browser, "+1 4255550123").await.assert_shows("Phone added");
    let review = browser.get("/register/review").await;
    review.assert_shows("ana@mail.example").assert_shows("+1 4255550123").assert_shows("Looks good");
    assert!(!app.has_record("User registered all required security info", "success").await);
    browser.post("/register/review", &[]).await.assert_shows("You can reset your password on your own");
    assert!(app.has_record("User registered security info", "success").await);
    assert!(app.has_record("User registered all required security info", "success").await);
    assert!(app.user(&user).await.registered_at.is_some());
}

#[tokio::test]
async fn r92_a_later_review_starts_the_days_anew() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let mut user = app.add_user("ana").await;
    user.registered_at = Some(app.now());
    user.confirmed_at = user.registered_at;
    app.save(&user).await;
    app.add_email(&user, "ana@mail.example").await;
    app.add_phone(&user, "+14255550123").await;
    app.advance(regain_core::time::Duration::from_hours(4800));
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    browser.get("/register").await.assert_shows("Check your security info").assert_shows("Last checked on");
    browser.post("/register/review", &[]).await;
    assert!(app.has_record("User reviewed security info", "success").await);
    let after = app.user(&user).await;
    assert!(after.confirmed_at > user.confirmed_at);
    assert_eq!(after.registered_at, user.registered_at);
}

#[tokio::test]
async fn r73_r79_not_now_is_written_down_and_saves_nothing() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    browser.post("/register/skip", &[("next", "/security-info")]).await.assert_shows("Security info");
    assert!(app.has_record("User registered all required security info", "failure").await);
    assert!(app.user(&user).await.registered_at.is_none());
}

#[tokio::test]
async fn r34_r68_r69_only_what_is_allowed_strongest_first() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let page = browser.get("/register/method").await;
    let at = |name: &str| page.body.find(&format!("value=\"{name}\"")).unwrap_or(usize::MAX);
    assert!(at("app_code") < at("mobile_phone") && at("mobile_phone") < at("email"));
    assert_eq!(at("security_questions"), usize::MAX);
    app.set_policy(|policy| policy.methods = MethodSet::of(&[Method::Email, Method::MobilePhone])).await;
    let page = browser.get("/register/method").await;
    assert!(!page.body.contains("value=\"app_code\""));
    choose(&mut browser, Method::AppCode)
        .await
        .assert_shows("There is a problem")
        .assert_shows("Choose a method");
    choose(&mut browser, Method::SecurityQuestions).await.assert_shows("Choose a method");
}

#[tokio::test]
async fn r72_an_administrator_begins_with_a_second_factor() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("boss").await;
    app.grant(&user, "global_administrator").await;
    let mut browser = app.session(&user).await;
    let page = browser.get("/register/method").await;
    assert!(page.body.contains("value=\"app_code\"") && !page.body.contains("value=\"email\""));
}

#[tokio::test]
async fn r54_an_administrator_is_never_offered_questions() {
    let app = TestApp::start().await;
    app.questions_policy().await;
    let user = app.add_user("boss").await;
    app.grant(&user, "global_administrator").await;
    let mut browser = app.session(&user).await;
    choose(&mut browser, Method::SecurityQuestions).await.assert_shows("Choose a method");
    let page = browser.get("/security-info/add").await;
    assert!(!page.body.contains("value=\"security_questions\""));
}

#[tokio::test]
async fn one_required_method_is_enough_where_the_policy_says_so() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    app.set_policy(|policy| policy.methods_required = MethodsRequired::One).await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    browser.get("/register").await.assert_shows("needs one way to check").assert_shows("0 of 1 added");
    register_email(&app, &mut browser, "ana@mail.example").await.assert_shows("That is everything you need");
}

#[tokio::test]
async fn r72_an_address_before_the_second_factor_is_refused_on_every_way() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("boss").await;
    app.grant(&user, "global_administrator").await;
    let mut browser = app.session(&user).await;
    for way in ["", "add"] {
        let page = browser.get(if way.is_empty() { "/register/method" } else { "/security-info/add" }).await;
        assert!(!page.body.contains("value=\"email\""), "{way}");
        let fields = [("way", way), ("method", "email")];
        browser.post("/register/method", &fields).await.assert_shows("Choose a method");
        let page = browser.post("/register/email", &[("way", way), ("email", "boss@mail.example")]).await;
        page.assert_hides("Enter the code we sent").assert_shows("Which method do you want to add?");
    }
    assert!(app.messages_to("boss@mail.example").await.is_empty());
    assert!(app.methods_of(&user).await.is_empty());
    register_app(&app, &mut browser).await;
    register_email(&app, &mut browser, "boss@mail.example").await.assert_shows("That is everything you need");
}

#[tokio::test]
async fn r72_an_address_whose_code_was_on_its_way_when_the_role_came_is_not_added() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("boss").await;
    let mut browser = app.session(&user).await;
    browser.post("/register/email", &[("email", "boss@mail.example")]).await;
    let code = app.code_for("boss@mail.example").await;
    app.grant(&user, "global_administrator").await;
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("Choose a method");
    assert!(app.methods_of(&user).await.is_empty());
}

#[tokio::test]
async fn r104_r134_a_second_mobile_phone_is_not_the_second_method() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    app.add_phone(&user, "+14255550123").await;
    app.add_phone(&user, "+14255550124").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    browser.get("/register").await.assert_shows("1 of 2 added");
    register_email(&app, &mut browser, "ana@mail.example").await.assert_shows("That is everything you need");
}

#[tokio::test]
async fn r66_without_the_interrupt_the_wizard_is_still_there() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    app.set_policy(|policy| policy.registration.required_at_sign_in = false).await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    browser.sign_in("ana").await.assert_shows("Security info");
    browser.get("/register").await.assert_shows(KEEP).assert_shows("0 of 2 added");
    register_email(&app, &mut browser, "ana@mail.example").await.assert_shows("Email added");
}

#[tokio::test]
async fn r78_each_method_has_a_record_of_its_own() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let records = async |app: &TestApp| {
        let rows = app.engine.store.read().await.unwrap().audit_chain(0, 1_000).await.unwrap();
        let records = rows.into_iter().map(|row| row.record);
        records.filter(|record| record.activity == "User registered security info").collect::<Vec<_>>()
    };
    register_email(&app, &mut browser, "ana@mail.example").await;
    assert_eq!(records(&app).await.len(), 1);
    register_phone(&app, &mut browser, "+1 4255550123").await;
    let both = records(&app).await;
    assert_eq!(both.len(), 2);
    assert_ne!(both[0].details, both[1].details, "each says which");
    for record in both {
        assert_eq!((record.result.as_str(), record.actor_upn.as_str()), ("success", "ana@contoso.example"));
        assert_eq!(record.target_id, user.id.to_string());
        assert!(
            !record.details.contains("ana@mail.example") && !record.details.contains("4255550123"),
            "R100"
        );
    }
}

#[tokio::test]
async fn r202_r203_the_wizard_leads_to_help() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    for (target, href) in [
        ("", "/help"),
        ("https://help.contoso.example/", "https://help.contoso.example/"),
        ("help@contoso.example", "mailto:help@contoso.example"),
    ] {
        app.set_policy(|policy| {
            policy.helpdesk.customized = !target.is_empty();
            policy.helpdesk.target = target.to_owned();
        })
        .await;
        for path in ["/register", "/register/method", "/register/email", "/register/phone"] {
            let page = browser.get(path).await;
            let link = page.body.split("<a ").find(|tag| tag.contains("Contact your administrator")).unwrap();
            assert!(link.contains(&format!("href=\"{href}\"")), "{path}: {link}");
            assert_eq!(link.contains("target=\"_blank\""), target.starts_with("https:"), "{path}: {link}");
        }
    }
}

#[tokio::test]
async fn every_page_of_a_method_leads_back_to_the_choice_and_nothing_is_lost() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    for (way, to) in [("/register", "/register/method"), ("/security-info/add", "/security-info/add")] {
        for step in ["email", "phone"] {
            let page = browser.get(&format!("{way}/{step}?next=%2Fadmin")).await;
            page.assert_shows("I want to set up a different method").assert_shows("Back");
            let links = page.body.matches(&format!("href=\"{to}?next=%2Fadmin\"")).count();
            assert_eq!(links, 2, "{way}/{step}");
        }
    }
    let key = |body: &str| body.split_once("aria-label=\"Secret key\"").unwrap().1[..200].to_owned();
    let page = choose(&mut browser, Method::AppCode).await;
    page.assert_shows("I want to set up a different method");
    browser.get("/register/method").await.assert_shows("Which method do you want to add?");
    assert_eq!(key(&browser.get("/register/app").await.body), key(&page.body), "nobody has to scan twice");
}

#[tokio::test]
async fn what_an_administrator_entered_is_looked_at_before_it_is_enough() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let mut user = app.add_user("ana").await;
    user.mobile_phone = Some("+1 4255550123".to_owned());
    app.save(&user).await;
    let mut browser = app.session(&user).await;
    register_email(&app, &mut browser, "ana@mail.example")
        .await
        .assert_hides("That is everything you need")
        .assert_shows("Together with what your administrator entered, that is enough");
}

#[tokio::test]
async fn one_method_is_recommended() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let page = app.session(&user).await.get("/register/method").await;
    assert_eq!(page.body.matches("Recommended").count(), 1);
    let first = page.body.split("type=\"radio\"").nth(1).unwrap();
    assert!(first.contains("Recommended"), "{first}");
}
