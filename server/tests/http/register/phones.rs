//! Calls, office phones, and numbers that take the place of others.

use regain_core::method::{Method, MethodSet};
use regain_core::policy::Scope;
use regain_core::time::Duration;

use crate::support::TestApp;

#[tokio::test]
async fn a_number_is_proved_by_a_call() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let page = browser.post("/register/method", &[("method", "mobile_phone")]).await;
    page.assert_shows("Text me a code").assert_shows("Call me");
    browser
        .post("/register/phone", &[("number", "+371 20000001"), ("delivery", "call")])
        .await
        .assert_shows("We are calling +371 20000001");
    let messages = app.messages_to("+37120000001").await;
    assert_eq!(messages[0].channel, "voice");
    let code = app.code_for("+37120000001").await;
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("Phone added");
}

#[tokio::test]
async fn an_office_phone_is_added_with_its_extension() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    app.set_policy(|policy| policy.methods.insert(Method::OfficePhone)).await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let fields = [("way", "add"), ("method", "office_phone")];
    browser.post("/register/method", &fields).await.assert_shows("Extension").assert_hides("Text me a code");
    let typed = |extension| {
        [("way", "add"), ("kind", "office_phone"), ("number", "+371 67000001"), ("extension", extension)]
    };
    browser.post("/register/phone", &typed("12a")).await.assert_shows("up to 10 digits");
    browser.post("/register/phone", &typed("123")).await.assert_shows("We are calling");
    let code = app.code_for("+37167000001").await;
    browser.post("/register/code", &[("way", "add"), ("code", &code)]).await;
    let rows = app.methods_of(&user).await;
    assert_eq!(
        (rows[0].method.as_str(), rows[0].destination.as_deref()),
        ("office_phone", Some("+37167000001"))
    );
    let extension = app.engine.store.read().await.unwrap().extension(rows[0].id).await.unwrap();
    assert_eq!(extension.as_deref(), Some("123"));
}

#[tokio::test]
async fn a_number_is_registered_in_any_spelling_and_once() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    app.add_phone(&user, "+5215512345678").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    for same in ["+52 55 1234 5678", "+52 (1) 55 1234 5678", "0052 ٥٥ ١٢٣٤ ٥٦٧٨"] {
        browser
            .post("/register/phone", &[("way", "add"), ("number", same)])
            .await
            .assert_shows("You have this number already");
    }
    for (impossible, problem) in
        [("+371 2000000", "too few digits"), ("+47 412 3456", "Phone numbers in this country have")]
    {
        let page = browser.post("/register/phone", &[("way", "add"), ("number", impossible)]).await;
        page.assert_shows(problem);
        assert_eq!(page.input("number"), impossible);
    }
    let fields = [("way", "add"), ("country", "LV"), ("number", "371 20 000 009")];
    browser.post("/register/phone", &fields).await.assert_shows("+371 20000009");
    assert_eq!(app.messages_to("+37120000009").await.len(), 1);
}

#[tokio::test]
async fn an_extension_is_read_from_behind_the_number_and_from_its_own_field() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    app.set_policy(|policy| policy.methods.insert(Method::OfficePhone)).await;
    for (name, number, extension) in [
        ("ana", "tel:+371-67000001;ext=123", ""),
        ("bob", "+371 67000002", "١٢٣"),
        ("cy", "+371 67000003", "123"),
    ] {
        let user = app.add_user(name).await;
        let mut browser = app.session(&user).await;
        let fields = [("way", "add"), ("kind", "office_phone"), ("number", number), ("extension", extension)];
        browser.post("/register/phone", &fields).await.assert_shows("We are calling");
        let to = regain_core::contact::PhoneNumber::parse(number, None).unwrap().e164();
        let code = app.code_for(&to).await;
        browser.post("/register/code", &[("way", "add"), ("code", &code)]).await;
        let rows = app.methods_of(&user).await;
        let kept = app.engine.store.read().await.unwrap().extension(rows[0].id).await.unwrap();
        assert_eq!(kept.as_deref(), Some("123"), "{number}");
    }
}

#[tokio::test]
async fn t65_a_changed_number_counts_for_a_day_beside_an_older_method_only_and_the_old_one_is_told() {
    let app = TestApp::start().await;
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods = MethodSet::of(&[Method::Email, Method::MobilePhone]);
    })
    .await;
    let user = app.add_user("ana").await;
    app.add_email(&user, "ana@mail.example").await;
    let old = app.add_phone(&user, "+37120000001").await.to_string();
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    app.advance(Duration::from_secs(1));
    let fields = [("way", "add"), ("number", "+371 20000002"), ("replaces", old.as_str())];
    browser.post("/register/phone", &fields).await;
    let code = app.code_for("+37120000002").await;
    browser.post("/register/code", &[("way", "add"), ("code", &code)]).await;
    let told = app.messages_to("+37120000001").await;
    assert!(told.iter().any(|message| message.text.contains("replaced")), "the old number hears of it");
    browser.get("/security-info").await.assert_shows("only together with an older method");
    assert!(can_reset(&app, &user).await, "beside the address");
    // A new address as well: all that there is is new.
    browser.post("/register/email", &[("way", "add"), ("email", "eve@evil.example")]).await;
    let code = app.code_for("eve@evil.example").await;
    browser.post("/register/code", &[("way", "add"), ("code", &code)]).await;
    assert!(!can_reset(&app, &user).await);
    app.advance(Duration::from_hours(24));
    assert!(can_reset(&app, &user).await);
}

#[tokio::test]
async fn t65_removing_and_adding_is_changing() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let old = app.add_phone(&user, "+37120000001").await.to_string();
    let mut browser = app.session(&user).await;
    app.prove_by(&user, "mobile_phone").await;
    browser.post("/security-info/remove", &[("id", &old)]).await;
    for (path, field, destination) in [
        ("/register/phone", ("number", "+371 20000002"), "+37120000002"),
        ("/register/email", ("email", "eve@evil.example"), "eve@evil.example"),
    ] {
        browser.post(path, &[("way", "add"), field]).await;
        let code = app.code_for(destination).await;
        browser.post("/register/code", &[("way", "add"), ("code", &code)]).await.assert_shows("added");
    }
    assert!(!can_reset(&app, &user).await);
}

#[tokio::test]
async fn t62_a_number_that_costs_extra_is_refused_at_its_field() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    app.set_policy(|policy| policy.methods.insert(Method::OfficePhone)).await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    for (kind, country, number) in [
        ("mobile_phone", "", "+371 90000001"),
        ("mobile_phone", "LV", "9000 0001"),
        ("office_phone", "", "0044 909 879 0000"),
        ("mobile_phone", "", "+1 (900) 555-0123"),
    ] {
        let fields = [("way", "add"), ("kind", kind), ("country", country), ("number", number)];
        let page = browser.post("/register/phone", &fields).await;
        page.assert_shows("There is a problem").assert_shows("cost extra");
        assert_eq!(page.input("number"), number);
    }
    assert!(app.messages_to("90").await.is_empty());
}

#[tokio::test]
async fn t62_a_number_that_costs_extra_counts_as_none_wherever_it_came_from() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let (ana, bob) = (app.add_user("ana").await, app.add_user("bob").await);
    for user in [&ana, &bob] {
        app.add_email(user, &format!("{}@mail.example", user.display_name)).await;
    }
    app.add_phone(&ana, "+37190000001").await;
    app.execute("UPDATE users SET mobile_phone = '+371 90000001' WHERE upn_key = 'bob@contoso.example'")
        .await;
    assert!(!can_reset(&app, &ana).await && !can_reset(&app, &bob).await);
    app.execute("UPDATE users SET mobile_phone = '+371 20000001'").await;
    assert!(can_reset(&app, &ana).await && can_reset(&app, &bob).await);
}

/// Whether the person has enough to reset with, now.
pub(crate) async fn can_reset(app: &TestApp, user: &regain_store::User) -> bool {
    let mut tx = app.engine.store.read().await.unwrap();
    let person = regain_server::person::Person::load(&app.engine, &mut *tx, user.id).await.unwrap().unwrap();
    regain_core::eligibility::check(&person.facts()).is_ok()
}
