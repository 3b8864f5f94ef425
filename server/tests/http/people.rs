//! Users, groups and roles in the portal.

mod contact;
mod first_passwords;
mod fresh;
mod groups;
mod last;
mod lists;
mod members;
mod privileges;
mod roles;
mod users;

use regain_store::{AuditRecord, User};
use uuid::Uuid;

use crate::support::{Browser, Reply, TestApp};

const USERS: &str = "/admin/users";
const GROUPS: &str = "/admin/groups";

/// The address of somebody's page.
fn page_of(user: &User) -> String {
    format!("{USERS}/{}", user.id)
}

fn group_page(id: Uuid) -> String {
    format!("{GROUPS}/{id}")
}

/// Posts a form of a user's page; redirects not followed.
async fn act(browser: &mut Browser, user: &User, what: &str, fields: &[(&str, &str)]) -> Reply {
    let id = user.id.to_string();
    let mut all = vec![("id", id.as_str())];
    all.extend(fields);
    browser.post_raw(&format!("{USERS}/{what}"), &all).await
}

/// The same, and the page that it leads to.
pub(crate) async fn act_and_see(
    browser: &mut Browser,
    user: &User,
    what: &str,
    fields: &[(&str, &str)],
) -> Reply {
    let reply = act(browser, user, what, fields).await;
    browser.follow(reply).await
}

/// Posts a form of a group's page and follows.
async fn act_on_group(browser: &mut Browser, id: Uuid, what: &str, fields: &[(&str, &str)]) -> Reply {
    let id = id.to_string();
    let mut all = vec![("id", id.as_str())];
    all.extend(fields);
    browser.post(&format!("{GROUPS}/{what}"), &all).await
}

/// The newest record of an activity.
async fn record_of(app: &TestApp, activity: &str) -> Option<AuditRecord> {
    let rows = app.engine.store.read().await.unwrap().audit_chain(0, 10_000).await.unwrap();
    rows.into_iter().rev().map(|row| row.record).find(|record| record.activity == activity)
}

async fn user_of(app: &TestApp, user: &User) -> Option<User> {
    app.engine.store.read().await.unwrap().user(user.id).await.unwrap()
}

async fn roles_of(app: &TestApp, user: &User) -> Vec<String> {
    let mut roles = app.engine.store.read().await.unwrap().roles(user.id).await.unwrap();
    roles.sort();
    roles
}
