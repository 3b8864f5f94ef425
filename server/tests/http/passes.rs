//! Who is calling, and temporary passes (T112).

mod caller;
mod calling;
mod ended;
mod issue;
mod kinds;
mod restricted;
mod settings;
mod using;

use regain_core::temporary_pass::PassSettings;
use regain_server::policy;
use regain_store::{AuditRecord, TemporaryPass, User};

use crate::support::{Browser, Reply, TestApp};

/// hal of the help desk, signed in; and ana, who registered an address and a phone.
pub(crate) async fn help_desk(app: &TestApp) -> (Browser, User) {
    let hal = app.add_user("hal").await;
    app.grant(&hal, "helpdesk_administrator").await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@mail.example").await;
    app.add_phone(&ana, "+14255550100").await;
    (app.session(&hal).await, ana)
}

fn caller_page(user: &User) -> String {
    format!("/admin/users/{}/verify-caller", user.id)
}

fn pass_page(user: &User) -> String {
    format!("/admin/users/{}/temporary-pass", user.id)
}

/// Posts a form about a person and follows.
async fn act(browser: &mut Browser, user: &User, what: &str, fields: &[(&str, &str)]) -> Reply {
    let reply = act_raw(browser, user, what, fields).await;
    browser.follow(reply).await
}

async fn act_raw(browser: &mut Browser, user: &User, what: &str, fields: &[(&str, &str)]) -> Reply {
    let id = user.id.to_string();
    let all = [&[("id", id.as_str())], fields].concat();
    browser.post_raw(&format!("/admin/users/{what}"), &all).await
}

/// Asks one of the person's methods, or what was entered for them, by the method's name.
async fn ask(app: &TestApp, browser: &mut Browser, user: &User, method: &str) -> Reply {
    let row = app.methods_of(user).await.into_iter().find(|row| row.method == method);
    let id = match row {
        _ if method == "app_notification" => "push".to_owned(),
        Some(row) => row.id.to_string(),
        None => format!("entered-{method}"),
    };
    act(browser, user, "verify-caller/send", &[("factor", &id)]).await
}

/// The same, and the caller reads out what came there.
async fn prove(app: &TestApp, browser: &mut Browser, user: &User, method: &str, to: &str) -> Reply {
    ask(app, browser, user, method).await.assert_shows("A code is on its way to");
    let code = app.code_for(to).await;
    act(browser, user, "verify-caller/code", &[("code", &code)]).await
}

/// Both methods of ana.
async fn prove_both(app: &TestApp, browser: &mut Browser, user: &User) -> Reply {
    prove(app, browser, user, "email", "ana@mail.example").await.assert_hides(KNOWN);
    prove(app, browser, user, "mobile_phone", "+14255550100").await
}

/// What the page says when a pass may be issued.
const KNOWN: &str = "You can issue a temporary pass";

/// Knows who calls, by a reason.
pub(crate) async fn overridden(browser: &mut Browser, user: &User) {
    let page = act(browser, user, "verify-caller/override", &[("reason", "Seen at the desk")]).await;
    page.assert_shows("You can issue a temporary pass");
}

/// Issues a pass for an hour; its text.
async fn issued(browser: &mut Browser, user: &User) -> String {
    let page = act(browser, user, "issue-pass", &[("minutes", "60")]).await;
    shown(&page)
}

/// A pass for ana, from hal.
async fn pass_for(browser: &mut Browser, user: &User) -> String {
    overridden(browser, user).await;
    issued(browser, user).await
}

/// The pass on the page.
#[track_caller]
pub(crate) fn shown(page: &Reply) -> String {
    let after = page.body.split_once("aria-label=\"Temporary pass\"").map(|(_, rest)| rest);
    let inside = after.and_then(|rest| rest.split_once('>')).map(|(_, rest)| rest);
    let inside = inside.and_then(|rest| rest.split("</div>").next()).unwrap_or_default();
    let groups = inside.split("<span>").skip(1).filter_map(|group| group.split('<').next());
    let pass: String = groups.collect();
    assert!(pass.len() >= 8, "no pass on the page: {}", page.text());
    pass
}

/// Posts a name and a pass; redirects not followed.
async fn try_pass(browser: &mut Browser, name: &str, pass: &str) -> Reply {
    let username = format!("{name}@contoso.example");
    browser.post_raw("/signin/temporary-pass", &[("username", &username), ("pass", pass)]).await
}

/// A browser in which a pass opened a session.
async fn entered(app: &TestApp, name: &str, pass: &str) -> Browser {
    let mut browser = app.browser();
    let reply = try_pass(&mut browser, name, pass).await;
    assert!(!browser.token().is_empty(), "not signed in: {}", reply.location());
    browser
}

async fn stored(app: &TestApp, user: &User) -> Option<TemporaryPass> {
    app.engine.store.read().await.unwrap().pass(user.id).await.unwrap()
}

async fn set(app: &TestApp, change: impl FnOnce(&mut PassSettings)) {
    let mut tx = app.engine.store.write().await.unwrap();
    let (mut settings, version): (PassSettings, i64) =
        policy::document(&mut *tx, "temporary_pass").await.unwrap();
    change(&mut settings);
    policy::save_document(&mut *tx, "temporary_pass", &settings, version, app.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// The newest record of an activity.
async fn record(app: &TestApp, activity: &str) -> AuditRecord {
    let rows = app.engine.store.read().await.unwrap().audit_chain(0, 10_000).await.unwrap();
    let mut records = rows.into_iter().rev().map(|row| row.record);
    records.find(|record| record.activity == activity).expect("a record")
}
