//! Passkeys.

use regain_core::method::Method;
use regain_store::User;

use super::choose;
use crate::support::{Browser, Reply, SecurityKey, TOUCHED, TestApp, asked};

impl TestApp {
    /// Lets people reset with a passkey and with recovery codes, beside what the check boxes say.
    pub(crate) async fn beyond_the_boxes(&self) {
        self.set_methods_policy(|policy| {
            for name in ["passkey", "recovery_code"] {
                let line = name.parse().unwrap();
                let mut rules = policy.rules(line);
                rules.reset.on = true;
                policy.set_rules(line, rules);
            }
        })
        .await;
    }

    /// Registers a passkey as a person does.
    pub(crate) async fn add_passkey(&self, user: &User) -> SecurityKey {
        let (mut browser, mut key) = (self.session(user).await, SecurityKey::new(self));
        self.prove(user).await;
        create(&mut browser, &mut key).await.assert_shows("Passkey added");
        key
    }
}

async fn create(browser: &mut Browser, key: &mut SecurityKey) -> Reply {
    let page = choose(browser, Method::Passkey).await;
    let credential = key.create(&page);
    browser.post("/register/passkey", &[("credential", &credential)]).await
}

async fn office() -> (TestApp, User) {
    let app = TestApp::start().await;
    app.registration_policy().await;
    app.beyond_the_boxes().await;
    let user = app.add_user("ana").await;
    (app, user)
}

#[tokio::test]
async fn a_passkey_is_made_on_the_device_discoverable_and_unlocked_by_its_owner() {
    let (app, user) = office().await;
    let mut browser = app.session(&user).await;
    let page = choose(&mut browser, Method::Passkey).await;
    page.assert_shows("Create a passkey").assert_shows("I want to set up a different method");
    let options = asked(&page);
    assert_eq!(options["rp"]["id"], "localhost");
    assert_eq!(options["user"]["name"], "ana@contoso.example");
    let selection = &options["authenticatorSelection"];
    assert_eq!(
        (&selection["residentKey"], &selection["userVerification"]),
        (&"required".into(), &"required".into())
    );
    assert!(
        options["attestation"] == "none" || options["attestation"].is_null(),
        "nobody asks for the maker"
    );
    let credential = SecurityKey::new(&app).create(&page);
    browser.post("/register/passkey", &[("credential", &credential)]).await.assert_shows("Passkey added");
    let methods = app.methods_of(&user).await;
    assert_eq!((methods.len(), methods[0].method.as_str()), (1, "passkey"));
    assert!(app.has_record("User registered security info", "success").await);
    assert!(app.messages_to("ana@contoso.example").await[0].text.contains("a passkey"));
    browser.post("/register/passkey", &[("credential", &credential)]).await;
    assert_eq!(app.methods_of(&user).await.len(), 1, "an answer counts once");
}

#[tokio::test]
async fn what_is_no_passkey_of_this_page_is_refused_and_the_page_asks_the_same_again() {
    let (app, user) = office().await;
    let mut browser = app.session(&user).await;
    let page = choose(&mut browser, Method::Passkey).await;
    let elsewhere = SecurityKey::new(&app).at("https://contoso.evil.example").create(&page);
    let mut touched = SecurityKey::new(&app);
    touched.flags = TOUCHED;
    for answer in ["{}", "[]", "null", &elsewhere, &touched.create(&page)] {
        let reply = browser.post("/register/passkey", &[("credential", answer)]).await;
        reply.assert_shows("could not be added");
        assert_eq!(asked(&reply), asked(&page));
    }
    browser.post("/register/passkey", &[]).await.assert_shows("Your browser gave no passkey");
    browser.post("/register/passkey", &[("credential[]", "{}")]).await;
    assert!(app.methods_of(&user).await.is_empty());
}

#[tokio::test]
async fn a_key_that_is_registered_belongs_to_nobody_else() {
    let (app, ana) = office().await;
    let mut key = app.add_passkey(&ana).await;
    let bob = app.add_user("bob").await;
    let mut browser = app.session(&bob).await;
    create(&mut browser, &mut key).await.assert_shows("registered already");
    assert!(app.methods_of(&bob).await.is_empty());
}

#[tokio::test]
async fn r87_ten_passkeys_and_the_browser_is_told_which_devices_have_one() {
    let (app, user) = office().await;
    let mut browser = app.session(&user).await;
    for number in 0..10 {
        let form = [("way", "add"), ("method", "passkey")];
        let page = browser.post("/register/method", &form).await;
        assert_eq!(asked(&page)["excludeCredentials"].as_array().map_or(0, Vec::len), number);
        let credential = SecurityKey::new(&app).create(&page);
        browser.post("/register/passkey", &[("way", "add"), ("credential", &credential)]).await;
    }
    assert_eq!(app.methods_of(&user).await.len(), 10);
    let reply = browser.post("/register/method", &[("way", "add"), ("method", "passkey")]).await;
    reply.assert_shows("You have 10 of these");
}

#[tokio::test]
async fn where_the_policy_has_them_off_nobody_is_offered_a_passkey() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let page = browser.get("/register/method").await;
    assert!(!page.body.contains("value=\"passkey\"") && !page.body.contains("value=\"recovery_code\""));
    choose(&mut browser, Method::Passkey).await.assert_shows("Choose a method");
}

#[tokio::test]
async fn password_managers_find_where_passkeys_are_made() {
    let app = TestApp::start().await;
    let reply = app.browser().get_raw("/.well-known/passkey-endpoints").await;
    assert_eq!((reply.status, reply.headers["content-type"].to_str().unwrap()), (200, "application/json"));
    let found: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(found["enroll"], app.engine.config.public_url.link("/security-info/add"));
    assert_eq!(found["manage"], app.engine.config.public_url.link("/security-info"));
}
