//! Changing one's own password.

use regain_core::limits;

use crate::reset::walk::letters;
use crate::support::{Browser, PASSWORD, Reply, TestApp};

const PAGE: &str = "/security-info/change-password";
const FRESH: &str = "seven lakes under a green moon";

async fn change(browser: &mut Browser, current: &str, new: &str, confirmation: &str) -> Reply {
    let fields = [("current_password", current), ("new_password", new), ("confirm_password", confirmation)];
    browser.post(PAGE, &fields).await
}

async fn signed_in(app: &TestApp) -> Browser {
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    browser
}

#[tokio::test]
async fn r106_a_signed_in_person_changes_the_password_and_stays() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = signed_in(&app).await;
    let mut other = signed_in(&app).await;
    let old_token = browser.clone();
    let page = browser.get(PAGE).await;
    page.assert_shows("Change your password").assert_shows("15 or more characters");
    assert!(page.body.contains("value=\"ana@contoso.example\""), "for password managers");
    let page = change(&mut browser, PASSWORD, FRESH, FRESH).await;
    page.assert_shows("Your password has been changed.");
    assert_ne!(browser.token(), old_token.token(), "the token is rotated");
    assert_eq!(browser.get_raw(PAGE).await.status, 200);
    assert_eq!(old_token.clone().get_raw(PAGE).await.status, 303);
    assert!(other.get_raw(PAGE).await.location().starts_with("/signin"), "T91: other sessions end");
    assert!(app.browser().try_sign_in("ana", PASSWORD).await.location().starts_with("/signin"));
    assert_eq!(app.browser().try_sign_in("ana", FRESH).await.location(), "/");
    assert!(app.audit().await.iter().any(|(activity, result, _)| {
        activity == "Change password (self-service)" && result == "success"
    }));
}

#[tokio::test]
async fn the_person_is_told_by_mail() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@home.example").await;
    let mut browser = signed_in(&app).await;
    change(&mut browser, PASSWORD, FRESH, FRESH).await;
    let mut tx = app.engine.store.write().await.unwrap();
    let now = app.now();
    let mut to = Vec::new();
    let until = now.plus(std::time::Duration::from_mins(1));
    for message in tx.claim(now, until, 10).await.unwrap() {
        assert_eq!(message.template, "notice-password-changed");
        to.push(message.recipients);
    }
    to.sort();
    assert_eq!(to, [r#"["ana@contoso.example"]"#, r#"["ana@home.example"]"#]);
}

#[tokio::test]
async fn t153_the_current_password_is_needed() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = signed_in(&app).await;
    change(&mut browser, "", FRESH, FRESH).await.assert_shows("Enter your current password");
    change(&mut browser, "not my password", FRESH, FRESH)
        .await
        .assert_shows("Your current password is incorrect");
    app.browser().sign_in("ana").await;
    let reply =
        app.browser().post_raw(PAGE, &[("current_password", PASSWORD), ("new_password", FRESH)]).await;
    assert!(reply.location().starts_with("/signin"), "signed out: {}", reply.location());
}

#[tokio::test]
async fn t153_guesses_at_it_are_counted_like_sign_ins() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = signed_in(&app).await;
    for number in 0..10 {
        change(&mut browser, &format!("guess {number}"), FRESH, FRESH).await.assert_shows("is incorrect");
    }
    change(&mut browser, PASSWORD, FRESH, FRESH).await.assert_shows("sign-in is locked for now");
    let reply = app.browser().try_sign_in("ana", PASSWORD).await;
    assert!(reply.location().starts_with("/signin"), "one limiter for both");
}

#[tokio::test]
async fn r151_r152_r156_every_rule_holds_on_the_server() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = signed_in(&app).await;
    for (new, confirmation, told) in [
        ("", "", "Enter a new password"),
        ("short", "short", "Use 15 or more characters"),
        (FRESH, "something else", "do not match"),
        (PASSWORD, PASSWORD, "differs from your current one"),
        ("football monkey", "football monkey", "easy to guess"),
        ("tab\tin the middle of it", "tab\tin the middle of it", "cannot be typed everywhere"),
    ] {
        let page = change(&mut browser, PASSWORD, new, confirmation).await;
        page.assert_shows("There is a problem").assert_shows(told);
    }
    let long = "a b".repeat(100);
    change(&mut browser, PASSWORD, &long, &long).await.assert_shows("256 characters or fewer");
    assert_eq!(app.browser().try_sign_in("ana", PASSWORD).await.location(), "/", "nothing changed");
}

#[tokio::test]
async fn r176_a_banned_password_is_a_fuzzy_violation_in_the_audit_log() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = signed_in(&app).await;
    let banned = "Regain-Regain-Regain";
    change(&mut browser, PASSWORD, banned, banned).await.assert_shows("your organization’s name");
    let expected = ("Change password (self-service)", "failure", "FuzzyPolicyViolationInvalidPassword");
    let rows = app.audit().await;
    let last = rows.last().unwrap();
    assert_eq!((last.0.as_str(), last.1.as_str(), last.2.as_str()), expected);
}

#[tokio::test]
async fn r164_r175_the_administrators_own_list_counts_while_it_is_enforced() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut policy = crate::policy::signed_in(&app, "policy", crate::policy::POLICY).await;
    let mut browser = signed_in(&app).await;
    let (banned, term) = ("Qu0kkaQuokkaQUOKK@", "quokka");
    let fields = |enforced| {
        [
            ("password_rules", "nist"),
            ("password_min", "15"),
            ("enforce_custom_list", enforced),
            ("banned_list", term),
            ("lockout_threshold", "10"),
            ("lockout_duration", "60"),
            ("password_expiry_days", "0"),
        ]
    };
    let save = async |browser: &mut Browser, enforced| {
        let path = "/admin/password-protection";
        let version = browser.get(path).await.input("version");
        let mut all = vec![("version", version.as_str())];
        let fields = fields(enforced);
        all.extend(fields);
        browser.post(path, &all).await.assert_shows("Your changes are saved");
    };
    save(&mut policy, "yes").await;
    let page = change(&mut browser, PASSWORD, banned, banned).await;
    page.assert_shows("Your administrator has blocked this password").assert_hides("too easy to guess");
    let rows = app.audit().await;
    assert_eq!(rows.last().unwrap().2, "FuzzyPolicyViolationInvalidPassword", "R176");
    assert_eq!(app.browser().try_sign_in("ana", PASSWORD).await.location(), "/");
    save(&mut policy, "no").await;
    change(&mut browser, PASSWORD, banned, banned).await.assert_shows("Your password has been changed.");
}

#[tokio::test]
async fn ruling_13_it_works_while_reset_is_off() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    app.set_policy(|policy| policy.scope = regain_core::policy::Scope::None).await;
    let mut browser = signed_in(&app).await;
    change(&mut browser, PASSWORD, FRESH, FRESH).await.assert_shows("Your password has been changed.");
}

#[tokio::test]
async fn t148_t149_nothing_is_cut_and_spellings_are_one() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = signed_in(&app).await;
    let long = format!("caf\u{e9} au lait {}", "vkq7 zpx9 wmt4 ".repeat(6));
    change(&mut browser, PASSWORD, &long, &long).await.assert_shows("Your password has been changed.");
    let cut: String = long.chars().take(72).collect();
    for wrong in [cut, long.to_uppercase(), format!("{long} "), long.trim_end().to_owned()] {
        assert!(app.browser().try_sign_in("ana", &wrong).await.location().starts_with("/signin"), "{wrong}");
    }
    let decomposed = long.replace('\u{e9}', "e\u{301}");
    assert_eq!(app.browser().try_sign_in("ana", &decomposed).await.location(), "/");
}

/// Others in the same office typed many wrong passwords: that costs work, and refuses nobody.
#[tokio::test]
async fn a_source_with_many_wrong_passwords_pays_and_is_not_refused() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = signed_in(&app).await;
    let asked = "There were many wrong answers from your network";
    browser.get(PAGE).await.assert_hides(asked);
    let rate = limits::FAILED_SIGN_INS_BY_SOURCE;
    let mut tx = app.engine.store.write().await.unwrap();
    for _ in 0..rate.times + 5 {
        tx.count(&format!("source:{}:sign-in", browser.address), rate.within, app.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    // Nothing is compared, and nothing counted, before it was paid; the page says what to do.
    let page = change(&mut browser, PASSWORD, FRESH, FRESH).await;
    assert_eq!(page.status, 200);
    page.assert_shows(asked).assert_hides("locked");
    let fields = |current, page: &Reply, read: &str| {
        [
            ("current_password".to_owned(), String::from(current)),
            ("new_password".to_owned(), FRESH.to_owned()),
            ("confirm_password".to_owned(), FRESH.to_owned()),
            ("captcha".to_owned(), page.input("captcha")),
            ("characters".to_owned(), read.to_owned()),
        ]
    };
    let send = async |browser: &mut Browser, fields: [(String, String); 5]| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post(PAGE, &fields).await
    };
    let page = send(&mut browser, fields(PASSWORD, &page, "XXXXXX")).await;
    page.assert_shows("Those were not the characters");
    let page = browser.post(PAGE, &[("another", "yes")]).await;
    page.assert_shows(asked).assert_hides("There is a problem");
    // A wrong password counts as ever, and the next one costs a check again.
    let read = letters(&app, &page.input("captcha"));
    let page = send(&mut browser, fields("not it at all, my friend", &page, &read)).await;
    page.assert_shows("Your current password is incorrect").assert_shows(asked);
    let read = letters(&app, &page.input("captcha"));
    let page = send(&mut browser, fields(PASSWORD, &page, &read)).await;
    page.assert_shows("Your password has been changed.");
}

async fn with_temporary_password(app: &TestApp) {
    let ana = app.add_user("ana").await;
    let mut tx = app.engine.store.write().await.unwrap();
    let row = tx.password(ana.id).await.unwrap().unwrap();
    tx.set_password(&regain_store::Password { temporary: true, ..row }).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_temporary_password_is_changed_before_anything_else() {
    let app = TestApp::start().await;
    with_temporary_password(&app).await;
    let mut browser = app.browser();
    let page = browser.sign_in("ana").await;
    page.assert_shows("Somebody else set your password");
    for path in ["/", "/security-info", "/register", "/admin", "/nowhere"] {
        let reply = browser.get_raw(path).await;
        assert!(reply.location().starts_with(PAGE), "{path}: {} {}", reply.status, reply.location());
    }
    let reply = browser.post_raw("/register/anything", &[]).await;
    assert_eq!(reply.location(), PAGE);
    assert_eq!(browser.get_raw("/signin").await.status, 200);
    let fields = [
        ("current_password", PASSWORD),
        ("new_password", FRESH),
        ("confirm_password", FRESH),
        ("next", "/security-info?x"),
    ];
    let reply = browser.post_raw(PAGE, &fields).await;
    assert_eq!(reply.location(), "/security-info?x", "on to where sign-in was leading");
    assert_eq!(app.browser().try_sign_in("ana", FRESH).await.location(), "/");
}

#[tokio::test]
async fn who_was_going_to_the_form_itself_sees_that_it_is_done() {
    let app = TestApp::start().await;
    with_temporary_password(&app).await;
    let mut browser = app.browser();
    let reply = browser.try_sign_in_to("ana", PASSWORD, PAGE).await;
    let page = browser.follow(reply).await;
    let next = page.input("next");
    assert_eq!(next, PAGE);
    let fields = [
        ("current_password", PASSWORD),
        ("new_password", FRESH),
        ("confirm_password", FRESH),
        ("next", &next),
    ];
    browser.post(PAGE, &fields).await.assert_shows("Your password has been changed.");
}
