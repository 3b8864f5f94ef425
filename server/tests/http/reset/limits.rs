//! Limits: they belong to the account, the source and the system, and nothing a browser does resets them.

use std::time::Duration;

use regain_app::text::when;
use regain_core::limits;
use regain_core::method::Method;
use regain_core::time::Timestamp;

use super::walk::{NEW, Walk, alice, open, opens, ready, shape, wrong};
use crate::register::choose;
use crate::support::{Browser, PASSWORD, Reply, TestApp};

/// Five wrong codes for a name, each in a flow of its own and from an address of its own.
pub async fn lock(app: &TestApp, name: &str) {
    for address in 0..5 {
        let (mut walk, _) = Walk::to_methods(app, name).await;
        walk.browser.address = format!("198.51.100.{address}");
        walk.choose("email").await;
        walk.enter("00000000").await;
        app.advance(Duration::from_mins(11));
    }
}

#[tokio::test]
async fn t35_three_wrong_tries_kill_a_code_and_five_lock_the_way_back() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    walk.enter(&wrong(&code))
        .await
        .assert_shows("That code is not right")
        .assert_shows("You have 2 tries left");
    walk.enter(&wrong(&code))
        .await
        .assert_shows("That code is not right")
        .assert_shows("You have one try left");
    walk.enter(&wrong(&code)).await.assert_shows("no longer works").assert_shows("You have 2 tries left");
    walk.enter(&code).await.assert_shows("no longer works");
    app.advance(Duration::from_secs(31));
    walk.browser.post("/reset/verify/resend", &[]).await;
    let second = app.code_for("alice@mail.example").await;
    walk.enter(&wrong(&second)).await.assert_shows("You have one try left");
    walk.enter(&wrong(&second)).await.assert_shows("Too many tries");
    let locked = walk.enter(&second).await;
    let minute = (app.now().plus(limits::RECOVERY_LOCK).seconds() + 59).div_euclid(60) * 60;
    locked
        .assert_shows("Too many tries")
        .assert_shows(&format!("after {}", when::moment(Timestamp::from_seconds(minute))));
    let audit = app.audit().await;
    assert_eq!(
        audit.iter().filter(|(activity, ..)| activity == "Blocked from self-service password reset").count(),
        1
    );
}

#[tokio::test]
async fn t36_many_flows_browsers_and_sources_have_five_guesses() {
    let app = open().await;
    let user = alice(&app).await;
    let seed = app.add_app(&user).await;
    app.set_policy(|policy| policy.methods.insert(Method::AppCode)).await;
    lock(&app, "alice@contoso.example").await;
    // Nobody sees that others locked the account: the right code is wrong, and the reset counts down by itself.
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("app_code").await.assert_shows("Enter your verification code");
    for left in ["2 tries left", "one try left", "2 tries left"] {
        walk.enter(&app.app_code(&seed, 0)).await.assert_shows(left);
    }
    walk.choose("app_code").await;
    walk.enter(&app.app_code(&seed, 0)).await.assert_shows("one try left");
    walk.enter(&app.app_code(&seed, 0)).await.assert_shows("Too many tries");
    // The help desk sees it, under the support code.
    let mut tx = app.engine.store.read().await.unwrap();
    let rows = tx.audit_chain(0, 1_000).await.unwrap();
    let tried = rows.iter().rfind(|row| row.record.reason.contains("failed the mobile app code")).unwrap();
    let details: serde_json::Value = serde_json::from_str(&tried.record.details).unwrap();
    assert_eq!(details["recovery"], "locked");
    drop(tx);
    // Ordinary sign-in is not touched (ruling 9).
    let mut tx = app.engine.store.read().await.unwrap();
    let account = regain_server::account_key::account_key(&app.engine.keys, "alice@contoso.example");
    assert_eq!(tx.lockout(&account, "familiar").await.unwrap(), None);
}

#[tokio::test]
async fn t37_a_new_code_gives_no_new_tries() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    for tries in [2, 2, 1] {
        let code = app.code_for("alice@mail.example").await;
        for _ in 0..tries {
            walk.enter(&wrong(&code)).await;
        }
        app.advance(Duration::from_secs(121));
        walk.browser.post("/reset/verify/resend", &[]).await;
    }
    walk.browser.get("/reset/verify").await.assert_shows("Too many tries");
}

async fn fail(app: &TestApp, times: usize) -> Reply {
    let (mut walk, _) = Walk::to_methods(app, "alice@contoso.example").await;
    let mut page = walk.choose("email").await;
    for _ in 0..times {
        page = walk.enter("00000000").await;
    }
    page
}

#[tokio::test]
async fn r145_five_are_the_most_in_any_day_wherever_it_begins() {
    let app = open().await;
    alice(&app).await;
    fail(&app, 1).await;
    app.advance(Duration::from_mins(24 * 60 - 2));
    fail(&app, 3).await.assert_hides("Too many tries");
    app.advance(Duration::from_mins(3));
    assert!(!is_locked(&app).await);
    fail(&app, 2).await.assert_hides("Too many tries");
    assert!(is_locked(&app).await);
}

/// Whether recovery of alice is locked, as administrators see it.
async fn is_locked(app: &TestApp) -> bool {
    let mut tx = app.engine.store.read().await.unwrap();
    let account = regain_server::account_key::account_key(&app.engine.keys, "alice@contoso.example");
    app.engine.recovery_lock(&mut *tx, &account).await.unwrap().is_some()
}

/// Recovery was locked a moment ago: it stays so for a day and no longer. Nothing is sent meanwhile.
async fn assert_locked_for_a_day(app: &TestApp) {
    app.advance(Duration::from_mins(24 * 60 - 1));
    assert!(is_locked(app).await);
    let before = app.messages_to("alice@mail.example").await.len();
    let (mut walk, _) = Walk::to_methods(app, "alice@contoso.example").await;
    walk.choose("email").await.assert_shows("Enter your verification code");
    assert_eq!(app.messages_to("alice@mail.example").await.len(), before);
    app.advance(Duration::from_mins(2));
    assert!(!is_locked(app).await);
    let (mut walk, _) = Walk::to_methods(app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await.assert_shows("One more check");
}

#[tokio::test]
async fn r145_five_failures_lock_for_24_hours() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    for _ in 0..3 {
        walk.enter("00000000").await.assert_shows("There is a problem");
    }
    app.advance(Duration::from_secs(31));
    walk.browser.post("/reset/verify/resend", &[]).await;
    walk.enter("00000000").await.assert_shows("There is a problem");
    walk.enter("00000000").await.assert_shows("Too many tries");
    assert_locked_for_a_day(&app).await;
}

#[tokio::test]
async fn r147_the_tenth_request_in_ten_minutes_ends_the_reset_and_locks_nothing() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    for request in 2..10 {
        // Most are refused, too soon or too often, and count all the same.
        app.advance(Duration::from_secs(40));
        let page = walk.browser.post("/reset/verify/resend", &[]).await;
        page.assert_hides("Too many tries").assert_shows("Enter your verification code");
        assert!(app.messages_to("alice@mail.example").await.len() <= 3, "request {request}");
    }
    let page = walk.browser.post("/reset/verify/resend", &[]).await;
    page.assert_shows("Too many requests").assert_shows("Nothing is locked").assert_shows("Start again");
    assert!(!is_locked(&app).await);
    assert!(app.messages_to("alice@contoso.example").await.is_empty(), "there is nothing to tell the owner");
    // For as long again nothing goes to that place; nothing says so before the first step is passed.
    let before = app.messages_to("alice@mail.example").await.len();
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await.assert_shows("Enter your verification code");
    assert_eq!(app.messages_to("alice@mail.example").await.len(), before);
    app.advance(Duration::from_mins(11));
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await.assert_shows("One more check");
}

/// Every page of a reset in which codes are asked for until it ends.
async fn ask_to_the_end(app: &TestApp, name: &str) -> Vec<String> {
    let (mut walk, _) = Walk::to_methods(app, name).await;
    let mut pages = vec![shape(&walk.choose("email").await, name)];
    for _ in 2..12 {
        app.advance(Duration::from_secs(20));
        pages.push(shape(&walk.browser.post("/reset/verify/resend", &[]).await, name));
    }
    pages
}

#[tokio::test]
async fn r147_an_unknown_name_ends_after_as_many_requests() {
    let app = open().await;
    alice(&app).await;
    app.run_jobs().await;
    let real = ask_to_the_end(&app, "alice@contoso.example").await;
    let decoy = ask_to_the_end(&app, "ghost@contoso.example").await;
    let digits = |page: &String| page.replace(|c: char| c.is_ascii_digit(), "9");
    for (step, (one, another)) in real.iter().zip(&decoy).enumerate() {
        assert_eq!(digits(one), digits(another), "step {step}");
    }
    assert!(decoy.last().unwrap().contains("Too many requests"));
}

/// The lock of wrong tries ends what still asks for proofs, not a reset that has them all; a report ends that, too.
#[tokio::test]
async fn r145_a_lock_does_not_end_a_reset_whose_proofs_are_complete() {
    let app = open().await;
    let user = alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    app.advance(Duration::from_secs(1));
    for address in 0..5 {
        let (mut other, _) = Walk::to_methods(&app, "alice@contoso.example").await;
        other.browser.address = format!("198.51.100.{address}");
        other.choose("email").await;
        other.enter("00000000").await;
    }
    assert!(is_locked(&app).await);
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
    assert!(!is_locked(&app).await);
}

/// Strangers used up what they have; the browser in which alice signed in has sends and tries of its own.
#[tokio::test]
async fn t139_strangers_who_name_a_person_use_nothing_up_in_that_persons_browser() {
    let app = open().await;
    alice(&app).await;
    let mut own = app.browser();
    own.sign_in("alice").await;
    own.post("/signout", &[]).await;
    lock(&app, "alice@contoso.example").await;
    for _ in 0..3 {
        let (mut stranger, _) = Walk::to_methods(&app, "alice@contoso.example").await;
        stranger.choose("email").await;
        app.advance(Duration::from_secs(61));
    }
    let told = app.messages_to("alice@contoso.example").await.len();
    let mut walk = Walk { app: &app, browser: own };
    let reply = walk.start_raw("alice@contoso.example").await;
    walk.browser.follow(reply).await;
    walk.browser.post("/reset/why", &[("intent", "reset")]).await;
    walk.by_email("alice@mail.example").await.assert_shows("One more check");
    walk.choose("mobile_phone").await;
    for _ in 0..5 {
        walk.type_number("+14255550199").await;
    }
    walk.browser.get("/reset/phone").await.assert_shows("Too many tries");
    // Both counts are used up; the owner was told of the first, and hears nothing more today.
    assert_eq!(app.messages_to("alice@contoso.example").await.len(), told);
    app.advance(Duration::from_mins(11));
    let reply = walk.start_raw("alice@contoso.example").await;
    walk.browser.follow(reply).await;
    walk.browser.post("/reset/why", &[("intent", "reset")]).await;
    let before = app.messages_to("alice@mail.example").await.len();
    walk.choose("email").await.assert_shows("Enter your verification code");
    assert_eq!(app.messages_to("alice@mail.example").await.len(), before, "its own tries are five as well");
    // An administrator's release clears both.
    let helper = app.add_user("helper").await;
    app.grant(&helper, "global_administrator").await;
    let mut portal = app.browser();
    portal.sign_in("helper").await;
    let mut tx = app.engine.store.read().await.unwrap();
    let id = tx.user_by_key("alice@contoso.example").await.unwrap().unwrap().id;
    drop(tx);
    portal.post("/admin/users/release", &[("id", &id.to_string())]).await;
    assert!(!is_locked(&app).await);
}

/// Whether a reset that is begun for a name in a browser with these cookies has sends and tries of its own.
pub async fn begins_as_known(app: &TestApp, browser: &Browser, name: &str) -> bool {
    let count = "SELECT COUNT(*) FROM flows WHERE body LIKE '%known_browser%'";
    let before = app.number(count).await;
    let mut walk = Walk { app, browser: browser.clone() };
    assert_eq!(walk.start_raw(name).await.location(), "/reset/why");
    app.number(count).await > before
}

/// One cookie, which says nothing by itself; what it is known for stands in rows.
#[tokio::test]
async fn a_browser_is_known_by_one_cookie_for_90_days() {
    let app = open().await;
    alice(&app).await;
    ready(&app, "bob", "+14255550200").await;
    let mut browser = app.browser();
    let reply = browser.try_sign_in("alice", PASSWORD).await;
    let cookies = reply.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    let stays: Vec<_> =
        cookies.filter(|cookie| cookie.contains("Max-Age=") && !cookie.contains("Max-Age=0")).collect();
    assert_eq!(stays.len(), 1, "{stays:?}");
    for attribute in
        ["__Host-regain_browser=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=7776000"]
    {
        assert!(stays[0].contains(attribute), "{stays:?}");
    }
    assert!(begins_as_known(&app, &browser, "alice@contoso.example").await);
    for name in ["bob@contoso.example", "nobody@contoso.example"] {
        assert!(!begins_as_known(&app, &browser, name).await, "{name}");
    }
    // What somebody else wrote, or nothing at all, is nobody's.
    let mut stranger = browser.clone();
    stranger.cookies.insert("__Host-regain_browser".to_owned(), "A".repeat(43));
    assert!(!begins_as_known(&app, &stranger, "alice@contoso.example").await);
    assert!(!begins_as_known(&app, &app.browser(), "alice@contoso.example").await);
    app.advance(limits::KNOWN_BROWSER.checked_sub(Duration::from_mins(1)).unwrap());
    assert!(begins_as_known(&app, &browser, "alice@contoso.example").await);
    app.advance(Duration::from_mins(2));
    assert!(!begins_as_known(&app, &browser, "alice@contoso.example").await);
}

#[tokio::test]
async fn a_browser_in_which_a_reset_was_finished_is_known() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    assert!(
        !begins_as_known(&app, &walk.browser, "alice@contoso.example").await,
        "not before it is finished"
    );
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(begins_as_known(&app, &walk.browser, "alice@contoso.example").await);
    assert!(!begins_as_known(&app, &app.browser(), "alice@contoso.example").await);
}

/// Others may register alice's address as often as they are let: what they ask for is not taken from her reset.
#[tokio::test]
async fn t61_registrations_of_others_take_nothing_from_a_persons_codes() {
    let app = open().await;
    alice(&app).await;
    for name in ["mallory", "mallet", "marvin"] {
        let user = app.add_user(name).await;
        let mut browser = app.session(&user).await;
        choose(&mut browser, Method::Email).await;
        browser.post("/register/email", &[("email", "alice@mail.example")]).await;
        for _ in 0..3 {
            app.run_jobs().await;
            app.advance(Duration::from_secs(61));
            browser.post("/register/resend", &[]).await;
        }
    }
    let before = app.messages_to("alice@mail.example").await.len();
    assert_eq!(before, 3, "the others ask for as many codes as they get");
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await.assert_shows("One more check");
    assert_eq!(app.messages_to("alice@mail.example").await.len(), before + 1);
}

#[tokio::test]
async fn r148_a_finished_reset_clears_what_was_counted() {
    let app = open().await;
    alice(&app).await;
    for password in [NEW, PASSWORD] {
        for _ in 0..3 {
            let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
            walk.choose("email").await;
            walk.enter("00000000").await.assert_shows("That code is not right");
            app.advance(Duration::from_mins(11));
        }
        Walk::to_password(&app).await.finish(password).await.assert_shows("Your password has been reset");
        app.advance(Duration::from_mins(11));
    }
}

#[tokio::test]
async fn t139_starting_over_and_over_locks_nobody() {
    let app = open().await;
    alice(&app).await;
    for number in 0..20 {
        let mut walk = Walk { app: &app, browser: app.browser() };
        walk.browser.address = format!("198.51.100.{number}");
        walk.start_raw("alice@contoso.example").await;
    }
    Walk::to_password(&app).await;
}

#[tokio::test]
async fn t140_at_most_three_code_mails_in_ten_minutes() {
    let app = open().await;
    alice(&app).await;
    for _ in 0..6 {
        let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
        walk.choose("email").await.assert_shows("Enter your verification code");
        app.run_jobs().await;
        app.advance(Duration::from_secs(95));
    }
    assert_eq!(app.messages_to("alice@mail.example").await.len(), 3, "three reach alice, and no more");
}

#[tokio::test]
async fn a_mailbox_that_others_used_up_tells_nobody_whose_it_is() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let usual = walk.choose("email").await;
    app.advance(Duration::from_mins(11));

    // bob has the same mailbox, and asks for as many codes as he may.
    let bob = ready(&app, "bob", "+14255550101").await;
    app.execute("UPDATE methods SET destination = 'alice@mail.example' WHERE method = 'email'").await;
    let (mut walk, _) = Walk::to_methods(&app, &bob.upn).await;
    walk.choose("email").await;
    for gap in [31, 61] {
        app.advance(Duration::from_secs(gap));
        walk.browser.post("/reset/verify/resend", &[]).await;
    }
    let before = app.messages_to("alice@mail.example").await.len();

    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("email").await;
    assert_eq!(shape(&page, "alice@contoso.example"), shape(&usual, "alice@contoso.example"));
    assert_eq!(app.messages_to("alice@mail.example").await.len(), before, "and nothing leaves");
}

#[tokio::test]
async fn t38_what_somebody_else_gets_right_gives_no_new_tries() {
    let app = open().await;
    alice(&app).await;
    ready(&app, "mallory", "+14255550101").await;
    for address in 0..5 {
        let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
        walk.choose("email").await;
        walk.enter("00000000").await;
        let (mut own, _) = Walk::to_methods(&app, "mallory@contoso.example").await;
        own.browser.address = format!("198.51.100.{address}");
        own.by_email("mallory@mail.example").await.assert_shows("One more check");
        app.advance(Duration::from_mins(11));
    }
    assert!(is_locked(&app).await);
}

/// As many wrong proofs as a spray over many accounts makes.
async fn spray(app: &TestApp) {
    let rate = limits::SYSTEM_FAILED_PROOFS;
    let mut tx = app.engine.store.write().await.unwrap();
    for _ in 0..rate.times {
        tx.count_recent("system:failed", rate.within, app.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn t47_a_spray_makes_the_captcha_dearer_tells_administrators_once_and_stops_nobody() {
    let app = open().await;
    alice(&app).await;
    let gus = app.add_user("gus").await;
    app.grant(&gus, "global_administrator").await;
    let bits = |page: &Reply| {
        let rest = page.body.split("bits&quot;:").nth(1).expect("the work has a price").to_owned();
        rest.split([',', '}']).next().unwrap().parse::<u8>().unwrap()
    };
    let usual = bits(&app.browser().get("/reset").await);
    spray(&app).await;
    app.engine.forget_organization();
    assert_eq!(bits(&app.browser().get("/reset").await), usual + limits::BREAKER_EXTRA_BITS);

    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    walk.enter("00000000").await.assert_shows("That code is not right");
    walk.enter("00000001").await.assert_shows("That code is not right");
    walk.enter(&app.code_for("alice@mail.example").await).await.assert_shows("One more check");
    let told = app.messages_to("gus@").await;
    assert_eq!(told.iter().filter(|mail| mail.subject.contains("many failed verifications")).count(), 1);
    let audit = app.audit().await;
    assert_eq!(audit.iter().filter(|row| row.0 == "Verification under attack").count(), 1);
}

#[tokio::test]
async fn t64_a_code_goes_where_the_account_says_whatever_the_request_says() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let elsewhere = [
        ("method", "email"),
        ("to", "mallory@mail.example"),
        ("email", "mallory@mail.example"),
        ("destination", "mallory@mail.example"),
        ("user_id", "mallory"),
    ];
    walk.browser.post("/reset/method", &elsewhere).await;
    assert!(app.messages_to("mallory@mail.example").await.is_empty());
    walk.enter(&app.code_for("alice@mail.example").await).await.assert_shows("One more check");
    walk.browser.post("/reset/method", &[("method", "mobile_phone"), ("phone", "+14255550199")]).await;
    walk.browser.post("/reset/phone", &[("phone", "+14255550199"), ("to", "+14255550199")]).await;
    assert!(app.messages_to("+14255550199").await.is_empty());
}
