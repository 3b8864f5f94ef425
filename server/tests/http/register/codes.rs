//! Addresses and numbers, and the codes that prove them.

use regain_core::method::Method;
use regain_core::time::Duration;
use regain_server::people::Actor;

use super::{choose, register_email, register_phone};
use crate::support::TestApp;

#[tokio::test]
async fn security_r2_the_mailbox_of_the_password_is_refused() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    choose(&mut browser, Method::Email).await;
    for address in [
        "ana@contoso.example",
        "else@CONTOSO.example",
        "",
        "nobody",
        "a@b@mail.example",
        "a@mail.example, b@mail.example",
    ] {
        let reply = browser.post("/register/email", &[("email", address)]).await;
        reply.assert_shows("There is a problem");
        assert_eq!(reply.input("email"), address);
    }
    assert!(app.messages_to("example").await.is_empty());
}

#[tokio::test]
async fn t10_an_address_that_somebody_else_has_gets_the_same_answer() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let victim = app.add_user("victim").await;
    app.add_email(&victim, "victim@mail.example").await;
    let user = app.add_user("mallory").await;
    let mut browser = app.session(&user).await;
    choose(&mut browser, Method::Email).await;
    let reply = browser.post("/register/email", &[("email", "victim@mail.example")]).await;
    reply.assert_shows("Enter the code we sent").assert_shows("We sent it to victim@mail.example");
    assert_eq!(app.messages_to("victim@mail.example").await.len(), 1);
}

#[tokio::test]
async fn t73_only_the_address_to_which_the_code_went_is_added() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("mallory").await;
    let mut browser = app.session(&user).await;
    browser
        .post("/register/email", &[("email", "mine@mail.example")])
        .await
        .assert_shows("Enter the code we sent");
    let code = app.code_for("mine@mail.example").await;
    app.advance(Duration::from_secs(31));
    browser
        .post("/register/email", &[("email", "victim@mail.example")])
        .await
        .assert_shows("Enter the code we sent");
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("There is a problem");
    assert!(app.methods_of(&user).await.is_empty());
    let code = app.code_for("victim@mail.example").await;
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("Email added");
    let methods = app.methods_of(&user).await;
    assert_eq!(methods.len(), 1);
    assert_eq!(methods[0].destination.as_deref(), Some("victim@mail.example"));
    // The same code a second time adds nothing more.
    browser.post("/register/code", &[("code", &code)]).await;
    assert_eq!(app.methods_of(&user).await.len(), 1);
}

#[tokio::test]
async fn a_refused_new_address_leaves_the_old_code_in_force() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    browser.post("/register/email", &[("email", "ana@mail.example")]).await;
    let reply = browser.post("/register/email", &[("email", "other@mail.example")]).await;
    reply.assert_shows("A code is on its way");
    let code = app.code_for("ana@mail.example").await;
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("Email added");
}

#[tokio::test]
async fn wrong_codes_are_refused_and_the_third_kills() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    browser.post("/register/email", &[("email", "ana@mail.example")]).await;
    let code = app.code_for("ana@mail.example").await;
    let wrong = if code.starts_with('9') { "10000000" } else { "90000000" };
    for typed in ["", "abcdef", "123"] {
        browser.post("/register/code", &[("code", typed)]).await.assert_shows("There is a problem");
    }
    for _ in 0..2 {
        browser.post("/register/code", &[("code", wrong)]).await.assert_shows("That code is not right");
    }
    browser.post("/register/code", &[("code", wrong)]).await.assert_shows("no longer works");
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("no longer works");
    assert!(app.methods_of(&user).await.is_empty());
}

#[tokio::test]
async fn r138_a_code_dies_after_five_minutes_and_a_new_one_can_be_asked_for() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    browser.post("/register/email", &[("email", "ana@mail.example")]).await;
    let code = app.code_for("ana@mail.example").await;
    browser.post("/register/resend", &[]).await.assert_shows("A code is on its way");
    app.advance(Duration::from_secs(5 * 60 + 1));
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("it has expired");
    browser.post("/register/resend", &[]).await.assert_shows("A new code is on its way");
    let code = app.code_for("ana@mail.example").await;
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("Email added");
}

#[tokio::test]
async fn a_code_with_blanks_is_the_same_code() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    browser.post("/register/email", &[("email", " ana@mail.example ")]).await;
    let code = app.code_for("ana@mail.example").await;
    let typed = format!(" {} {} ", &code[..4], &code[4..]);
    browser.post("/register/code", &[("code", &typed)]).await.assert_shows("Email added");
}

#[tokio::test]
async fn r84_after_a_quarter_of_an_hour_the_wizard_asks_for_sign_in() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    choose(&mut browser, Method::Email).await;
    for _ in 0..2 {
        // The session stays in use.
        app.advance(Duration::from_secs(451));
        browser.get("/register").await.assert_shows("Keep your account secure");
    }
    let reply =
        browser.post_raw("/register/email", &[("email", "ana@mail.example"), ("next", "/admin")]).await;
    assert!(reply.location().starts_with("/signin?next=%2Fregister%3Fnext"), "{}", reply.location());
    assert!(app.messages_to("ana@mail.example").await.is_empty());
    assert_eq!(browser.get_raw("/register").await.status, 303);
}

#[tokio::test]
async fn phone_numbers_in_any_form_are_one_number() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    choose(&mut browser, Method::MobilePhone).await.assert_shows("Text me a code");
    for (country, number) in
        [("LV", ""), ("LV", "12"), ("LV", "not a number"), ("", "20123456"), ("LV", "99999999999999999999")]
    {
        let reply = browser.post("/register/phone", &[("country", country), ("number", number)]).await;
        reply.assert_shows("There is a problem");
        assert_eq!(reply.input("number"), number);
    }
    browser
        .post("/register/phone", &[("country", "LV"), ("number", "20 123-456")])
        .await
        .assert_shows("+371 20123456");
    let code = app.code_for("+37120123456").await;
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("Phone added");
    assert_eq!(app.methods_of(&user).await[0].destination.as_deref(), Some("+37120123456"));
    browser
        .post("/register/phone", &[("number", "00371 20123456")])
        .await
        .assert_shows("You have this number already");
}

#[tokio::test]
async fn r87_a_third_phone_is_refused() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    app.add_phone(&user, "+37120000001").await;
    app.add_phone(&user, "+37120000002").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    browser.get("/security-info/add").await.assert_shows("You have 2 of these");
    let reply = browser.post("/register/method", &[("way", "add"), ("method", "mobile_phone")]).await;
    reply.assert_shows("There is a problem").assert_shows("You have 2 of these");
    let reply = browser.post("/register/phone", &[("way", "add"), ("number", "+371 20000003")]).await;
    reply.assert_shows("You have 2 of these");
    assert!(app.messages_to("+37120000003").await.is_empty());
}

#[tokio::test]
async fn r101_a_changed_address_takes_the_place_of_the_old_one_and_both_are_told() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    app.add_email(&user, "old@mail.example").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    assert_eq!(browser.get("/security-info/add/email").await.input("email"), "old@mail.example");
    browser.post("/register/email", &[("way", "add"), ("email", "new@mail.example")]).await;
    let code = app.code_for("new@mail.example").await;
    browser.post("/register/code", &[("way", "add"), ("code", &code)]).await.assert_shows("Email added");
    let methods = app.methods_of(&user).await;
    assert_eq!(methods.len(), 1);
    assert_eq!(methods[0].destination.as_deref(), Some("new@mail.example"));
    for address in ["old@mail.example", "new@mail.example", "ana@contoso.example"] {
        let messages = app.messages_to(address).await;
        assert!(messages.iter().any(|message| message.subject.contains("added")), "{address} was not told");
    }
    assert!(app.has_record("User updated security info", "success").await);
}

#[tokio::test]
async fn a_phone_can_be_changed_where_there_are_two() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let first = app.add_phone(&user, "+37120000001").await.to_string();
    app.add_phone(&user, "+37120000002").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    let page = browser.get(&format!("/security-info/add/phone?replaces={first}")).await;
    assert_eq!(page.input("replaces"), first);
    assert_eq!(page.input("number"), "+371 20000001");
    browser
        .post("/register/phone", &[("way", "add"), ("number", "+371 20000003"), ("replaces", &first)])
        .await;
    let code = app.code_for("+37120000003").await;
    browser.post("/register/code", &[("way", "add"), ("code", &code)]).await.assert_shows("Phone added");
    let numbers: Vec<_> = app.methods_of(&user).await.into_iter().filter_map(|row| row.destination).collect();
    assert_eq!(numbers, ["+37120000003", "+37120000002"], "R104: the first one stays the first");
}

#[tokio::test]
async fn back_and_a_second_tab_lead_to_the_step_that_is_due() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    browser.get("/register/code").await.assert_shows("Which method do you want to add?");
    browser.get("/register/app").await.assert_shows("Which method do you want to add?");
    browser.get("/register/added?method=email").await.assert_shows("Keep your account secure");
    browser.get("/register/questions").await.assert_shows("Which method do you want to add?");
    browser.post("/register/email", &[("email", "ana@mail.example")]).await;
    browser.get("/register/app").await.assert_shows("Enter the code we sent");
    let mut tab = browser.clone();
    let code = app.code_for("ana@mail.example").await;
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("Email added");
    // Tabs share their cookies.
    tab.cookies.clone_from(&browser.cookies);
    tab.post("/register/code", &[("code", &code)]).await.assert_shows("1 of 2 added");
    tab.post("/register/resend", &[]).await.assert_shows("Which method do you want to add?");
    assert_eq!(app.methods_of(&user).await.len(), 1);
}

#[tokio::test]
async fn where_a_person_was_going_survives_the_wizard() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let page = browser.get("/register?next=%2Fsecurity-info%3Fx%3D1").await;
    assert!(page.body.contains("/register/method?next=%2Fsecurity"));
    assert_eq!(page.input("next"), "/security-info?x=1");
    let page = browser.get("/register/method?next=%2Fsecurity-info%3Fx%3D1").await;
    assert_eq!(page.input("next"), "/security-info?x=1");
    let reply =
        browser.post_raw("/register/method", &[("method", "email"), ("next", "/security-info?x=1")]).await;
    let page = browser.get(reply.location()).await;
    assert_eq!(page.input("next"), "/security-info?x=1");
}

#[tokio::test]
async fn t62_the_sixth_text_of_a_day_is_not_sent() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    for index in 0..6 {
        let mut browser = app.session(&user).await;
        let number = format!("+371 2000000{index}");
        browser.post("/register/phone", &[("number", &number)]).await;
        app.run_jobs().await;
        app.advance(Duration::from_secs(800));
    }
    assert_eq!(app.messages_to("+3712000000").await.len(), 5);
    let mut browser = app.session(&user).await;
    register_email(&app, &mut browser, "ana@mail.example").await.assert_shows("Email added");
}

#[tokio::test]
async fn r85_a_phone_is_a_second_factor_of_the_session_that_registered_it() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let mut other = browser.clone();
    register_phone(&app, &mut browser, "+371 20000001").await.assert_shows("Phone added");
    browser.get("/security-info").await.assert_shows("+371 20000001");
    // The token changed with it: what was copied before is worth nothing.
    assert_eq!(other.get_raw("/security-info").await.status, 303);
    let mut later = app.session(&user).await;
    let reply = later.get_raw("/security-info").await;
    assert!(reply.location().starts_with("/signin/verify"), "{}", reply.location());
}

#[tokio::test]
async fn a_right_code_beside_another_address_is_served() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    for round in 0..6 {
        let user = app.add_user(&format!("person{round}")).await;
        let address = format!("person{round}@mail.example");
        let mut browser = app.session(&user).await;
        browser.post("/register/email", &[("email", &address)]).await;
        let code = app.code_for(&address).await;
        app.advance(Duration::from_secs(31));
        let (mut one, mut other) = (browser.clone(), browser.clone());
        let (code, another) = ([("code", code.as_str())], [("email", "another@mail.example")]);
        let (right, begun) =
            tokio::join!(one.post_raw("/register/code", &code), other.post_raw("/register/email", &another));
        assert!(right.status < 500 && begun.status < 500, "{} {}", right.status, begun.status);
    }
}

#[tokio::test]
async fn r84_a_method_chosen_again_after_the_quarter_of_an_hour_asks_for_sign_in() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    for (path, field) in
        [("/register/method", ("method", "email")), ("/register/phone", ("number", "+371 20000001"))]
    {
        let mut browser = app.session(&user).await;
        choose(&mut browser, Method::Email).await;
        app.advance(Duration::from_secs(400));
        // A choice in between begins nothing anew.
        choose(&mut browser, Method::AppCode).await.assert_shows("Scan");
        app.advance(Duration::from_secs(501));
        let reply = browser.post_raw(path, &[field, ("next", "/admin")]).await;
        assert!(
            reply.location().starts_with("/signin?next=%2Fregister%3Fnext"),
            "{path}: {}",
            reply.location()
        );
        assert_eq!(browser.get_raw("/register").await.status, 303, "{path}: the session is over");
    }
    let mut browser = app.session(&user).await;
    register_email(&app, &mut browser, "ana@mail.example").await.assert_shows("Email added");
}

#[tokio::test]
async fn r84_a_second_factor_of_just_now_is_as_good_as_a_sign_in() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    app.add_phone(&user, "+37120000001").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    app.advance(Duration::from_secs(800));
    browser.get("/security-info").await;
    app.advance(Duration::from_secs(800));
    app.prove(&user).await;
    register_email(&app, &mut browser, "ana@mail.example").await.assert_shows("That is everything you need");
}

#[tokio::test]
async fn a_code_is_confirmed_while_the_methods_are_removed_and_nothing_deadlocks() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    for round in 0..6 {
        let user = app.add_user(&format!("ana{round}")).await;
        let mut browser = app.session(&user).await;
        let address = format!("ana{round}@mail.example");
        browser.post("/register/email", &[("email", &address)]).await;
        let code = app.code_for(&address).await;
        app.add_phone(&user, &format!("+3712000000{round}")).await;
        let server = Actor::console(&app.engine, "test");
        let fields = [("code", code.as_str())];
        // Each ends challenges that the other writes.
        let (reply, removed) = tokio::join!(
            browser.post_raw("/register/code", &fields),
            app.engine.remove_methods(&server, user.id, None),
        );
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert!(removed.is_ok(), "round {round}");
    }
}
