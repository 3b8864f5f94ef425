//! What the log must not say, at any level (T45).

use std::collections::BTreeSet;

use data_encoding::BASE32_NOPAD;
use regain_core::method::Method;
use regain_store::User;

use crate::hardware_tokens::{SECRET, code, give};
use crate::policy::admin;
use crate::register::{choose, register_phone, shown_key};
use crate::report::link_to;
use crate::reset::walk::{NEW, Walk, wrong};
use crate::support::log::Listening;
use crate::support::{Browser, PASSWORD, TestApp};

const ANSWER: &str = "tangerine lighthouse";
const GUESS: &str = "marmalade zeppelin";
const TEMPORARY: &str = "walrus umbrella nine";

/// What was used, as it was sent or stored.
#[derive(Default)]
struct Secrets(BTreeSet<String>);

impl Secrets {
    fn keep(&mut self, secret: impl Into<String>) -> String {
        let secret = secret.into();
        self.0.insert(secret.clone());
        secret
    }

    fn keep_cookies(&mut self, browser: &Browser) {
        self.0.extend(browser.cookies.values().filter(|value| value.len() > 8).cloned());
    }

    /// Each as a form sends it, too.
    fn spellings(&self) -> BTreeSet<String> {
        let sent = |secret: &String| crate::support::encoded(secret);
        self.0.iter().map(sent).chain(self.0.iter().cloned()).collect()
    }
}

/// Whether `secret` stands in a line as a word of its own: six digits turn up within longer numbers by chance.
fn says(line: &str, secret: &str) -> bool {
    line.match_indices(secret).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + secret.len()..].chars().next();
        !before.is_some_and(|c| c.is_ascii_alphanumeric())
            && !after.is_some_and(|c| c.is_ascii_alphanumeric())
    })
}

/// How long a statement took is digits as well, and nobody's code.
fn without_durations(line: &str) -> String {
    let words = line.split(' ').filter(|word| !word.starts_with("elapsed"));
    words.collect::<Vec<_>>().join(" ")
}

/// An app, an address, a phone and answers; the app's seed.
async fn register(app: &TestApp, user: &User, secrets: &mut Secrets) {
    let mut browser = app.browser();
    browser.try_sign_in("ana", &secrets.keep(GUESS)).await;
    browser.sign_in("ana").await;
    secrets.keep_cookies(&browser);
    let key = shown_key(&choose(&mut browser, Method::AppCode).await);
    secrets.keep(BASE32_NOPAD.encode(key.expose()));
    secrets.keep(format!("{:?}", key.expose()));
    let code = secrets.keep(app.app_code(&key, 0));
    browser.post("/register/app", &[("code", &code)]).await.assert_shows("Authenticator app added");
    secrets.keep_cookies(&browser);
    choose(&mut browser, Method::Email).await;
    browser.post("/register/email", &[("email", "ana@mail.example")]).await;
    let code = secrets.keep(app.code_for("ana@mail.example").await);
    browser.post("/register/code", &[("code", &secrets.keep(wrong(&code)))]).await;
    browser.post("/register/code", &[("code", &code)]).await.assert_shows("Email added");
    register_phone(app, &mut browser, "+37120000001").await.assert_shows("Phone added");
    secrets.keep(app.code_for("+37120000001").await);
    let questions = ["first-pet", "first-car", "first-film", "first-concert", "favorite-food"];
    let answers: Vec<String> = (1..=5).map(|n| secrets.keep(format!("{ANSWER} {n}"))).collect();
    let names: Vec<(String, String)> =
        (0..5).map(|n| (format!("question_{n}"), format!("answer_{n}"))).collect();
    let mut fields = vec![("way", "add")];
    for ((question, answer), (id, text)) in names.iter().zip(questions.iter().zip(&answers)) {
        fields.extend([(question.as_str(), *id), (answer.as_str(), text.as_str())]);
    }
    browser.post("/register/questions", &fields).await;
    assert_eq!(app.engine.store.read().await.unwrap().answers(user.id).await.unwrap().len(), 5);
    let change = [("current_password", PASSWORD), ("new_password", NEW), ("confirm_password", NEW)];
    browser.post("/security-info/change-password", &change).await.assert_hides("There is a problem");
    secrets.keep_cookies(&browser);
    let pairing = browser.post("/register/method", &[("way", "add"), ("method", "app_notification")]).await;
    let link = pairing.body.split("code=").nth(1).unwrap();
    secrets.keep(link.split(['"', '&', '<']).next().unwrap());
}

/// With a wrong code and a right one, by mail and by text.
async fn reset(app: &TestApp, secrets: &mut Secrets) {
    let (mut walk, _) = Walk::to_methods(app, "ana@contoso.example").await;
    secrets.keep_cookies(&walk.browser);
    walk.choose("email").await;
    let code = secrets.keep(app.code_for("ana@mail.example").await);
    walk.enter(&secrets.keep(wrong(&code))).await;
    walk.enter(&code).await.assert_shows("One more check");
    walk.choose("mobile_phone").await;
    walk.type_number("+37120000001").await;
    let code = secrets.keep(app.code_for("+37120000001").await);
    walk.enter(&code).await.assert_shows("Choose a new password");
    walk.finish(&secrets.keep("short kettle")).await.assert_shows("There is a problem");
    let password = secrets.keep("violet kettle above nine rivers");
    walk.finish(&password).await.assert_shows("Your password has been reset");
    secrets.keep_cookies(&walk.browser);
    let link = link_to(app, "ana@mail.example").await;
    secrets.keep(link.trim_start_matches("/report/"));
    app.browser().get(&link).await.assert_shows("Was this you?");
    app.browser().post(&link, &[]).await.assert_shows("You reported it");
}

/// A token is uploaded and activated, a password is set for somebody.
async fn administer(app: &TestApp, secrets: &mut Secrets) {
    let bob = app.add_user("bob").await;
    let mut browser = admin(app).await;
    secrets.keep_cookies(&browser);
    secrets.keep(SECRET);
    give(app, &mut browser, &bob, 60).await;
    secrets.keep(code(app, 60, 0));
    let id = bob.id.to_string();
    let fields = [("id", id.as_str()), ("temporary_password", &secrets.keep(TEMPORARY))];
    browser.post("/admin/users/set-password", &fields).await.assert_shows("The temporary password is set.");
    let upn = [("user_principal_name", "new@contoso.example"), ("display_name", "New")];
    let first = [("initial_password", &*secrets.keep("hedgehog initial seven"))];
    browser.post("/admin/users/new", &[upn.as_slice(), &first].concat()).await;
}

#[tokio::test]
async fn t45_no_secret_is_in_the_log_at_any_level() {
    let app = TestApp::start().await;
    app.questions_policy().await;
    app.set_policy(|policy| policy.methods.insert(Method::AppNotification)).await;
    let ana = app.add_user("ana").await;
    let log = Listening::start();
    let mut secrets = Secrets::default();
    for password in [PASSWORD, NEW] {
        secrets.keep(password);
    }
    register(&app, &ana, &mut secrets).await;
    // What was registered counts at once; the codes' gaps are over.
    app.advance(std::time::Duration::from_mins(11));
    reset(&app, &mut secrets).await;
    administer(&app, &mut secrets).await;
    app.run_jobs().await;

    let lines = log.lines();
    assert!(lines.contains("TRACE") && lines.contains("DEBUG"), "every level is heard");
    assert!(lines.contains("challenges"), "what the database is asked is heard");
    assert!(secrets.0.len() > 25, "{}", secrets.0.len());
    let spellings = secrets.spellings();
    for line in lines.lines().map(without_durations) {
        for secret in &spellings {
            assert!(!says(&line, secret), "{secret} stands in the log: {line}");
        }
    }
    // What would stand there would be found.
    let control = secrets.0.iter().next().unwrap();
    tracing::trace!(control, "on purpose");
    assert!(log.lines().lines().any(|line| says(&without_durations(line), control)));
}
