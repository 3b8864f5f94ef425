//! Authenticators: pairing, requests, answers, push messages.

mod answers;
mod calls;
mod fatigue;
mod finish;
mod in_app;
mod page;
mod pairing;
mod push;
mod report;
mod reset;
mod step_up;
mod words;

use regain_core::method::Method;
use regain_core::policy::Scope;
use regain_store::User;

use crate::reset::walk::Walk;
use crate::support::{Phone, Reply, TestApp};

/// A server on which everybody may reset, by phone as well.
pub async fn open() -> TestApp {
    let app = TestApp::start().await;
    allow(&app).await;
    app
}

pub async fn allow(app: &TestApp) {
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods.insert(Method::AppNotification);
        policy.methods.insert(Method::AppCode);
    })
    .await;
}

/// alice, with an address and a phone that answers.
pub async fn alice(app: &TestApp) -> (User, Phone<'_>) {
    let user = app.add_user("alice").await;
    app.add_email(&user, "alice@mail.example").await;
    let phone = app.phone(&user).await;
    // Decoys are made up like her.
    app.run_jobs().await;
    (user, phone)
}

/// A flow of this name at the page with the number.
pub async fn asked<'a>(app: &'a TestApp, name: &str) -> (Walk<'a>, Reply) {
    let (mut walk, _) = Walk::to_methods(app, name).await;
    let page = walk.choose("app_notification").await;
    (walk, page)
}

pub const ALICE: &str = "alice@contoso.example";
