//! Sign-in, sessions, sign-out.

use regain_core::time::Duration;

use crate::support::{PASSWORD, SESSION, TestApp};

#[tokio::test]
async fn r65_username_next_password_sign_in() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    let page = browser.get("/").await;
    page.assert_shows("Sign in").assert_shows("Username").assert_hides("Password");
    let page = browser.post("/signin", &[("step", "username"), ("username", " ANA@contoso.example ")]).await;
    page.assert_shows("Enter your password").assert_shows("ANA@contoso.example");
    assert_eq!(page.input("username"), "ANA@contoso.example");
    let fields = [("step", "password"), ("username", "ANA@contoso.example"), ("password", PASSWORD)];
    let reply = browser.post_raw("/signin", &fields).await;
    assert_eq!((reply.status, reply.location()), (303, "/"));
    assert!(browser.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn r107_the_way_back_in_is_one_link_away_and_knows_the_name() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let page = browser.get("/signin?username=ana%40contoso.example").await;
    assert_eq!(page.input("username"), "ana@contoso.example");
    page.assert_shows("Can’t access your account?");
    assert!(page.body.contains("/reset?username=ana"), "{}", page.body);
    let page = browser.post("/signin", &[("username", "bo@contoso.example")]).await;
    assert!(page.body.contains("/reset?username=bo"), "{}", page.body);
    assert!(page.body.contains("/signin?username=bo"), "the way back: {}", page.body);
}

#[tokio::test]
async fn nothing_typed_is_told_and_what_was_typed_stays() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let page = browser.post("/signin", &[("step", "username"), ("username", "  ")]).await;
    assert_eq!(page.status, 200);
    page.assert_shows("There is a problem").assert_shows("Enter your username");
    let page = browser.post("/signin", &[("step", "password"), ("username", "ana"), ("password", "")]).await;
    page.assert_shows("Enter your password").assert_shows("There is a problem");
    assert_eq!(page.input("username"), "ana");
    assert_eq!(app.audit().await, [], "nothing was tried");
    browser.get("/signin").await.assert_shows("Username").assert_hides("There is a problem");
}

#[tokio::test]
async fn t8_a_wrong_password_an_unknown_name_and_a_blocked_account_read_the_same() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut blocked = app.add_user("bea").await;
    blocked.blocked = true;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&blocked).await.unwrap();
    tx.commit().await.unwrap();
    let mut pages = Vec::new();
    for (name, password) in [("ana", "wrong"), ("eva", "wrong"), ("bea", "wrong"), ("bea", PASSWORD)] {
        let mut browser = app.browser();
        let reply = browser.try_sign_in(name, password).await;
        assert_eq!((reply.status, reply.location()), (303, "/signin?password"), "{name}");
        let page = browser.follow(reply).await;
        page.assert_shows("Your username or password is incorrect.");
        assert!(browser.token().is_empty(), "{name}");
        let text = page.text().replace(&format!("{name}@contoso.example"), "NAME");
        pages.push(text.split("Support code").next().unwrap_or_default().to_owned());
    }
    assert!(pages.iter().all(|page| *page == pages[0]), "{pages:#?}");
}

#[tokio::test]
async fn t8_every_wrong_password_and_pass_costs_the_disk_the_same_whoever_it_is_tried_for() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut costs = Vec::new();
    for name in ["ana", "eva"] {
        let mut browser = app.browser();
        // Another guess each time but for the last, which is repeated, and one that is nobody's.
        let long = "a".repeat(2_000);
        for password in ["one", "two", "three", "three", &long] {
            let before = app.engine.store.writing().transactions;
            browser.try_sign_in(name, password).await;
            costs.push(app.engine.store.writing().transactions - before);
        }
    }
    assert_eq!(costs[..5], costs[5..], "{costs:?}");
    assert!(costs[..4].iter().all(|cost| *cost == costs[0]), "{costs:?}");
}

#[tokio::test]
async fn a_guess_that_is_repeated_is_written_down_with_the_others() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    browser.try_sign_in("ana", "another").await;
    let before = app.rows().await;
    for _ in 0..15 {
        browser.try_sign_in("ana", "wrong").await;
    }
    assert!(app.rows().await - before <= 5, "{} rows", app.rows().await - before);
}

#[tokio::test]
async fn a_typed_name_that_is_nobodys_is_not_written_down() {
    let app = TestApp::start().await;
    app.browser().try_sign_in("my-password-in-the-wrong-field", "wrong").await;
    let mut tx = app.engine.store.read().await.unwrap();
    let rows = tx.audit_chain(0, 10).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert!(!format!("{rows:?}").contains("wrong-field"), "{rows:?}");
}

#[tokio::test]
async fn t87_people_land_where_they_were_going_and_never_elsewhere() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let page = app.browser().get("/security-info/change-password?x=%C3%A9").await;
    let next = page.input("next");
    assert_eq!(next, "/security-info/change-password?x=%C3%A9");
    let mut browser = app.browser();
    let page = browser.post("/signin", &[("username", "ana"), ("next", &next)]).await;
    assert_eq!(page.input("next"), next);
    let refused = browser.try_sign_in_to("ana", "wrong", &next).await;
    assert_eq!(browser.follow(refused).await.input("next"), next, "also past a refusal");
    assert_eq!(browser.try_sign_in_to("ana", PASSWORD, &next).await.location(), next);
    for away in [
        "//evil.example",
        "/\\evil.example",
        "https:evil",
        "javascript:x",
        "\t//evil",
        "/\t/evil",
        "/signout",
    ] {
        let reply = browser.try_sign_in_to("ana", PASSWORD, away).await;
        assert_eq!(reply.location(), "/", "{away:?}");
    }
}

#[tokio::test]
async fn who_holds_a_role_lands_in_the_portal() {
    let app = TestApp::start().await;
    let reader = app.add_user("rea").await;
    app.grant(&reader, "reports_reader").await;
    assert_eq!(app.browser().try_sign_in("rea", PASSWORD).await.location(), "/admin");
}

#[tokio::test]
async fn t90_sign_in_gives_a_new_token_and_ends_the_old_session() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut planted = app.browser();
    planted.cookies.insert(SESSION.to_owned(), "planted".to_owned());
    planted.sign_in("ana").await;
    assert_ne!(planted.token(), "planted");
    let mut old = planted.clone();
    planted.sign_in("ana").await;
    assert_ne!(planted.token(), old.token());
    assert_eq!(old.get_raw("/security-info/change-password").await.status, 303, "the old one is dead");
    assert_eq!(planted.get_raw("/security-info/change-password").await.status, 200);
}

#[tokio::test]
async fn t93_sign_out_idle_and_absolute_end_on_the_server() {
    const PAGE: &str = "/security-info/change-password";
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    let mut kept = browser.clone();
    let page = browser.post("/signout", &[]).await;
    page.assert_shows("You have signed out.");
    assert!(browser.token().is_empty());
    assert!(
        kept.get_raw(PAGE).await.location().starts_with("/signin"),
        "the token is dead, not only forgotten"
    );

    browser.sign_in("ana").await;
    app.advance(Duration::from_secs(15 * 60 - 1));
    assert_eq!(browser.get_raw(PAGE).await.status, 200);
    app.advance(Duration::from_secs(15 * 60 + 1));
    assert!(browser.get_raw(PAGE).await.location().starts_with("/signin"));

    browser.sign_in("ana").await;
    for _ in 0..5 {
        app.advance(Duration::from_mins(11));
        assert_eq!(browser.get_raw(PAGE).await.status, 200);
    }
    app.advance(Duration::from_mins(5));
    assert!(browser.get_raw(PAGE).await.location().starts_with("/signin"), "an hour is the end");
}

#[tokio::test]
async fn t93_an_administrators_session_ends_after_eight_hours() {
    const PAGE: &str = "/security-info/change-password";
    let app = TestApp::start().await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
    let mut browser = app.browser();
    browser.try_sign_in("admin", PASSWORD).await;
    for _ in 0..47 {
        app.advance(Duration::from_mins(10));
        assert_eq!(browser.get_raw(PAGE).await.status, 200);
    }
    app.advance(Duration::from_mins(10));
    assert!(browser.get_raw(PAGE).await.location().starts_with("/signin"));
}

#[tokio::test]
async fn t94_a_blocked_person_loses_the_session_at_once() {
    let app = TestApp::start().await;
    let mut ana = app.add_user("ana").await;
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    ana.blocked = true;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&ana).await.unwrap();
    tx.commit().await.unwrap();
    assert!(browser.get_raw("/security-info/change-password").await.location().starts_with("/signin"));
}

#[tokio::test]
async fn t95_cookies_have_every_attribute() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let reply = app.browser().try_sign_in("ana", PASSWORD).await;
    let cookies: Vec<_> =
        reply.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(cookies.iter().any(|cookie| cookie.starts_with(SESSION)), "{cookies:?}");
    for cookie in cookies {
        assert!(cookie.starts_with("__Host-") && cookie.len() < 4096, "{cookie}");
        for attribute in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite="] {
            assert!(cookie.contains(attribute), "{attribute} is missing from {cookie}");
        }
        assert!(!cookie.contains("Domain") && !cookie.contains("Expires"), "{cookie}");
    }
}

#[tokio::test]
async fn t96_a_row_id_or_anything_but_the_token_opens_nothing() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    let mut tx = app.engine.store.read().await.unwrap();
    let session = tx.sessions_of(ana.id).await.unwrap().remove(0);
    drop(tx);
    let hash = data_encoding::BASE64URL_NOPAD.encode(&session.token_hash);
    for token in [session.id.to_string(), hash, String::new(), "A".repeat(43)] {
        let mut thief = app.browser();
        thief.cookies.insert(SESSION.to_owned(), token.clone());
        let reply = thief.get_raw("/security-info/change-password").await;
        assert!(reply.location().starts_with("/signin"), "{token}");
    }
}

#[tokio::test]
async fn sign_in_and_sign_out_are_audited_under_one_support_code() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    browser.try_sign_in("ana", "wrong").await;
    browser.sign_in("ana").await;
    browser.post("/signout", &[]).await;
    let mut tx = app.engine.store.read().await.unwrap();
    let rows = tx.audit_chain(0, 10).await.unwrap();
    let seen: Vec<_> =
        rows.iter().map(|row| (row.record.activity.as_str(), row.record.result.as_str())).collect();
    let expected =
        [("Sign-in activity", "failure"), ("Sign-in activity", "success"), ("Sign-out activity", "success")];
    assert_eq!(seen, expected);
    assert_eq!(rows[1].record.correlation, rows[2].record.correlation);
    assert_eq!(rows[1].record.actor_upn, "ana@contoso.example");
    assert!(!format!("{rows:?}").contains(PASSWORD));
}

#[tokio::test]
async fn a_weak_hash_is_replaced_at_the_next_sign_in() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let engine = &app.engine;
    let quick = engine.hasher.hash_import(&PASSWORD.into(), engine.new_salt()).unwrap();
    let mut tx = engine.store.write().await.unwrap();
    let row = tx.password(ana.id).await.unwrap().unwrap();
    tx.set_password(&regain_store::Password { verifier: quick, imported: true, ..row }).await.unwrap();
    tx.commit().await.unwrap();
    app.browser().sign_in("ana").await;
    let row = engine.store.read().await.unwrap().password(ana.id).await.unwrap().unwrap();
    assert!(row.verifier.starts_with("$argon2id$") && !row.imported, "{}", row.verifier);
    app.browser().sign_in("ana").await;
}

#[tokio::test]
async fn a_verifier_that_is_strengthened_while_somebody_signs_in_leaves_the_password_right() {
    use regain_server::attempt::Tried;
    use regain_server::jobs::harden_imports::harden_imports;
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let engine = &app.engine;
    let quick = engine.hasher.hash_import(&PASSWORD.into(), engine.new_salt()).unwrap();
    let mut tx = engine.store.write().await.unwrap();
    let row = tx.password(ana.id).await.unwrap().unwrap();
    tx.set_password(&regain_store::Password { verifier: quick, imported: true, ..row }).await.unwrap();
    tx.commit().await.unwrap();
    let visit = regain_app::visit::Visit {
        address: regain_core::network::Source::Unknown,
        client: String::new(),
        locale: regain_app::text::Locale::English,
        zone: regain_app::text::Zone::default(),
        path: "/signin".to_owned(),
        query: String::new(),
        support_code: "7KQ2-M9XD".to_owned(),
        nonce: String::new(),
        session: None,
        session_token: None,
        flow_token: None,
        finish_token: None,
        browser: None,
        flow_id: None,
        keeps_cookies: true,
        form: regain_core::form::FormState::default(),
        posted: None,
        demo: false,
    };
    let tried = engine.try_password(&visit, "ana@contoso.example", &PASSWORD.into()).await;
    let Ok(Tried::Right(right)) = tried else { panic!("the password is right") };
    harden_imports(engine).await.unwrap();
    let mut tx = engine.store.write().await.unwrap();
    assert!(
        engine.settle(&mut *tx, &right).await.unwrap(),
        "the job changed the verifier, nobody the password"
    );
    app.advance(std::time::Duration::from_secs(1));
    let changed = regain_store::Password { set_at: app.now(), ..right.password.clone() };
    tx.set_password(&changed).await.unwrap();
    assert!(!engine.settle(&mut *tx, &right).await.unwrap(), "a password that was set since is another one");
}
