//! The policy tabs and the other settings of the portal.

mod authentication_methods;
mod branding;
mod conflicts;
mod messages;
mod methods;
mod migration;
mod overview;
mod properties;
mod protection;
mod questions;
mod roles;
mod tabs;
mod time_zone;

use regain_core::policy::ResetPolicy;
use regain_server::policy;

use crate::support::{Browser, Reply, TestApp};

pub(crate) const GLOBAL: &str = "global_administrator";
pub(crate) const POLICY: &str = "authentication_policy_administrator";

/// A browser in which somebody with this role is signed in.
pub(crate) async fn signed_in(app: &TestApp, name: &str, role: &str) -> Browser {
    let user = app.add_user(name).await;
    app.grant(&user, role).await;
    let mut browser = app.browser();
    browser.sign_in(name).await;
    browser
}

/// A Global Administrator's browser.
pub(crate) async fn admin(app: &TestApp) -> Browser {
    signed_in(app, "admin", GLOBAL).await
}

/// A server outside demo mode that can mail and text, and call nobody.
async fn texting() -> TestApp {
    let app = TestApp::start_strict().await;
    crate::gateways::add_gateway(&app, "sms", "twilio", "https://sms.example").await;
    app
}

/// A Global Administrator's browser in which a second factor was shown.
pub(crate) async fn strong_admin(app: &TestApp) -> Browser {
    let user = app.add_user("admin").await;
    app.grant(&user, GLOBAL).await;
    app.add_app(&user).await;
    let browser = app.session(&user).await;
    app.prove_by(&user, "app_code").await;
    browser
}

fn address(tab: &str) -> String {
    format!("/admin/password-reset/{tab}")
}

/// Opens a tab and posts its form with these values; the page that follows.
async fn save(browser: &mut Browser, tab: &str, fields: &[(&str, &str)]) -> Reply {
    save_at(browser, &address(tab), fields).await
}

async fn save_at(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Reply {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{}", page.text());
    post(browser, path, &page.input("version"), fields).await
}

async fn post(browser: &mut Browser, path: &str, version: &str, fields: &[(&str, &str)]) -> Reply {
    let mut all = vec![("version", version)];
    all.extend(fields);
    browser.post(path, &all).await
}

#[track_caller]
fn assert_saved(reply: &Reply) {
    assert_eq!(reply.status, 200);
    reply.assert_shows("Your changes are saved").assert_hides("There is a problem");
}

#[track_caller]
fn assert_refused(reply: &Reply, problem: &str) {
    assert_eq!(reply.status, 200);
    reply.assert_shows("There is a problem").assert_shows(problem).assert_hides("Your changes are saved");
    assert!(reply.body.contains("<title>Error:"), "the title does not tell the error");
}

/// The policy as it is stored.
pub(crate) async fn stored(app: &TestApp) -> ResetPolicy {
    let mut tx = app.engine.store.read().await.unwrap();
    policy::current(&mut *tx).await.unwrap().policy
}

/// Whether the radio or checkbox `name` with `value` is chosen on a page.
fn is_checked(reply: &Reply, name: &str, value: &str) -> bool {
    let (name, value) = (format!("name=\"{name}\""), format!("value=\"{value}\""));
    let found = reply
        .body
        .split('<')
        .find(|tag| tag.starts_with("input") && tag.contains(&name) && tag.contains(&value));
    let tag = found.unwrap_or_else(|| panic!("no {name} {value}"));
    tag.split('>').next().is_some_and(|tag| tag.contains("checked"))
}

/// The newest record of a settings save: result, reason, details.
async fn last_record(app: &TestApp) -> regain_store::AuditRecord {
    last_record_of(app, "Self-service password reset policy changes").await
}

async fn last_record_of(app: &TestApp, activity: &str) -> regain_store::AuditRecord {
    let mut tx = app.engine.store.read().await.unwrap();
    let rows = tx.audit_chain(0, 10_000).await.unwrap();
    rows.into_iter().rev().map(|row| row.record).find(|record| record.activity == activity).expect("a record")
}
