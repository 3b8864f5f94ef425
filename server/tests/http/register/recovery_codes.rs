//! Recovery codes.

use regain_core::limits::RECOVERY_CODES;
use regain_core::method::Method;
use regain_store::User;

use super::choose;
use crate::support::{Browser, Reply, TestApp};

impl TestApp {
    /// Registers a set of recovery codes as a person does.
    pub(crate) async fn add_recovery_codes(&self, user: &User) -> Vec<String> {
        let mut browser = self.session(user).await;
        self.prove(user).await;
        let page = choose(&mut browser, Method::RecoveryCode).await;
        save(&mut browser).await.assert_shows("Recovery codes added");
        shown(&page)
    }
}

/// The codes on the page.
fn shown(page: &Reply) -> Vec<String> {
    let (_, rest) = page.body.split_once("<pre").expect("codes");
    let (_, rest) = rest.split_once('>').unwrap();
    rest.split("</pre>").next().unwrap().lines().map(str::to_owned).collect()
}

async fn save(browser: &mut Browser) -> Reply {
    browser.post("/register/recovery-codes", &[("saved", "true")]).await
}

async fn office() -> (TestApp, User) {
    let app = TestApp::start().await;
    app.registration_policy().await;
    app.beyond_the_boxes().await;
    let user = app.add_user("ana").await;
    (app, user)
}

#[tokio::test]
async fn ten_codes_are_shown_until_they_are_saved_and_never_again() {
    let (app, user) = office().await;
    let mut browser = app.session(&user).await;
    let page = choose(&mut browser, Method::RecoveryCode).await;
    assert_eq!(page.headers.get("cache-control").unwrap(), "no-store");
    let codes = shown(&page);
    assert_eq!(codes.len(), RECOVERY_CODES);
    let is_code = |code: &String| code.len() == 19 && regain_core::code::RecoveryCode::parse(code).is_some();
    assert!(codes.iter().all(is_code), "{codes:?}");
    // The file to download stands in the page, with the same codes.
    assert!(page.body.contains("-recovery-codes.txt\""));
    assert!(codes.iter().all(|code| page.body.matches(&code.replace('-', "%2D")).count() == 1));
    let reply = browser.post("/register/recovery-codes", &[]).await;
    reply.assert_shows("There is a problem").assert_shows("Save the codes, then tick this");
    assert_eq!(shown(&reply), codes, "a set that was not saved is the same set");
    assert!(app.methods_of(&user).await.is_empty(), "T52: not a method yet");
    save(&mut browser).await.assert_shows("Recovery codes added").assert_shows("1 more to add");
    for path in [
        "/register/recovery-codes",
        "/register/review",
        "/security-info",
        "/register/added?method=recovery_code",
    ] {
        let body = browser.get(path).await.body;
        assert!(codes.iter().all(|code| !body.contains(code)), "{path}");
    }
    save(&mut browser).await;
    assert_eq!(app.methods_of(&user).await.len(), 1);
    assert!(app.messages_to("ana@contoso.example").await[0].text.contains("a set of recovery codes"));
}

#[tokio::test]
async fn no_code_is_in_the_database() {
    let (app, user) = office().await;
    let mut browser = app.session(&user).await;
    let codes = shown(&choose(&mut browser, Method::RecoveryCode).await);
    for when in ["before it is saved", "after"] {
        for (table, content) in app.content().await {
            let found =
                codes.iter().any(|code| content.contains(code) || content.contains(&code.replace('-', "")));
            assert!(!found, "{table}, {when}");
        }
        save(&mut browser).await;
    }
}

#[tokio::test]
async fn a_new_set_takes_the_place_of_the_old_one_and_its_owner_is_told() {
    let (app, user) = office().await;
    let old = app.add_recovery_codes(&user).await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    browser.get("/security-info").await.assert_shows("10 left").assert_shows("Make new codes");
    let form = [("way", "add"), ("method", "recovery_code")];
    let page = browser.post("/register/method", &form).await;
    page.assert_shows("The codes that you had stop working");
    let new = shown(&page);
    browser.post("/register/recovery-codes", &[("way", "add"), ("saved", "true")]).await;
    let mut tx = app.engine.store.read().await.unwrap();
    assert_eq!(tx.recovery_codes(user.id).await.unwrap().len(), RECOVERY_CODES);
    assert_eq!(tx.methods(user.id).await.unwrap().len(), 1);
    assert!(old.iter().all(|code| !new.contains(code)));
    assert_eq!(app.messages_to("ana@contoso.example").await.len(), 2);
}
