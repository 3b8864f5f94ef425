//! The same form twice: the button was pressed twice, or the answer was lost on the way.

use std::time::Duration;

use regain_app::form_mark::FIELD;
use regain_app::pages::admin::hardware_tokens;

use crate::hardware_tokens::SECRET;
use crate::passes::{help_desk, overridden, shown};
use crate::policy::admin;
use crate::register::{choose, register_email, shown_key};
use crate::reset::limits::begins_as_known;
use crate::reset::walk::{NEW, Walk, alice, letters, open, wrong};
use crate::support::{Browser, Node, PASSWORD, Reply, SESSION, TestApp};

const BROWSER: &str = "__Host-regain_browser";
const FLOW: &str = "__Host-regain_flow";
const ALICE: &str = "alice@contoso.example";

/// A form as a page shows it, filled in: it can be sent as often as somebody presses the button.
struct Filled {
    path: String,
    fields: Vec<(String, String)>,
}

impl Filled {
    fn on(page: &Reply, path: &str, fields: &[(&str, &str)]) -> Self {
        let mark = page.input(FIELD);
        let all = fields.iter().copied().chain([(FIELD, mark.as_str())]);
        let fields = all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { path: path.to_owned(), fields }
    }

    async fn send(&self, browser: &mut Browser) -> Reply {
        let fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post_raw(&self.path, &fields).await
    }

    /// From browsers with the same cookies, all at the same time; each answer with the value of a cookie afterwards.
    async fn send_at_once(&self, browser: &Browser, cookie: &str) -> Vec<(String, Option<String>)> {
        self.send_at_once_from(&[browser], cookie).await
    }

    /// The same from each of these in turn.
    async fn send_at_once_from(&self, browsers: &[&Browser], cookie: &str) -> Vec<(String, Option<String>)> {
        let sends = browsers.iter().cycle().take(20).map(|browser| async {
            let mut browser = (*browser).clone();
            let reply = self.send(&mut browser).await;
            (reply.location().to_owned(), browser.cookies.get(cookie).cloned())
        });
        futures_of(sends).await
    }
}

async fn futures_of<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.map(Box::pin).collect();
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(value) => {
                done.push(value);
                false
            }
            std::task::Poll::Pending => true,
        });
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done
}

fn one_answer(answers: &[(String, Option<String>)], location: &str) -> String {
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");
    assert_eq!(answers[0].0, location);
    answers[0].1.clone().expect("a cookie")
}

/// Right codes, wrong codes, and what was counted, of everybody.
async fn counted(app: &TestApp) -> (usize, usize, i64) {
    let audit = app.audit().await;
    let of = |text: &str| audit.iter().filter(|(.., reason)| reason.starts_with(text)).count();
    let account = regain_server::account_key::account_key(&app.engine.keys, ALICE);
    let key = format!("account:{account}:recovery:failed");
    let mut tx = app.engine.store.read().await.unwrap();
    let failed = tx.recent(&key, Duration::from_hours(24), app.now()).await.unwrap();
    (of("User completed the"), of("User failed") + of("Refused:"), failed)
}

/// alice at the page for her code, and the code.
async fn at_code(app: &TestApp) -> (Walk<'_>, Reply, String) {
    alice(app).await;
    let (mut walk, _) = Walk::to_methods(app, ALICE).await;
    let page = walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    (walk, page, code)
}

#[tokio::test]
async fn t39_the_right_code_again_leads_where_it_led_for_ten_seconds() {
    let app = open().await;
    let (mut walk, page, code) = at_code(&app).await;
    let form = Filled::on(&page, "/reset/verify", &[("code", &code)]);
    let old = walk.browser.clone();
    assert_eq!(form.send(&mut walk.browser).await.location(), "/reset/method");
    assert_ne!(walk.browser.cookies[FLOW], old.cookies[FLOW], "T90");
    // The answer was lost: the browser has the old cookie still.
    for seconds in [0, 5, 1] {
        app.advance(Duration::from_secs(seconds));
        let mut again = old.clone();
        assert_eq!(form.send(&mut again).await.location(), "/reset/method");
        assert_eq!(again.cookies[FLOW], walk.browser.cookies[FLOW]);
        again.get("/reset/method").await.assert_shows("Checked by email");
    }
    assert_eq!(counted(&app).await, (1, 0, 0));
    // Another code, another page's form: not what was answered.
    let other_body = Filled::on(&page, "/reset/verify", &[("code", &wrong(&code))]);
    let other_page =
        Filled::on(&walk.browser.get("/reset/method").await, "/reset/verify", &[("code", &code)]);
    for other in [other_body, other_page] {
        let mut browser = old.clone();
        assert_eq!(other.send(&mut browser).await.location(), "/reset/stopped");
        assert_eq!(browser.cookies[FLOW], old.cookies[FLOW]);
    }
    app.advance(Duration::from_secs(5));
    let mut late = old.clone();
    assert_eq!(form.send(&mut late).await.location(), "/reset/stopped");
    assert_eq!(late.cookies[FLOW], old.cookies[FLOW]);
    assert_eq!(counted(&app).await, (1, 0, 0));
    walk.by_text("+14255550100").await.assert_shows("Choose a new password");
}

#[tokio::test]
async fn t68_the_right_code_pressed_twenty_times_at_once_is_one_proof_and_one_answer() {
    let app = open().await;
    let (walk, page, code) = at_code(&app).await;
    let form = Filled::on(&page, "/reset/verify", &[("code", &code)]);
    let answers = form.send_at_once(&walk.browser, FLOW).await;
    let cookie = one_answer(&answers, "/reset/method");
    assert_ne!(cookie, walk.browser.cookies[FLOW]);
    assert_eq!(counted(&app).await, (1, 0, 0));
    let mut tx = app.engine.store.read().await.unwrap();
    let flow = tx.flow(&regain_server::crypto::token_hash(&cookie)).await.unwrap().unwrap();
    assert_eq!(tx.proofs(flow.id).await.unwrap().len(), 1);
    assert_eq!(tx.flow_challenge(flow.id).await.unwrap().unwrap().attempts, 1, "counted once");
}

#[tokio::test]
async fn a_wrong_code_is_judged_each_time() {
    let app = open().await;
    let (mut walk, page, code) = at_code(&app).await;
    let form = Filled::on(&page, "/reset/verify", &[("code", &wrong(&code))]);
    for _ in 0..2 {
        assert_eq!(form.send(&mut walk.browser).await.location(), "/reset/verify");
    }
    assert_eq!(counted(&app).await, (0, 2, 2));
}

#[tokio::test]
async fn asking_for_a_code_twice_leads_to_the_code_page_and_sends_one() {
    let app = open().await;
    alice(&app).await;
    // For a name that nobody has it looks the same.
    for name in [ALICE, "nobody@contoso.example"] {
        let (mut walk, page) = Walk::to_methods(&app, name).await;
        let form = Filled::on(&page, "/reset/method", &[("method", "email")]);
        one_answer(&form.send_at_once(&walk.browser, FLOW).await, "/reset/verify");
        walk.browser.get("/reset/verify").await.assert_hides("too many").assert_hides("A code was sent");
        // It leaves now: a code that was replaced would not.
        app.messages_to("alice@mail.example").await;
        app.advance(Duration::from_secs(31));
        let page = walk.browser.get("/reset/verify").await;
        let form = Filled::on(&page, "/reset/verify/resend", &[]);
        one_answer(&form.send_at_once(&walk.browser, FLOW).await, "/reset/verify");
    }
    let mails = app.messages_to("alice@mail.example").await;
    assert_eq!(mails.iter().filter(|mail| mail.subject.contains("verification code")).count(), 2);
}

#[tokio::test]
async fn the_first_page_pressed_twice_begins_one_reset() {
    let app = open().await;
    alice(&app).await;
    let mut browser = app.browser();
    let page = browser.get("/reset").await;
    let token = page.input("captcha");
    let read = letters(&app, &token);
    let fields = [("username", ALICE), ("captcha", token.as_str()), ("characters", read.as_str())];
    let form = Filled::on(&page, "/reset", &fields);
    let cookie = one_answer(&form.send_at_once(&browser, FLOW).await, "/reset/why");
    browser.cookies.insert(FLOW.to_owned(), cookie);
    browser.post("/reset/why", &[("intent", "reset")]).await.assert_shows("How should we check it’s you?");
    app.advance(Duration::from_secs(11));
    assert_eq!(form.send(&mut browser).await.location(), "/reset", "a CAPTCHA works once");
}

#[tokio::test]
async fn t24_finish_pressed_twice_is_one_change_and_done() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let page = walk.browser.get("/reset/password").await;
    let fields = [("new_password", NEW), ("confirm_password", NEW)];
    let form = Filled::on(&page, "/reset/password", &fields);
    one_answer(&form.send_at_once(&walk.browser, FLOW).await, "/reset/done");
    let resets = app.audit().await.into_iter().filter(|row| row.0 == "Reset password (self-service)");
    assert_eq!(resets.count(), 1);
    let mails = app.messages_to("alice@mail.example").await;
    assert_eq!(mails.iter().filter(|mail| mail.subject.contains("was reset")).count(), 1);
}

/// A browser that lost its cookie gets a new one with the answer, and the same one if that answer is lost, too.
#[tokio::test]
async fn a_reset_begun_or_finished_twice_leaves_one_cookie_that_the_browser_is_known_by() {
    let app = open().await;
    alice(&app).await;
    let mut browser = app.browser();
    let page = browser.get("/reset").await;
    let token = page.input("captcha");
    let read = letters(&app, &token);
    let fields = [("username", ALICE), ("captcha", token.as_str()), ("characters", read.as_str())];
    one_answer(&Filled::on(&page, "/reset", &fields).send_at_once(&browser, BROWSER).await, "/reset/why");

    let mut walk = Walk::to_password(&app).await;
    let page = walk.browser.get("/reset/password").await;
    walk.browser.cookies.remove(BROWSER);
    let fields = [("new_password", NEW), ("confirm_password", NEW)];
    let form = Filled::on(&page, "/reset/password", &fields);
    let cookie = one_answer(&form.send_at_once(&walk.browser, BROWSER).await, "/reset/done");
    walk.browser.cookies.insert(BROWSER.to_owned(), cookie);
    assert!(begins_as_known(&app, &walk.browser, ALICE).await);
}

#[tokio::test]
async fn a_drill_begun_twice_is_one() {
    let app = open().await;
    let user = alice(&app).await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    let page = browser.get("/security-info/drill").await;
    let form = Filled::on(&page, "/security-info/drill", &[]);
    let cookie = one_answer(&form.send_at_once(&browser, FLOW).await, "/reset/method");
    browser.cookies.insert(FLOW.to_owned(), cookie);
    browser.get("/reset/method").await.assert_shows("This is a drill");
}

#[tokio::test]
async fn a_code_at_registration_pressed_twice_adds_one_method_and_nobody_is_signed_out() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    choose(&mut browser, regain_core::method::Method::Email).await;
    let page = browser.get("/register/email").await;
    let form = Filled::on(&page, "/register/email", &[("email", "ana@home.example")]);
    let answers = form.send_at_once(&browser, SESSION).await;
    one_answer(&answers, "/register/code");
    assert_eq!(app.messages_to("ana@home.example").await.len(), 1);
    let code = app.code_for("ana@home.example").await;
    let page = browser.get("/register/code").await;
    let form = Filled::on(&page, "/register/code", &[("code", &code)]);
    let old = browser.clone();
    let cookie = one_answer(&form.send_at_once(&browser, SESSION).await, "/register/added?method=email");
    assert_ne!(cookie, old.token(), "T90");
    let mut again = old.clone();
    app.advance(Duration::from_secs(5));
    assert_eq!(form.send(&mut again).await.location(), "/register/added?method=email");
    assert_eq!(again.token(), cookie);
    assert_eq!(again.get_raw("/register/added?method=email").await.status, 200, "still signed in");
    assert_eq!(app.methods_of(&user).await.len(), 1);
    app.advance(Duration::from_secs(6));
    let mut late = old.clone();
    assert!(form.send(&mut late).await.location().starts_with("/signin"));
    assert_eq!(late.token(), old.token());
}

#[tokio::test]
async fn a_password_changed_twice_is_changed_once() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    let page = browser.get("/security-info/change-password").await;
    let fields = [("current_password", PASSWORD), ("new_password", NEW), ("confirm_password", NEW)];
    let form = Filled::on(&page, "/security-info/change-password", &fields);
    let answers = form.send_at_once(&browser, SESSION).await;
    one_answer(&answers, "/security-info/change-password?changed");
    let changes = app.audit().await.into_iter().filter(|row| row.0 == "Change password (self-service)");
    assert_eq!(changes.count(), 1);
}

#[tokio::test]
async fn a_second_factor_is_judged_each_time() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let seed = app.add_app(&ana).await;
    let mut browser = app.browser();
    browser.try_sign_in("ana", PASSWORD).await;
    let page = browser.get("/signin/verify").await;
    let (factor, code) = (page.input("factor"), app.app_code(&seed, 0));
    let form = Filled::on(&page, "/signin/verify", &[("factor", &factor), ("code", &code), ("next", "")]);
    let old = browser.clone();
    form.send(&mut browser).await;
    let mut again = old.clone();
    assert!(form.send(&mut again).await.location().starts_with("/signin"));
    assert_eq!(again.token(), old.token(), "the old token gets no new one");
}

#[tokio::test]
async fn what_is_made_twice_is_made_once_and_led_to_however_late() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let user = [
        ("user_principal_name", "bo@contoso.example"),
        ("display_name", "Bo"),
        ("initial_password", "for the phone 1"),
    ];
    let group = [("name", "Pilot"), ("description", "")];
    for (path, fields) in [("/admin/users/new", user.as_slice()), ("/admin/groups/new", &group)] {
        let form = Filled::on(&browser.get(path).await, path, fields);
        let answers = form.send_at_once(&browser, SESSION).await;
        let made = answers[0].0.clone();
        one_answer(&answers, &made);
        assert!(made.starts_with(&path.replace("new", "")), "{made}");
        browser.get("/admin").await;
        app.advance(Duration::from_mins(14));
        assert_eq!(form.send(&mut browser).await.location(), made);
    }
    let page = || regain_store::Page { after: String::new(), limit: 100 };
    let mut tx = app.engine.store.read().await.unwrap();
    assert_eq!(tx.groups("", &page()).await.unwrap().len(), 1);
    let added = app.audit().await.into_iter().filter(|row| row.0 == "Add user" || row.0 == "Add group");
    assert_eq!(added.count(), 2);
}

const GATEWAY: [(&str, &str); 7] = [
    ("id", ""),
    ("channel", "sms"),
    ("kind", "webhook"),
    ("name", "First"),
    ("url", "https://sms.example"),
    ("sender", "Contoso"),
    ("secret", "a key that signs and is long"),
];

#[tokio::test]
async fn a_gateway_saved_twice_is_one_however_late() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = browser.get("/admin/channels/gateway?channel=sms").await;
    let form = Filled::on(&page, "/admin/channels/save", &GATEWAY);
    one_answer(&form.send_at_once(&browser, SESSION).await, "/admin/channels?saved");
    browser.get("/admin").await;
    app.advance(Duration::from_mins(14));
    assert_eq!(form.send(&mut browser).await.location(), "/admin/channels?saved");
    assert_eq!(app.engine.store.read().await.unwrap().gateways().await.unwrap().len(), 1);
}

#[tokio::test]
async fn f37_what_is_made_at_two_servers_is_made_once() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let node = Node::beside(&app).await;
    let user = [
        ("user_principal_name", "bo@contoso.example"),
        ("display_name", "Bo"),
        ("initial_password", "for the phone 1"),
    ];
    let group = [("name", "Pilot"), ("description", "")];
    let forms = [
        ("/admin/users/new", "/admin/users/new", user.as_slice()),
        ("/admin/groups/new", "/admin/groups/new", group.as_slice()),
        ("/admin/channels/gateway?channel=sms", "/admin/channels/save", GATEWAY.as_slice()),
    ];
    for (page, path, fields) in forms {
        let form = Filled::on(&browser.get(page).await, path, fields);
        let there = browser.led_to(node.address);
        let answers = form.send_at_once_from(&[&browser, &there], SESSION).await;
        let made = answers[0].0.clone();
        one_answer(&answers, &made);
        app.advance(Duration::from_secs(11));
        assert_eq!(form.send(&mut there.clone()).await.location(), made);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM gateways").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM groups").await, 1);
    let added = app.audit().await.into_iter().filter(|row| row.0 == "Add user" || row.0 == "Add group");
    assert_eq!(added.count(), 2);
}

/// A form with a file, as the page of hardware tokens sends it.
fn tokens_file(page: &Reply, name: &str) -> Vec<u8> {
    let mark = page.input(FIELD);
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"{FIELD}\"\r\n\r\n{mark}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tokens.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n\
         upn,serial number,secret key,time interval,manufacturer,model\r\n\
         {name}@contoso.example,{name}-1,{SECRET},30,Contoso,Key\r\n\
         \r\n--edge--\r\n"
    );
    body.into_bytes()
}

async fn upload(browser: &mut Browser, body: &[u8]) -> String {
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    let reply = browser.post_bytes(hardware_tokens::UPLOAD, body.to_vec(), &headers).await;
    reply.location().to_owned()
}

#[tokio::test]
async fn f37_tokens_uploaded_twice_are_there_once_at_two_servers_too() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let node = Node::beside(&app).await;
    for (name, servers) in [("ana", &[app.address][..]), ("bob", &[app.address, node.address])] {
        app.add_user(name).await;
        let body = tokens_file(&browser.get(hardware_tokens::PATH).await, name);
        let sends = servers.iter().cycle().take(20).map(|server| {
            let (mut browser, body) = (browser.led_to(*server), body.clone());
            async move { upload(&mut browser, &body).await }
        });
        let answers = futures_of(sends).await;
        let reported = format!("{}?uploaded", hardware_tokens::PATH);
        assert!(answers.iter().all(|answer| *answer == reported), "{answers:?}");
        app.advance(Duration::from_mins(1));
        assert_eq!(upload(&mut browser, &body).await, reported, "however late");
        browser.get(&reported).await.assert_shows("1 token was uploaded.").assert_hides("not uploaded");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM hardware_tokens").await, 2);
    let uploaded = app.audit().await.into_iter().filter(|row| row.2 == "Hardware token uploaded");
    assert_eq!(uploaded.count(), 2);
}

/// Presses a button of security info twenty times at once; where that leads.
async fn press(browser: &mut Browser, page: &Reply, path: &str, fields: &[(&str, &str)]) -> String {
    let form = Filled::on(page, path, &[fields, &[("way", "add")]].concat());
    let answers = form.send_at_once(browser, SESSION).await;
    let led_to = answers[0].0.clone();
    let cookie = one_answer(&answers, &led_to);
    browser.cookies.insert(SESSION.to_owned(), cookie);
    led_to
}

#[tokio::test]
async fn what_is_added_at_security_info_twice_is_added_once_and_leads_to_one_page() {
    let app = TestApp::start().await;
    app.questions_policy().await;
    app.beyond_the_boxes().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    let questions = [
        ("question_0", "first-pet"),
        ("answer_0", "a tortoise"),
        ("question_1", "first-car"),
        ("answer_1", "a red one"),
        ("question_2", "first-film"),
        ("answer_2", "the long one"),
        ("question_3", "first-concert"),
        ("answer_3", "in the park"),
        ("question_4", "favorite-food"),
        ("answer_4", "dumplings"),
    ];
    let (nothing, saved): ([(&str, &str); 0], _) = ([], [("saved", "true")]);
    for (number, (method, path, fields)) in [
        ("app_code", "/register/app", &nothing[..]),
        ("security_questions", "/register/questions", &questions),
        ("recovery_code", "/register/recovery-codes", &saved),
    ]
    .into_iter()
    .enumerate()
    {
        let page = browser.post("/register/method", &[("way", "add"), ("method", method)]).await;
        let code = if method == "app_code" { app.app_code(&shown_key(&page), 0) } else { String::new() };
        let typed = [("code", code.as_str())];
        let fields = if method == "app_code" { &typed[..] } else { fields };
        let to = press(&mut browser, &page, path, fields).await;
        assert!(to.starts_with("/security-info"), "{method}: {to}");
        assert_eq!(browser.get_raw(&to).await.status, 200, "{method}: still signed in");
        app.prove(&user).await;
        assert_eq!(app.messages_to("ana@contoso.example").await.len(), number + 1, "{method}: told once");
    }
    let methods: Vec<_> = app.methods_of(&user).await.into_iter().map(|row| row.method).collect();
    assert_eq!(methods, ["app_code", "recovery_code"]);
    let mut tx = app.engine.store.read().await.unwrap();
    assert_eq!(tx.answers(user.id).await.unwrap().len(), 5);
    assert_eq!(tx.recovery_codes(user.id).await.unwrap().len(), regain_core::limits::RECOVERY_CODES);
}

/// The same wrong password again is judged, and written down, again.
#[tokio::test]
async fn a_wrong_password_is_judged_each_time() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    let page = browser.get("/signin").await;
    let fields =
        [("step", "password"), ("username", "ana@contoso.example"), ("password", "wrong"), ("next", "")];
    let form = Filled::on(&page, "/signin", &fields);
    for times in 1..=2 {
        assert!(form.send(&mut browser).await.location().starts_with("/signin"));
        let failed = app.audit().await.into_iter().filter(|row| row.1 == "failure");
        assert_eq!(failed.count(), times);
    }
}

#[tokio::test]
async fn a_temporary_pass_issued_twice_is_one_and_shown() {
    let app = TestApp::start().await;
    let (mut browser, ana) = help_desk(&app).await;
    overridden(&mut browser, &ana).await;
    let id = ana.id.to_string();
    let page = browser.get(&format!("/admin/users/{id}/temporary-pass")).await;
    let form = Filled::on(&page, "/admin/users/issue-pass", &[("id", &id), ("minutes", "60")]);
    let (mut one, mut other) = (browser.clone(), browser.clone());
    let (first, second) = tokio::join!(form.send(&mut one), form.send(&mut other));
    let (first, second) = (one.follow(first).await, other.follow(second).await);
    assert_eq!(shown(&first), shown(&second));
    let issued = app.audit().await.into_iter().filter(|row| row.0 == "Admin issued temporary pass");
    assert_eq!(issued.count(), 1);
}

#[tokio::test]
async fn settings_saved_twice_are_no_conflict_and_saved_again_later_they_are_judged() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let path = "/admin/password-reset/notifications";
    let page = browser.get(path).await;
    let version = page.input("version");
    let values = |users| [("version", version.as_str()), ("notify_users", users), ("notify_admins", "yes")];
    let form = Filled::on(&page, path, &values("no"));
    one_answer(&form.send_at_once(&browser, SESSION).await, &format!("{path}?saved"));
    // Somebody changes their mind, goes back twice, and presses *Save* on the first page again.
    let page = browser.get(path).await;
    let (version, mark) = (page.input("version"), page.input(FIELD));
    let other =
        [("version", version.as_str()), ("notify_users", "yes"), ("notify_admins", "yes"), (FIELD, &mark)];
    assert_eq!(browser.post_raw(path, &other).await.location(), format!("{path}?saved"));
    let reply = form.send(&mut browser).await;
    browser.follow(reply).await.assert_hides("Your changes are saved");
}

#[tokio::test]
async fn who_is_deleted_twice_is_deleted_and_that_is_said() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let ana = app.add_user("ana").await;
    let id = ana.id.to_string();
    let page = browser.get(&format!("/admin/users/{id}/delete")).await;
    let form = Filled::on(&page, "/admin/users/delete", &[("id", &id)]);
    one_answer(&form.send_at_once(&browser, SESSION).await, "/admin/users?deleted");
}

#[tokio::test]
async fn nothing_of_a_new_token_is_stored() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    register_email(&app, &mut browser, "ana@home.example").await;
    let content = app.content().await;
    assert!(content.iter().any(|(table, rows)| table == "answered_forms" && !rows.is_empty()));
    assert!(content.iter().all(|(_, rows)| !rows.contains(&browser.token())));
}
