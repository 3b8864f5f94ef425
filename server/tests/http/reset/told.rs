//! Who is told of a reset, who is not, and what becomes of a mail that nobody takes.

use regain_core::code::OneTimeCode;
use regain_core::policy::Scope;
use regain_server::organization::{self, OrganizationSettings};
use regain_server::policy;
use std::time::Duration;

use super::walk::{NEW, Walk, alice, open, opens, ready};
use crate::register::{choose, register_email};
use crate::support::TestApp;
use crate::support::smtp::{Mail, MailServer, Mood};

/// Where mails with this in their subject went, sorted.
async fn told(app: &TestApp, subject: &str) -> Vec<String> {
    let mails = app.messages_to("").await.into_iter().filter(|mail| mail.subject.contains(subject));
    let mut to: Vec<_> = mails.map(|mail| mail.recipients.replace(['[', ']', '"'], "")).collect();
    to.sort();
    to
}

#[tokio::test]
async fn r191_without_any_address_the_username_is_told() {
    let app = open().await;
    let mut user = app.add_user("alice").await;
    user.mail = None;
    app.save(&user).await;
    app.add_phone(&user, "+14255550100").await;
    let seed = app.add_app(&user).await;
    app.set_policy(|policy| policy.methods.insert(regain_core::method::Method::AppCode)).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("app_code").await;
    walk.enter(&app.app_code(&seed, 0)).await;
    walk.by_text("+14255550100").await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert_eq!(told(&app, "was reset").await, ["alice@contoso.example"]);
}

#[tokio::test]
async fn r190_r193_every_global_administrator_is_told_and_the_administrator_herself() {
    let app = open().await;
    app.set_policy(|policy| policy.notifications.admins = true).await;
    let user = alice(&app).await;
    app.grant(&user, "global_administrator").await;
    let gail = ready(&app, "gail", "+14255550107").await;
    app.grant(&gail, "global_administrator").await;
    Walk::to_password(&app).await.finish(NEW).await.assert_shows("Your password has been reset");
    assert_eq!(
        told(&app, "An administrator of").await,
        ["alice@contoso.example", "gail@contoso.example"],
        "R193: all, the one who acted included, each at the primary address"
    );
    assert_eq!(
        told(&app, "password was reset").await,
        ["alice@contoso.example", "alice@mail.example"],
        "R190: an administrator hears of her own account like anybody"
    );
}

#[tokio::test]
async fn r195_by_default_no_administrator_hears_of_an_administrators_reset() {
    let app = open().await;
    let user = alice(&app).await;
    app.grant(&user, "user_administrator").await;
    let gail = ready(&app, "gail", "+14255550107").await;
    app.grant(&gail, "global_administrator").await;
    Walk::to_password(&app).await.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(told(&app, "An administrator of").await.is_empty());
    assert!(app.messages_to("gail").await.is_empty());
    assert_eq!(told(&app, "password was reset").await.len(), 2, "R195: users are told by default");
}

/// The code in a mail that really left.
fn code_in(mail: &Mail) -> String {
    let runs = mail.data.split(|c: char| !c.is_ascii_alphanumeric());
    runs.filter(|run| run.len() == 8).find(|run| OneTimeCode::parse(run).is_ok()).unwrap().to_owned()
}

#[tokio::test]
async fn r197_a_refused_mail_does_not_undo_the_reset_and_is_written_down() {
    let server = MailServer::start().await;
    let app = TestApp::start_mailing(&server.url).await;
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods.insert(regain_core::method::Method::AppCode);
    })
    .await;
    let user = app.add_user("alice").await;
    app.add_email(&user, "alice@mail.example").await;
    let seed = app.add_app(&user).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    app.run_jobs().await;
    walk.enter(&code_in(&server.mails()[0])).await.assert_shows("One more check");
    walk.choose("app_code").await;
    walk.enter(&app.app_code(&seed, 0)).await;
    server.is(Mood::Refuses);
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    app.run_jobs().await;
    assert!(opens(&app, &user, NEW).await);
    let audit = app.audit().await;
    let lost =
        |row: &&(String, String, String)| row.0 == "Message could not be delivered" && row.1 == "failure";
    assert_eq!(audit.iter().filter(lost).count(), 2, "one for each address: {audit:?}");
    assert!(audit.iter().any(|row| row.0 == "Reset password (self-service)" && row.1 == "success"));
}

#[tokio::test]
async fn r198_code_mails_are_titled_alike_whatever_they_are_for() {
    const TITLE: &str = "Contoso account email verification code";
    let app = open().await;
    let settings = OrganizationSettings { name: "Contoso".to_owned(), ..OrganizationSettings::default() };
    let mut tx = app.engine.store.write().await.unwrap();
    policy::save_document(&mut *tx, organization::SETTINGS, &settings, 0, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    app.engine.forget_organization();
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    assert_eq!(app.messages_to("alice@mail.example").await[0].subject, TITLE);

    let bob = app.add_user("bob").await;
    let mut browser = app.session(&bob).await;
    choose(&mut browser, regain_core::method::Method::Email).await;
    register_email(&app, &mut browser, "bob@mail.example").await;
    let mails = app.messages_to("bob@mail.example").await;
    assert!(mails.iter().any(|mail| mail.subject == TITLE), "registration");

    let mut later = app.session(&bob).await;
    let page = later.get("/signin/verify").await;
    app.advance(Duration::from_secs(1));
    later.post("/signin/verify/send", &[("factor", &page.input("factor"))]).await;
    assert_eq!(app.messages_to("bob@mail.example").await[0].subject, TITLE, "step-up");
}

#[tokio::test]
async fn r216_with_the_role_one_method_is_too_few_and_without_it_enough_again() {
    let app = open().await;
    app.set_policy(|policy| policy.methods_required = regain_core::policy::MethodsRequired::One).await;
    let user = alice(&app).await;
    app.grant(&user, "user_administrator").await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await.assert_shows("One more check");
    let mut tx = app.engine.store.write().await.unwrap();
    assert!(tx.revoke_role(user.id, "user_administrator").await.unwrap());
    tx.commit().await.unwrap();
    app.advance(Duration::from_mins(11));
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
    walk.finish(NEW).await.assert_shows("Your password has been reset");
}

#[tokio::test]
async fn r229_every_record_of_a_flow_says_from_where_and_with_what() {
    let app = open().await;
    alice(&app).await;
    Walk::to_password(&app).await.finish(NEW).await.assert_shows("Your password has been reset");
    let mut tx = app.engine.store.read().await.unwrap();
    let rows = tx.audit_chain(0, 1_000).await.unwrap();
    let reset = rows.iter().find(|row| row.record.activity == "Reset password (self-service)").unwrap();
    let flow: Vec<_> = rows.iter().filter(|row| row.record.correlation == reset.record.correlation).collect();
    assert!(flow.len() >= 9, "{}", flow.len());
    for row in flow {
        let from = (row.record.address.as_str(), row.record.client.as_str());
        assert_eq!(from, ("203.0.113.1", "Test browser"), "{}", row.record.reason);
    }
}

#[tokio::test]
async fn r230_a_reset_by_an_administrator_is_written_down_as_one() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let helper = app.add_user("helper").await;
    app.grant(&helper, "helpdesk_administrator").await;
    let mut browser = app.session(&helper).await;
    let id = ana.id.to_string();
    let fields = [("id", id.as_str()), ("temporary_password", "autumn leaves on the river")];
    let reply = browser.post_raw("/admin/users/set-password", &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let mut tx = app.engine.store.read().await.unwrap();
    let rows = tx.audit_chain(0, 1_000).await.unwrap();
    let row = rows.iter().find(|row| row.record.activity == "Reset password (by admin)").expect("a record");
    assert_eq!(row.record.result, "success");
    assert_eq!(row.record.actor_upn, "helper@contoso.example");
    assert_eq!((&row.record.target_id, row.record.target_name.as_str()), (&id, "ana@contoso.example"));
}
