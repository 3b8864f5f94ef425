//! Smart lockout of sign-in.

use regain_core::time::Duration;
use regain_server::account_key::account_key;

use crate::support::{Browser, PASSWORD, TestApp};

const LOCKED: &str = "sign-in is locked for now";
const INCORRECT: &str = "Your username or password is incorrect.";

/// What the page says after a try with `password`; empty when it signed in.
async fn attempt(browser: &mut Browser, name: &str, password: &str) -> &'static str {
    let reply = browser.try_sign_in(name, password).await;
    if !reply.location().starts_with("/signin") {
        return "";
    }
    let page = browser.follow(reply).await;
    if page.text().contains(LOCKED) {
        page.assert_hides(INCORRECT);
        LOCKED
    } else {
        page.assert_shows(INCORRECT);
        INCORRECT
    }
}

async fn guess(browser: &mut Browser, name: &str, times: usize) {
    for number in 0..times {
        assert_eq!(
            attempt(browser, name, &format!("wrong guess {number}")).await,
            INCORRECT,
            "guess {number}"
        );
    }
}

#[tokio::test]
async fn r177_ten_wrong_passwords_lock_known_and_unknown_names_alike() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    for name in ["ana", "nobody"] {
        let mut browser = app.browser();
        guess(&mut browser, name, 10).await;
        assert_eq!(attempt(&mut browser, name, PASSWORD).await, LOCKED, "{name}");
    }
}

#[tokio::test]
async fn nine_wrong_passwords_do_not() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    guess(&mut browser, "ana", 9).await;
    assert_eq!(attempt(&mut browser, "ana", PASSWORD).await, "");
    let mut elsewhere = app.browser();
    guess(&mut elsewhere, "ana", 9).await;
    assert_eq!(attempt(&mut elsewhere, "ana", PASSWORD).await, "", "a success forgets the failures");
}

#[tokio::test]
async fn r178_r179_the_next_wrong_one_locks_again_and_longer() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    guess(&mut browser, "ana", 10).await;
    app.advance(Duration::from_secs(59));
    assert_eq!(attempt(&mut browser, "ana", PASSWORD).await, LOCKED);
    app.advance(Duration::from_secs(2));
    assert_eq!(attempt(&mut browser, "ana", "one more").await, INCORRECT);
    app.advance(Duration::from_secs(61));
    assert_eq!(attempt(&mut browser, "ana", PASSWORD).await, LOCKED, "twice as long");
    app.advance(Duration::from_mins(1));
    assert_eq!(attempt(&mut browser, "ana", PASSWORD).await, "");
}

#[tokio::test]
async fn r180_the_same_wrong_password_again_does_not_count() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    for _ in 0..15 {
        assert_eq!(attempt(&mut browser, "ana", "my old password").await, INCORRECT);
    }
    assert_eq!(attempt(&mut browser, "ana", PASSWORD).await, "");
}

#[tokio::test]
async fn t132_the_same_wrong_password_again_counts_for_its_source() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    assert_eq!(attempt(&mut browser, "ana", "my old password").await, INCORRECT);
    // Counted straight: three hundred hashes would only cost time.
    let mut tx = app.engine.store.write().await.unwrap();
    for _ in 0..298 {
        tx.count("source:203.0.113.1:sign-in", Duration::from_mins(10), app.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(attempt(&mut browser, "ana", "my old password").await, INCORRECT);
    // From here on a password is paid for with work; without it nothing is compared, and nobody is refused.
    let page = browser.try_sign_in("ana", PASSWORD).await;
    let page = browser.follow(page).await;
    page.assert_shows("There were many wrong answers from your network").assert_shows("Do the check below");
    assert_eq!(page.status, 200);
    let token = page.input("captcha");
    let read = crate::reset::walk::letters(&app, &token);
    let typed = [
        ("step", "password"),
        ("username", "ana@contoso.example"),
        ("captcha", &token),
        ("characters", &read),
    ];
    let with = |password| typed.into_iter().chain([("password", password)]).collect::<Vec<_>>();
    let page = browser.post("/signin", &with("my old password")).await;
    page.assert_shows("incorrect").assert_shows("There were many wrong answers from your network");
    // Once.
    browser.post("/signin", &with(PASSWORD)).await.assert_shows("Those were not the characters");
    let page = browser
        .post("/signin", &[("step", "password"), ("username", "ana@contoso.example"), ("another", "yes")])
        .await;
    page.assert_hides("There is a problem");
    let token = page.input("captcha");
    let read = crate::reset::walk::letters(&app, &token);
    let fields = [
        ("step", "password"),
        ("username", "ana@contoso.example"),
        ("password", PASSWORD),
        ("captcha", &token),
        ("characters", &read),
    ];
    browser.post("/signin", &fields).await;
    assert!(browser.cookies.contains_key(crate::support::SESSION), "the right password passes");
    let mut elsewhere = app.browser();
    elsewhere.address = "198.51.100.9".to_owned();
    assert_eq!(attempt(&mut elsewhere, "ana", PASSWORD).await, "", "the account is as it was");
}

#[tokio::test]
async fn r181_guesses_from_elsewhere_do_not_lock_a_familiar_place() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut home = app.browser();
    home.sign_in("ana").await;
    let mut stranger = app.browser();
    stranger.address = "198.51.100.9".to_owned();
    guess(&mut stranger, "ana", 10).await;
    assert_eq!(attempt(&mut stranger, "ana", PASSWORD).await, LOCKED);
    home.address = "203.0.113.200".to_owned();
    assert_eq!(attempt(&mut home, "ana", PASSWORD).await, "", "the same network is the same place");
    assert_eq!(
        attempt(&mut stranger, "ana", PASSWORD).await,
        LOCKED,
        "and its success opens nothing elsewhere"
    );
}

#[tokio::test]
async fn t11_every_spelling_counts_on_one_account() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    for (number, name) in ["ana@contoso.example", " ANA@contoso.example", "Ａna@contoso.example"]
        .iter()
        .cycle()
        .take(10)
        .enumerate()
    {
        assert_eq!(attempt(&mut browser, name, &format!("guess {number}")).await, INCORRECT, "{name}");
    }
    assert_eq!(attempt(&mut browser, "ana", PASSWORD).await, LOCKED);
}

#[tokio::test]
async fn r182_a_password_that_an_administrator_sets_unlocks_at_once() {
    use regain_server::passwords::{self, Cause, NewVerifier};
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = app.browser();
    guess(&mut browser, "ana", 10).await;
    let verifier =
        app.engine.hasher.hash(&"a password for the phone".into(), app.engine.new_salt()).await.unwrap();
    let mut tx = app.engine.store.write().await.unwrap();
    let new = NewVerifier { verifier, imported: false, cause: Cause::Administrator };
    passwords::set(&app.engine, &mut *tx, &ana, new).await.unwrap();
    tx.commit().await.unwrap();
    let reply = browser.try_sign_in("ana", "a password for the phone").await;
    assert_eq!(reply.location(), "/security-info/change-password");
}

#[tokio::test]
async fn a_hundred_failures_in_a_day_are_the_most_over_all_places() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    // Counted straight: a hundred hashes would only cost time.
    let key = regain_server::account_key::counter_key(
        &account_key(&app.engine.keys, "ana@contoso.example"),
        regain_server::passwords::SIGN_IN_COUNTER,
    );
    let mut tx = app.engine.store.write().await.unwrap();
    for _ in 0..99 {
        tx.count(&key, Duration::from_hours(24), app.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut browser = app.browser();
    assert_eq!(attempt(&mut browser, "ana", "the hundredth").await, INCORRECT);
    assert_eq!(attempt(&mut browser, "ana", PASSWORD).await, LOCKED);
    app.advance(Duration::from_hours(24));
    assert_eq!(attempt(&mut browser, "ana", PASSWORD).await, "");
}

#[tokio::test]
async fn the_threshold_is_the_administrators() {
    use regain_server::password_protection::{PasswordProtection, SETTINGS};
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut settings = PasswordProtection::default();
    settings.lockout.threshold = 3;
    settings.lockout.duration_seconds = 600;
    let mut tx = app.engine.store.write().await.unwrap();
    regain_server::policy::save_document(&mut *tx, SETTINGS, &settings, 0, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = app.browser();
    guess(&mut browser, "ana", 3).await;
    app.advance(Duration::from_secs(599));
    assert_eq!(attempt(&mut browser, "ana", PASSWORD).await, LOCKED);
    app.advance(Duration::from_secs(2));
    assert_eq!(attempt(&mut browser, "ana", PASSWORD).await, "");
}

#[tokio::test]
async fn parallel_guesses_do_not_outrun_the_counter() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let guesses = (0..30).map(|number| {
        let mut browser = app.browser();
        tokio::spawn(async move { attempt(&mut browser, "ana", &format!("guess {number}")).await })
    });
    let guesses: Vec<_> = guesses.collect();
    let mut compared = 0;
    for guess in guesses {
        compared += usize::from(guess.await.unwrap() == INCORRECT);
    }
    assert_eq!(compared, 10);
}
