//! *Second factor at sign-in*: of nobody, of administrators, of everyone.

use regain_core::policy::{Include, Migration, PolicyMethod, SecondFactor};
use regain_core::secret::SecretBytes;

use crate::support::{Browser, PASSWORD, Reply, TestApp};

const VERIFY: &str = "/signin/verify";
/// Eight characters that no list knows.
const EIGHT: &str = "qv7-Lm!x";

async fn demand(app: &TestApp, second_factor: SecondFactor) {
    app.set_methods_policy(|policy| policy.second_factor = second_factor).await;
}

async fn sign_in(app: &TestApp, name: &str, next: &str) -> (Browser, String) {
    let mut browser = app.browser();
    let to = browser.try_sign_in_to(name, PASSWORD, next).await.location().to_owned();
    (browser, to)
}

/// Shows the code of an app on the page that asks for it.
async fn show(app: &TestApp, browser: &mut Browser, page: &str, seed: &SecretBytes) -> Reply {
    let shown = browser.get(page).await;
    let fields = [
        ("factor", &*shown.input("factor")),
        ("code", &*app.app_code(seed, 0)),
        ("next", &*shown.input("next")),
    ];
    browser.post_raw(VERIFY, &fields).await
}

#[tokio::test]
async fn everyone_shows_a_second_factor_before_anything_else() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let seed = app.add_app(&ana).await;
    demand(&app, SecondFactor::Everyone).await;
    let (mut browser, to) = sign_in(&app, "ana", "/security-info/change-password").await;
    assert_eq!(to, "/signin/verify?next=%2Fsecurity%2Dinfo%2Fchange%2Dpassword");
    for path in ["/security-info", "/security-info/change-password", "/security-info/add", "/admin"] {
        let reply = browser.get_raw(path).await;
        assert!(reply.location().starts_with(VERIFY) || reply.status == 403, "{path}: {}", reply.location());
    }
    let change = [
        ("current_password", PASSWORD),
        ("new_password", "a wholly different passphrase"),
        ("confirm_password", "a wholly different passphrase"),
    ];
    let reply = browser.post_raw("/security-info/change-password", &change).await;
    assert!(reply.location().starts_with(VERIFY), "{}", reply.location());
    let reply = browser.post_raw("/security-info/sign-out-elsewhere", &[]).await;
    assert_ne!(reply.location(), "/security-info?signed-out");
    let reply = show(&app, &mut browser, &to, &seed).await;
    assert_eq!(reply.location(), "/security-info/change-password");
    assert_eq!(browser.get_raw("/security-info/change-password").await.status, 200);
    assert_eq!(browser.get_raw("/security-info").await.status, 200);
}

#[tokio::test]
async fn who_has_none_registers_one_first_even_where_reset_is_off() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    demand(&app, SecondFactor::Everyone).await;
    let (mut browser, to) = sign_in(&app, "ana", "").await;
    assert_eq!(to, "/register?next=%2F");
    let page = browser.get(&to).await;
    page.assert_shows("asks for a second factor when you sign in").assert_hides("Not now");
    assert!(browser.get_raw("/security-info").await.location().starts_with(VERIFY));
    let page = browser.get("/register/method").await;
    assert!(page.body.contains("value=\"app_code\"") && !page.body.contains("value=\"email\""), "R53");
    // Skipping leads back to it.
    let page = browser.post("/register/skip", &[]).await;
    page.assert_hides("Security info");
    // The first one is registered without another one, and shows itself.
    crate::register::register_phone(&app, &mut browser, "+371 20123456")
        .await
        .assert_hides("There is a problem");
    assert_eq!(browser.get_raw("/security-info").await.status, 200, "the door is open");
}

#[tokio::test]
async fn an_emailed_code_is_no_second_factor_at_sign_in_but_lets_its_owner_add_one() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@home.example").await;
    demand(&app, SecondFactor::Everyone).await;
    let (mut browser, to) = sign_in(&app, "ana", "").await;
    assert!(to.starts_with(VERIFY), "who has something shows it before adding anything: {to}");
    assert!(
        browser.post_raw("/register/method", &[("method", "app_code")]).await.location().starts_with(VERIFY)
    );
    let page = browser.get(&to).await;
    let factor = page.input("factor");
    browser.post("/signin/verify/send", &[("factor", &factor)]).await;
    let code = app.code_for("ana@home.example").await;
    let page =
        browser.post(VERIFY, &[("factor", &factor), ("code", &code), ("next", "/security-info")]).await;
    page.assert_shows("asks for a second factor when you sign in");
    assert_eq!(browser.get_raw("/security-info").await.status, 303, "R53: the door stays shut");
    assert_eq!(
        browser.post_raw("/register/method", &[("method", "app_code")]).await.location(),
        "/register/app"
    );
    let seed = app.add_app(&ana).await;
    let mut browser = app.browser();
    let to = browser.try_sign_in("ana", PASSWORD).await.location().to_owned();
    browser.get(&format!("{VERIFY}?choose")).await.assert_hides("a•••@h•••.example");
    assert_eq!(show(&app, &mut browser, &to, &seed).await.location(), "/");
}

#[tokio::test]
async fn administrators_are_the_default_and_nobody_leaves_the_admin_center_alone() {
    let app = TestApp::start_strict().await;
    let (admin, ana) = (app.add_user("admin").await, app.add_user("ana").await);
    app.grant(&admin, "user_administrator").await;
    let seed = app.add_app(&admin).await;
    app.add_app(&ana).await;
    let (mut browser, to) = sign_in(&app, "admin", "/security-info/change-password").await;
    assert!(to.starts_with(VERIFY), "{to}");
    assert_eq!(sign_in(&app, "ana", "").await.1, "/", "an ordinary person is not asked");
    assert!(browser.get_raw("/security-info/change-password").await.location().starts_with(VERIFY));
    show(&app, &mut browser, &to, &seed).await;
    assert_eq!(browser.get_raw("/security-info/change-password").await.status, 200);
    demand(&app, SecondFactor::Nobody).await;
    let (mut browser, to) = sign_in(&app, "admin", "/security-info/change-password").await;
    assert_eq!(to, "/security-info/change-password");
    assert_eq!(browser.get_raw(&to).await.status, 200);
    assert!(
        browser.get_raw("/admin/users").await.location().starts_with(VERIFY),
        "the portal asks all the same"
    );
}

#[tokio::test]
async fn in_demo_mode_administrators_need_none() {
    let app = TestApp::start().await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
    demand(&app, SecondFactor::Everyone).await;
    assert_eq!(sign_in(&app, "admin", "").await.1, "/admin");
}

#[tokio::test]
async fn only_methods_that_are_on_for_sign_in_for_this_person_count() {
    let app = TestApp::start().await;
    let (ana, bob) = (app.add_user("ana").await, app.add_user("bob").await);
    for user in [&ana, &bob] {
        app.add_phone(user, "+37120123456").await;
    }
    let group = app.add_group("Field", &[&ana]).await;
    app.set_methods_policy(|policy| {
        policy.second_factor = SecondFactor::Everyone;
        let mut rules = policy.rules(PolicyMethod::SMS);
        rules.sign_in.include = Include::Selected(vec![group.to_string()]);
        policy.set_rules(PolicyMethod::SMS, rules);
    })
    .await;
    keep_from_sign_in(&app, "voice").await;
    let (mut browser, to) = sign_in(&app, "ana", "").await;
    let page = browser.get(&to).await;
    let factor = page.input("factor");
    browser.post("/signin/verify/send", &[("factor", &factor)]).await;
    let code = app.code_for("+37120123456").await;
    let fields = [("factor", &*factor), ("code", &*code), ("next", "/security-info")];
    assert_eq!(browser.post_raw(VERIFY, &fields).await.location(), "/security-info");
    assert_eq!(browser.get_raw("/security-info").await.status, 200);
    // Bob's phone tells who he is, and lets him add an app; it does not open the door.
    let (mut browser, to) = sign_in(&app, "bob", "").await;
    app.advance(regain_core::time::Duration::from_mins(2));
    let factor = browser.get(&to).await.input("factor");
    browser.post("/signin/verify/send", &[("factor", &factor)]).await;
    let code = app.code_for("+37120123456").await;
    let fields = [("factor", &*factor), ("code", &*code), ("next", "/security-info")];
    browser.post(VERIFY, &fields).await.assert_shows("asks for a second factor when you sign in");
    let page = browser.get("/register/method").await;
    assert!(page.body.contains("value=\"app_code\"") && !page.body.contains("value=\"mobile_phone\""));
}

async fn keep_from_sign_in(app: &TestApp, name: &str) {
    app.set_methods_policy(|policy| {
        let line: PolicyMethod = name.parse().unwrap();
        let mut rules = policy.rules(line);
        rules.sign_in.on = false;
        policy.set_rules(line, rules);
    })
    .await;
}

#[tokio::test]
async fn a_phone_that_may_only_be_called_is_called() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_phone(&ana, "+37120123456").await;
    demand(&app, SecondFactor::Everyone).await;
    keep_from_sign_in(&app, "sms").await;
    let (mut browser, to) = sign_in(&app, "ana", "").await;
    let factor = browser.get(&to).await.input("factor");
    browser.post("/signin/verify/send", &[("factor", &factor)]).await;
    let code = app.code_for("+37120123456").await;
    let sent = app.messages_to("+37120123456").await;
    assert!(sent.iter().all(|message| message.channel == "voice"), "no text leaves");
    let fields = [("factor", &*factor), ("code", &*code), ("next", "/security-info")];
    assert_eq!(browser.post_raw(VERIFY, &fields).await.location(), "/security-info");
    assert_eq!(browser.get_raw("/security-info").await.status, 200);
}

#[tokio::test]
async fn a_factor_that_may_be_it_no_more_is_owed_again() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let seed = app.add_app(&ana).await;
    demand(&app, SecondFactor::Everyone).await;
    let (mut browser, to) = sign_in(&app, "ana", "").await;
    show(&app, &mut browser, &to, &seed).await;
    assert_eq!(browser.get_raw("/security-info").await.status, 200);
    keep_from_sign_in(&app, "app_code").await;
    assert!(browser.get_raw("/security-info").await.location().starts_with(VERIFY));
    // It still tells who she is: it was shown a moment ago, and lets her add a phone.
    browser.get("/register/method").await.assert_shows("Phone").assert_hides("value=\"app_code\"");
    crate::register::register_phone(&app, &mut browser, "+371 20123456").await;
    assert_eq!(browser.get_raw("/security-info").await.status, 200);
}

#[tokio::test]
async fn the_portal_takes_no_factor_that_may_not_be_one_at_sign_in() {
    let app = TestApp::start_strict().await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, "user_administrator").await;
    let seed = app.add_app(&admin).await;
    demand(&app, SecondFactor::Nobody).await;
    let (mut browser, _) = sign_in(&app, "admin", "").await;
    let reply = show(&app, &mut browser, "/signin/verify?next=/admin/users", &seed).await;
    assert_eq!(reply.location(), "/admin/users");
    assert_eq!(browser.get_raw("/admin/users").await.status, 200);
    keep_from_sign_in(&app, "app_code").await;
    assert!(browser.get_raw("/admin/users").await.location().starts_with(VERIFY));
}

#[tokio::test]
async fn where_nothing_may_be_one_the_door_stays_shut() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_app(&ana).await;
    let group = app.add_group("Others", &[]).await;
    app.set_methods_policy(|policy| {
        policy.second_factor = SecondFactor::Everyone;
        for method in PolicyMethod::all() {
            let mut rules = policy.rules(method);
            rules.sign_in.include = Include::Selected(vec![group.to_string()]);
            policy.set_rules(method, rules);
        }
    })
    .await;
    let (mut browser, _) = sign_in(&app, "ana", "").await;
    for path in ["/security-info", "/register/method", "/security-info/change-password"] {
        let reply = browser.get(path).await;
        reply.assert_hides("Remove").assert_hides("Which method do you want to add?");
    }
}

#[tokio::test]
async fn ruling_6_the_shortest_password_follows_the_second_factor() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let seed = app.add_app(&ana).await;
    let change =
        [("current_password", PASSWORD), ("new_password", EIGHT), ("confirm_password", EIGHT), ("next", "")];
    let page = "/security-info/change-password";
    let (mut browser, _) = sign_in(&app, "ana", "").await;
    browser.get(page).await.assert_shows("15 or more characters");
    browser.post(page, &change).await.assert_shows("Use 15 or more characters");
    demand(&app, SecondFactor::Everyone).await;
    let (mut browser, to) = sign_in(&app, "ana", "").await;
    show(&app, &mut browser, &to, &seed).await;
    browser.get(page).await.assert_shows("8 or more characters");
    browser.post(page, &change).await.assert_hides("There is a problem");
}

#[tokio::test]
async fn ruling_6_a_length_of_the_administrators_own_stays() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let seed = app.add_app(&ana).await;
    app.execute(
        "INSERT INTO settings (name, version, body, changed_at) VALUES
         ('password_protection', 1, '{\"profile\":{\"kind\":\"nist\",\"min\":12,\"max\":256}}', 1)",
    )
    .await;
    demand(&app, SecondFactor::Everyone).await;
    let (mut browser, to) = sign_in(&app, "ana", "").await;
    show(&app, &mut browser, &to, &seed).await;
    browser.get("/security-info/change-password").await.assert_shows("12 or more characters");
}

#[tokio::test]
async fn a_reset_is_no_sign_in_and_asks_for_what_the_reset_policy_says() {
    let app = TestApp::start().await;
    let alice = app.add_user("alice").await;
    app.add_email(&alice, "alice@mail.example").await;
    app.add_phone(&alice, "+14255550100").await;
    app.set_policy(|policy| policy.scope = regain_core::policy::Scope::All).await;
    app.set_methods_policy(|policy| {
        policy.second_factor = SecondFactor::Everyone;
        policy.migration = Migration::InProgress;
    })
    .await;
    let mut walk = crate::reset::walk::Walk::to_password(&app).await;
    walk.finish(EIGHT).await.assert_shows("Your password has been reset");
    let reply = app.browser().try_sign_in("alice", EIGHT).await;
    assert!(reply.location().starts_with(VERIFY), "{}", reply.location());
}

#[tokio::test]
async fn a_passkey_is_an_administrators_second_factor() {
    let app = TestApp::start_strict().await;
    let ana = app.add_user("ana").await;
    app.grant(&ana, "global_administrator").await;
    let mut key = app.add_passkey(&ana).await;
    let (mut browser, to) = sign_in(&app, "ana", "/admin").await;
    assert!(to.starts_with(VERIFY), "{to}");
    let page = browser.get(&to).await;
    page.assert_shows("Use my passkey");
    let form = [("factor", &*page.input("factor")), ("next", "/admin")];
    let page = browser.post("/signin/verify/send", &form).await;
    let refused = browser.post("/signin/verify/passkey", &[("credential", "{}"), ("next", "/admin")]).await;
    refused.assert_shows("does not belong to this account");
    let answer = key.get(&page);
    let reply =
        browser.post_raw("/signin/verify/passkey", &[("credential", &answer), ("next", "/admin")]).await;
    assert_eq!(reply.location(), "/admin");
    assert_eq!(browser.get_raw("/admin").await.status, 200);
    let again =
        browser.post_raw("/signin/verify/passkey", &[("credential", &answer), ("next", "/admin")]).await;
    assert_ne!(again.status, 500);
}
