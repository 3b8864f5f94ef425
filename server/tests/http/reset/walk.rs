//! One person's way through the wizard.

use data_encoding::BASE64URL_NOPAD;
use regain_core::policy::Scope;
use regain_store::User;

use crate::support::{Browser, Reply, TestApp};

/// A password that the default profile accepts.
pub const NEW: &str = "violet kettle under seven moons";

/// A server on which everybody may reset.
pub async fn open() -> TestApp {
    let app = TestApp::start().await;
    app.set_policy(|policy| policy.scope = Scope::All).await;
    app
}

/// Somebody who registered an email address and a phone.
pub async fn ready(app: &TestApp, name: &str, number: &str) -> User {
    let user = app.add_user(name).await;
    app.add_email(&user, &format!("{name}@mail.example")).await;
    app.add_phone(&user, number).await;
    user
}

/// alice with +14255550100.
pub async fn alice(app: &TestApp) -> User {
    ready(app, "alice", "+14255550100").await
}

/// A walk through the wizard in a browser of its own.
pub struct Walk<'a> {
    pub app: &'a TestApp,
    pub browser: Browser,
}

impl<'a> Walk<'a> {
    /// From the first page on, with the CAPTCHA solved; the page after it is in the second place.
    pub async fn start(app: &'a TestApp, name: &str) -> (Self, Reply) {
        let mut walk = Self { app, browser: app.browser() };
        let reply = walk.start_raw(name).await;
        let page = walk.browser.get(reply.location()).await;
        (walk, page)
    }

    /// Posts the first page; the answer itself.
    pub async fn start_raw(&mut self, name: &str) -> Reply {
        // The page asks first while the whole policy is *None*.
        let page = self.browser.get("/reset?administrator").await;
        let token = page.input("captcha");
        let characters = letters(self.app, &token);
        self.browser
            .post_raw("/reset", &[("username", name), ("captcha", &token), ("characters", &characters)])
            .await
    }

    /// From the first page to the list of methods, to reset.
    pub async fn to_methods(app: &'a TestApp, name: &str) -> (Self, Reply) {
        Self::to_methods_for(app, name, "reset").await
    }

    /// The same for an unlock.
    pub async fn to_methods_for(app: &'a TestApp, name: &str, intent: &str) -> (Self, Reply) {
        let (mut walk, _) = Self::start(app, name).await;
        let page = walk.go_to_list(intent).await;
        (walk, page)
    }

    /// From the question why to the list of methods.
    pub async fn go_to_list(&mut self, intent: &str) -> Reply {
        self.browser.post("/reset/why", &[("intent", intent)]).await
    }

    pub async fn choose(&mut self, method: &str) -> Reply {
        self.browser.post("/reset/method", &[("method", method)]).await
    }

    pub async fn type_number(&mut self, number: &str) -> Reply {
        self.browser.post("/reset/phone", &[("phone", number), ("country", "")]).await
    }

    pub async fn enter(&mut self, code: &str) -> Reply {
        self.browser.post("/reset/verify", &[("code", code)]).await
    }

    /// Passes the email step.
    pub async fn by_email(&mut self, address: &str) -> Reply {
        self.choose("email").await;
        let code = self.app.code_for(address).await;
        self.enter(&code).await
    }

    /// Passes the phone step.
    pub async fn by_text(&mut self, number: &str) -> Reply {
        self.choose("mobile_phone").await;
        self.type_number(number).await;
        let code = self.app.code_for(number).await;
        self.enter(&code).await
    }

    /// alice, before the page for the new password.
    pub async fn to_password(app: &'a TestApp) -> Self {
        Self::to_password_of(app, "alice", "+14255550100").await
    }

    /// The same for somebody else who is ready.
    pub async fn to_password_of(app: &'a TestApp, name: &str, number: &str) -> Self {
        let (mut walk, _) = Self::to_methods(app, &format!("{name}@contoso.example")).await;
        walk.by_email(&format!("{name}@mail.example")).await;
        walk.by_text(number).await.assert_shows("Choose a new password");
        walk
    }

    pub async fn finish(&mut self, password: &str) -> Reply {
        self.browser
            .post("/reset/password", &[("new_password", password), ("confirm_password", password)])
            .await
    }
}

/// The characters in a token's picture: what a person reads, taken out of the sealed token. They stand after version,
/// action, effort, id, seed and expiry.
pub fn letters(app: &TestApp, token: &str) -> String {
    characters(app, token, 43..49)
}

/// The digits that a token's sound says; they follow the letters.
pub fn digits(app: &TestApp, token: &str) -> String {
    characters(app, token, 49..55)
}

fn characters(app: &TestApp, token: &str, place: std::ops::Range<usize>) -> String {
    let sealed = BASE64URL_NOPAD.decode(token.as_bytes()).unwrap();
    let plain = app.engine.open("captcha", b"", &sealed).unwrap();
    String::from_utf8(plain[place].to_vec()).unwrap()
}

/// A code of the same length that is another one.
pub fn wrong(code: &str) -> String {
    let first = if code.starts_with('9') { '1' } else { '9' };
    format!("{first}{}", &code[1..])
}

/// Whether `password` is the account's.
pub async fn opens(app: &TestApp, user: &User, password: &str) -> bool {
    let mut tx = app.engine.store.read().await.unwrap();
    let stored = tx.password(user.id).await.unwrap().map(|password| password.verifier);
    drop(tx);
    let typed = regain_core::secret::Secret::from(password);
    app.engine.hasher.verify(&typed, stored).await.unwrap() != regain_directory::Verdict::Wrong
}

/// What may differ between two people's pages taken away: the name they typed, support code, nonce, tokens, hashes of
/// the bundle stay.
pub fn shape(reply: &Reply, name: &str) -> String {
    let mut text = reply.body.replace(name, "NAME");
    for (before, after) in [
        ("nonce=\"", "\""),
        ("name=\"form_mark\" value=\"", "\""),
        ("<bdi dir=\"ltr\">", "</bdi>"),
        ("seconds&quot;:", ","),
        ("seconds\":", ","),
    ] {
        text = mask(&text, before, after);
    }
    format!("{} {}", reply.status, text)
}

fn mask(text: &str, before: &str, after: &str) -> String {
    let mut parts = text.split(before);
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.find(after).map_or("", |end| &part[end..]);
        masked.push_str(before);
        masked.push_str(rest);
    }
    masked
}
