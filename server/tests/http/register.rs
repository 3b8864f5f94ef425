//! The registration wizard.

mod app;
mod codes;
mod passkey;
pub(crate) mod phones;
mod questions;
mod recovery_codes;
mod start;
mod together;

use regain_core::method::{Method, MethodSet};
use regain_core::policy::{MethodsRequired, Question, Scope};
use regain_server::crypto::token_hash;
use regain_store::User;

use crate::support::{Browser, Reply, TestApp};

impl TestApp {
    /// A policy for everybody: two of app, email and phone.
    pub(crate) async fn registration_policy(&self) {
        self.set_policy(|policy| {
            policy.scope = Scope::All;
            policy.methods_required = MethodsRequired::Two;
            policy.methods = MethodSet::of(&[Method::AppCode, Method::Email, Method::MobilePhone]);
        })
        .await;
    }

    /// The same with security questions.
    pub(crate) async fn questions_policy(&self) {
        self.registration_policy().await;
        self.set_policy(|policy| {
            policy.methods.insert(Method::SecurityQuestions);
            let chosen =
                ["first-pet", "first-car", "first-film", "first-concert", "favorite-food", "favorite-song"];
            policy.questions.chosen = chosen.map(|id| Question::Predefined(id.to_owned())).to_vec();
        })
        .await;
    }

    /// A browser in which the person has just signed in with the password.
    pub(crate) async fn session(&self, user: &User) -> Browser {
        let engine = &self.engine;
        let token = engine.new_token();
        let now = engine.now();
        let session = regain_store::Session {
            id: engine.new_id(),
            token_hash: token_hash(token.expose()),
            user_id: user.id,
            support_code: "TEST-CODE".to_owned(),
            address: "203.0.113.1".to_owned(),
            client: "Test browser".to_owned(),
            created_at: now,
            seen_at: now,
            expires_at: now.plus(regain_core::time::Duration::from_hours(12)),
            proved_at: None,
            proved_by: None,
            pass_id: None,
            browser: None,
            agreed_at: None,
            agreed_by: None,
        };
        let mut tx = engine.store.write().await.unwrap();
        tx.add_session(&session).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = self.browser();
        browser.cookies.insert("__Host-regain_session".to_owned(), token.expose().to_owned());
        browser
    }

    /// Notes that an authenticator app was shown in every session of the person.
    pub(crate) async fn prove(&self, user: &User) {
        self.prove_by(user, "app_code").await;
    }

    /// Notes that `method` was shown in every session of the person.
    pub(crate) async fn prove_by(&self, user: &User, method: &str) {
        let mut tx = self.engine.store.write().await.unwrap();
        for session in tx.sessions_of(user.id).await.unwrap() {
            tx.prove_session(session.id, &session.token_hash, method, self.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// The methods that a person has registered.
    pub(crate) async fn methods_of(&self, user: &User) -> Vec<regain_store::Method> {
        self.engine.store.read().await.unwrap().methods(user.id).await.unwrap()
    }

    /// Whether the audit log has such a row.
    pub(crate) async fn has_record(&self, activity: &str, result: &str) -> bool {
        self.audit().await.iter().any(|row| row.0 == activity && row.1 == result)
    }
}

/// Chooses a method and goes to its page.
pub(crate) async fn choose(browser: &mut Browser, method: Method) -> Reply {
    browser.post("/register/method", &[("method", method.as_str())]).await
}

/// Adds an address with the code that was sent to it.
pub(crate) async fn register_email(app: &TestApp, browser: &mut Browser, address: &str) -> Reply {
    choose(browser, Method::Email).await.assert_shows("What is your email address?");
    browser.post("/register/email", &[("email", address)]).await.assert_shows("Enter the code we sent");
    let code = app.code_for(address).await;
    browser.post("/register/code", &[("code", &code)]).await
}

/// Adds a number with the code that was sent to it.
pub(crate) async fn register_phone(app: &TestApp, browser: &mut Browser, number: &str) -> Reply {
    choose(browser, Method::MobilePhone).await.assert_shows("What is your phone number?");
    browser.post("/register/phone", &[("number", number)]).await.assert_shows("Enter the code we sent");
    let code = app.code_for(&number.replace(' ', "")).await;
    browser.post("/register/code", &[("code", &code)]).await
}

/// The key that the page shows.
pub(crate) fn shown_key(reply: &Reply) -> regain_core::secret::SecretBytes {
    let (_, rest) = reply.body.split_once("secret=").expect("a link with the key");
    let key: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    regain_core::secret::SecretBytes::from(data_encoding::BASE32_NOPAD.decode(key.as_bytes()).unwrap())
}

/// Adds an authenticator app.
pub(crate) async fn register_app(app: &TestApp, browser: &mut Browser) -> Reply {
    let page = choose(browser, Method::AppCode).await;
    let code = app.app_code(&shown_key(&page), 0);
    browser.post("/register/app", &[("code", &code)]).await
}
