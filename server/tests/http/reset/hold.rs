//! After a reset methods stay as they are for a day (ruling 15), and the next sign-in may take one of its proofs.

use regain_core::method::Method;
use regain_core::policy::{MethodsRequired, Whom};
use regain_core::time::Duration;
use regain_store::User;

use super::walk::{NEW, Walk, alice, open};
use crate::support::{Browser, PASSWORD, Reply, TestApp};

const HOLD: &str = "/security-info/hold";
const HELD: &str = "Your methods stay as they are for now";
const VERIFY: &str = "/signin/verify";
const DAY: Duration = Duration::from_hours(24);

/// alice, who has just reset her password by mail and by text; the browser in which she did.
async fn reset(app: &TestApp) -> Browser {
    let mut walk = Walk::to_password(app).await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    walk.browser
}

/// A browser in which the person has signed in and has just shown a second factor.
async fn fresh(app: &TestApp, user: &User) -> Browser {
    let browser = app.session(user).await;
    app.prove(user).await;
    browser
}

/// Every way to change a method ends at the page that says why not.
async fn assert_held(app: &TestApp, browser: &mut Browser, user: &User) {
    let before = app.methods_of(user).await;
    let id = before[0].id.to_string();
    for page in ["/security-info/add", "/security-info/add/email", &format!("/security-info/remove?id={id}")]
    {
        let reply = browser.get_raw(page).await;
        assert!(reply.location().starts_with(HOLD), "{page}: {}", reply.location());
    }
    for (path, fields) in [
        ("/security-info/add", &[("method", "email"), ("way", "add")][..]),
        ("/register/method", &[("method", "app_code")]),
        ("/register/email", &[("email", "thief@mail.example")]),
        ("/security-info/remove", &[("id", &id)]),
    ] {
        let reply = browser.post_raw(path, fields).await;
        assert!(!reply.location().contains("removed"), "{path}");
    }
    assert_eq!(app.methods_of(user).await, before);
    browser.get(HOLD).await.assert_shows(HELD);
}

#[tokio::test]
async fn for_a_day_no_method_is_added_replaced_or_removed() {
    let app = open().await;
    let user = alice(&app).await;
    reset(&app).await;
    let mut browser = fresh(&app, &user).await;
    assert_held(&app, &mut browser, &user).await;
    let page = browser.get("/security-info").await;
    page.assert_shows(HELD).assert_shows("no method and no address is added, replaced or removed");
    // Both of her methods took part: nothing could agree.
    browser.get(HOLD).await.assert_shows("no other older method that could agree");
    assert_eq!(browser.get_raw("/signin/verify?next=%2Fsecurity-info%2Fhold").await.location(), HOLD);
    // A name is no method.
    let id = app.methods_of(&user).await[0].id.to_string();
    let reply = browser.post_raw("/security-info/rename", &[("id", &id), ("label", "Work")]).await;
    assert_eq!(reply.location(), "/security-info?renamed");

    app.advance(DAY);
    let mut browser = fresh(&app, &user).await;
    browser.get("/security-info").await.assert_hides(HELD);
    assert_eq!(browser.get_raw("/security-info/add").await.status, 200);
    let reply = browser.post_raw("/security-info/remove", &[("id", &id)]).await;
    assert_eq!(reply.location(), "/security-info?removed");
}

#[tokio::test]
async fn the_setting_says_for_how_long_and_none_means_not_at_all() {
    let app = open().await;
    let user = alice(&app).await;
    reset(&app).await;
    app.set_methods_policy(|policy| policy.hold_hours = 0).await;
    let mut browser = fresh(&app, &user).await;
    assert_eq!(browser.get_raw("/security-info/add").await.status, 200);
    app.set_methods_policy(|policy| policy.hold_hours = 72).await;
    app.advance(2 * DAY + Duration::from_mins(24 * 60 - 1));
    let mut browser = fresh(&app, &user).await;
    assert_held(&app, &mut browser, &user).await;
    app.advance(Duration::from_mins(1));
    assert_eq!(browser.get_raw("/security-info/add").await.status, 200);
}

/// Shows the code of an app where an older method agrees.
async fn agree(browser: &mut Browser, code: &str) -> Reply {
    let page = browser.get("/signin/verify?next=%2Fsecurity-info%2Fhold").await;
    page.assert_shows("add, replace or remove methods");
    let fields = [("factor", page.input("factor")), ("next", page.input("next"))];
    let [(_, factor), (_, next)] = fields;
    browser.post(VERIFY, &[("factor", &factor), ("next", &next), ("code", code)]).await
}

#[tokio::test]
async fn an_older_method_that_took_no_part_agrees_to_changes_for_a_while() {
    let app = open().await;
    let user = alice(&app).await;
    let seed = app.add_app(&user).await;
    app.advance(Duration::from_mins(1));
    reset(&app).await;
    let mut browser = fresh(&app, &user).await;
    assert_held(&app, &mut browser, &user).await;
    browser.get(HOLD).await.assert_shows("Agree with an older method");
    // A second factor that was shown for something else is no agreement, and a wrong code none either.
    let right = app.app_code(&seed, 0);
    agree(&mut browser, &super::walk::wrong(&right)).await.assert_shows("There is a problem");
    assert_held(&app, &mut browser, &user).await;
    agree(&mut browser, &right).await.assert_shows("You can change your methods");
    assert_eq!(browser.get_raw("/security-info/add").await.status, 200);
    let reply = browser
        .post_raw("/security-info/remove", &[("id", &app.methods_of(&user).await[0].id.to_string())])
        .await;
    assert_eq!(reply.location(), "/security-info?removed");
    // In this session, for a quarter of an hour.
    let mut other = fresh(&app, &user).await;
    assert_held(&app, &mut other, &user).await;
    app.advance(Duration::from_mins(14));
    app.prove(&user).await;
    assert_eq!(browser.get_raw("/security-info/add").await.status, 200);
    app.advance(Duration::from_secs(61));
    app.prove(&user).await;
    assert!(browser.get_raw("/security-info/add").await.location().starts_with(HOLD));
}

#[tokio::test]
async fn the_phone_that_approved_does_not_agree_by_its_codes() {
    let app = crate::authenticator::open().await;
    let (user, mut phone) = crate::authenticator::alice(&app).await;
    let seed = app.add_app(&user).await;
    let codes = app.methods_of(&user).await.into_iter().find(|row| row.method == "app_code").unwrap();
    app.execute(
        "UPDATE devices SET code_id = (SELECT id FROM methods WHERE method = 'app_code' AND user_id = devices.user_id)",
    )
    .await;
    app.advance(Duration::from_mins(1));
    let (mut walk, page) = crate::authenticator::asked(&app, "alice@contoso.example").await;
    phone.approve(&page.number()).await;
    walk.by_email("alice@mail.example").await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    let mut browser = fresh(&app, &user).await;
    browser.get(HOLD).await.assert_shows("no other older method that could agree");
    let fields = [("factor", &*codes.id.to_string()), ("next", HOLD), ("code", &app.app_code(&seed, 0))];
    browser.post(VERIFY, &fields).await;
    assert_held(&app, &mut browser, &user).await;
}

#[tokio::test]
async fn the_registration_interrupt_waits_and_lets_people_on() {
    let app = open().await;
    alice(&app).await;
    reset(&app).await;
    // More is asked for than she has.
    app.set_policy(|policy| {
        policy.methods.remove(Method::MobilePhone);
        policy.methods.insert(Method::AppCode);
    })
    .await;
    let mut browser = app.browser();
    assert_eq!(browser.try_sign_in("alice", NEW).await.location(), "/");
    app.advance(DAY);
    let mut browser = app.browser();
    assert!(browser.try_sign_in("alice", NEW).await.location().starts_with("/register"));
}

/// prefilled, whom an administrator gave an address and a number, and who registered nothing.
async fn prefilled(app: &TestApp) -> User {
    let user = app.add_user("alice").await;
    let user = User {
        alternate_email: Some("alice@mail.example".to_owned()),
        mobile_phone: Some("+1 4255550100".to_owned()),
        ..user
    };
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&user).await.unwrap();
    tx.commit().await.unwrap();
    user
}

#[tokio::test]
async fn the_first_methods_are_registered_but_not_in_the_browser_that_did_the_reset_alone() {
    let app = open().await;
    let user = prefilled(&app).await;
    // She signed in at home once.
    let mut home = app.browser();
    home.try_sign_in("alice", PASSWORD).await;
    app.advance(Duration::from_mins(1));
    let mut thief = reset(&app).await;
    let mut stranger = app.browser();
    let email = [("method", "email"), ("way", "add")];
    for browser in [&mut thief, &mut stranger] {
        browser.try_sign_in("alice", NEW).await;
        browser.get("/security-info").await.assert_shows(HELD);
        browser.post("/register/method", &email).await.assert_shows(HELD);
    }
    home.try_sign_in("alice", NEW).await;
    home.post("/register/method", &email).await.assert_shows("What is your email address?");
    let address = "mine@mail.example";
    home.post("/register/email", &[("email", address), ("way", "add")]).await;
    let code = app.code_for(address).await;
    home.post("/register/code", &[("code", &code), ("way", "add")]).await;
    assert_eq!(app.methods_of(&user).await.len(), 1);
    // It is told to every address, the entered one among them.
    let told = app.messages_to("alice@mail.example").await;
    assert!(told.iter().any(|mail| mail.subject.contains("a method was added")), "{told:?}");
}

#[tokio::test]
async fn a_temporary_pass_and_removed_methods_end_the_wait() {
    let app = open().await;
    let user = alice(&app).await;
    reset(&app).await;
    let mut browser = fresh(&app, &user).await;
    assert_held(&app, &mut browser, &user).await;
    app.execute("UPDATE sessions SET pass_id = user_id").await;
    assert_eq!(browser.get_raw("/security-info/add").await.status, 200, "a pass of the help desk");
    app.execute("UPDATE sessions SET pass_id = NULL").await;
    assert!(browser.get_raw("/security-info/add").await.location().starts_with(HOLD));
    // `regain user reset-methods`
    let actor = regain_server::people::Actor::command_line(&app.engine);
    app.engine.remove_methods(&actor, user.id, None).await.unwrap();
    assert_eq!(browser.get_raw("/security-info/add").await.status, 200);
}

/// Signs in with the new password; where that leads.
async fn lands(browser: &mut Browser) -> String {
    browser.try_sign_in("alice", NEW).await.location().to_owned()
}

/// A browser in which alice showed a code of her phone.
async fn known(app: &TestApp) -> Browser {
    let mut browser = app.browser();
    browser.try_sign_in("alice", PASSWORD).await;
    let page = browser.get(VERIFY).await;
    let factor = page.input("factor");
    browser.post("/signin/verify/send", &[("factor", &factor)]).await;
    let code = app.code_for("+14255550100").await;
    browser.post(VERIFY, &[("factor", &factor), ("code", &code)]).await;
    browser.get("/security-info").await.assert_shows("Security info");
    app.advance(Duration::from_mins(20));
    browser
}

#[tokio::test]
async fn the_next_sign_in_takes_a_proof_of_the_reset_once_in_a_known_browser() {
    let app = open().await;
    alice(&app).await;
    app.set_methods_policy(|policy| policy.second_factor = Whom::Everyone).await;
    let mut home = known(&app).await;
    let mut thief = reset(&app).await;
    assert!(lands(&mut thief).await.starts_with(VERIFY), "the browser of the reset was never known");
    assert!(lands(&mut app.browser()).await.starts_with(VERIFY));
    assert_eq!(lands(&mut home).await, "/");
    home.get("/security-info").await.assert_shows("Security info");
    // Never as a fresh one.
    assert!(home.get_raw("/security-info/drill").await.status == 200);
    assert!(home.get_raw("/security-info/remove?id=questions").await.location().starts_with(VERIFY));
    assert!(lands(&mut home).await.starts_with(VERIFY), "once");
}

#[tokio::test]
async fn a_carried_proof_is_no_administrators_nor_late() {
    for (role, minutes, carries) in [("", 14, true), ("user_administrator", 0, false), ("", 16, false)] {
        // Outside demo mode, where administrators are not let off.
        let app = TestApp::start_strict().await;
        app.set_policy(|policy| policy.scope = regain_core::policy::Scope::All).await;
        let user = alice(&app).await;
        app.add_app(&user).await;
        app.set_methods_policy(|policy| policy.second_factor = Whom::Everyone).await;
        if !role.is_empty() {
            app.grant(&user, role).await;
        }
        // Known, and a factor was shown there before.
        let mut home = app.browser();
        home.try_sign_in("alice", PASSWORD).await;
        app.execute("UPDATE browsers SET proved_at = first_at").await;
        app.advance(Duration::from_mins(1));
        let mut tx = app.engine.store.write().await.unwrap();
        tx.begin_hold(&regain_store::Hold {
            user_id: user.id,
            reset_at: app.now(),
            proofs: r#"[{"method":"app_code","method_id":null,"destination":null}]"#.to_owned(),
            approver: None,
            carried_at: None,
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        app.advance(Duration::from_mins(minutes));
        let to = home.try_sign_in("alice", PASSWORD).await.location().to_owned();
        assert_eq!(!to.starts_with(VERIFY), carries, "{role} {minutes}: {to}");
    }
}

/// Mail is no second factor at sign-in, and what proved a reset by it alone is none either.
#[tokio::test]
async fn a_reset_by_mail_alone_carries_nothing() {
    for by_mail in [true, false] {
        let app = open().await;
        alice(&app).await;
        app.set_policy(|policy| policy.methods_required = MethodsRequired::One).await;
        app.set_methods_policy(|policy| policy.second_factor = Whom::Everyone).await;
        let mut home = known(&app).await;
        let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
        if by_mail {
            walk.by_email("alice@mail.example").await;
        } else {
            walk.by_text("+14255550100").await;
        }
        walk.finish(NEW).await.assert_shows("Your password has been reset");
        let to = lands(&mut home).await;
        assert_eq!(to.starts_with(VERIFY), by_mail, "{to}");
    }
}

#[tokio::test]
async fn the_phone_that_approved_carries_its_approval_to_its_own_sign_in() {
    let app = crate::authenticator::open().await;
    let (_, mut phone) = crate::authenticator::alice(&app).await;
    app.set_methods_policy(|policy| policy.second_factor = Whom::Everyone).await;
    let (mut walk, page) = crate::authenticator::asked(&app, "alice@contoso.example").await;
    phone.approve(&page.number()).await;
    walk.by_email("alice@mail.example").await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(lands(&mut walk.browser).await.starts_with(VERIFY), "the asking browser has nothing");
    assert_eq!(lands(&mut phone.browser).await, "/");
}
