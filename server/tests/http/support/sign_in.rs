//! Signing in.

use super::browser::{Browser, Reply};
use super::people::PASSWORD;

impl Browser {
    /// Signs in as `<name>@contoso.example` with [`PASSWORD`]; the page that it leads to.
    pub async fn sign_in(&mut self, name: &str) -> Reply {
        let reply = self.try_sign_in(name, PASSWORD).await;
        assert!(self.cookies.contains_key(SESSION), "not signed in: {}", reply.text());
        self.follow(reply).await
    }

    /// Posts a username and a password; redirects not followed.
    pub async fn try_sign_in(&mut self, name: &str, password: &str) -> Reply {
        self.try_sign_in_to(name, password, "").await
    }

    /// Posts a username and a password, on the way to `next`; redirects not followed.
    pub async fn try_sign_in_to(&mut self, name: &str, password: &str, next: &str) -> Reply {
        let upn = if name.contains('@') { name.to_owned() } else { format!("{name}@contoso.example") };
        let fields = [("step", "password"), ("username", &upn), ("password", password), ("next", next)];
        self.post_raw("/signin", &fields).await
    }

    /// The session's token.
    pub fn token(&self) -> String {
        self.cookies.get(SESSION).cloned().unwrap_or_default()
    }
}

/// The name of the session's cookie.
pub const SESSION: &str = "__Host-regain_session";
