//! Which mails have the link, how it stands there, and that nobody else can read it.

use regain_core::template::{KINDS, Kind, Way};
use regain_server::messages::Notice;
use regain_store::{DemoMessage, User};

use super::{MAIL, link_in, link_to};
use crate::policy::admin;
use crate::reset::walk::{NEW, Walk, alice, open, wrong};
use crate::support::{PASSWORD, TestApp};

const BUTTON: &str = "This wasn’t me";

impl TestApp {
    /// Tells somebody that an administrator changed the contact data.
    pub(super) async fn tell_of_contact(&self, user: &User) {
        self.tell_own(user, "notice-contact-changed", &[MAIL.to_owned()]).await;
    }

    async fn tell_own(&self, user: &User, template: &str, to: &[String]) {
        let params = [("name", user.display_name.clone())];
        let notice = Notice { to, template, params: &params, locale: "en", support_code: "ABCD-2345" };
        let mut tx = self.engine.store.write().await.unwrap();
        self.engine.enqueue_own_notice(&mut *tx, user.id, &notice).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// Whether a mail has the button and, in its plain text, the same link on a line of its own.
fn has_link(mail: &DemoMessage) -> bool {
    let link = link_in(&mail.text);
    let button = link.as_ref().is_some_and(|link| {
        let anchor = mail.html.split("<a ").nth(1).unwrap_or_default();
        anchor.split('>').next().unwrap_or_default().contains(&format!("{link}\"")) && anchor.contains(BUTTON)
    });
    assert_eq!(link.is_some(), button, "text and HTML have the same: {} {}", mail.text, mail.html);
    assert_eq!(mail.html.contains("<a "), button, "no other link: {}", mail.html);
    assert_eq!(mail.text.contains("/report/"), button);
    button
}

#[tokio::test]
async fn what_was_done_to_an_account_has_the_button_and_nothing_else_has() {
    let app = TestApp::start().await;
    let user = app.add_user("ana").await;
    let mails = KINDS.iter().filter(|kind| kind.way == Way::Mail && !kind.holds_code());
    for kind in mails.clone() {
        app.tell_own(&user, kind.name, &[format!("{}@mail.example", kind.name)]).await;
    }
    for kind in mails.clone() {
        let mail = app.messages_to(&format!("\"{}@mail.example", kind.name)).await;
        assert_eq!(has_link(&mail[0]), kind.reportable(), "{}", kind.name);
    }
    let reportable = mails.filter(|kind| kind.reportable()).count();
    let rows = app.number("SELECT COUNT(*) FROM report_links").await;
    assert_eq!(rows, i64::try_from(reportable).unwrap(), "no other mail costs a row");
}

#[tokio::test]
async fn one_link_for_all_addresses_of_a_mail_and_another_for_the_next_one() {
    let app = TestApp::start().await;
    let user = app.add_user("ana").await;
    let to = ["one@mail.example".to_owned(), "two@mail.example".to_owned()];
    app.tell_own(&user, "notice-method-added", &to).await;
    let (one, two) = (link_to(&app, &to[0]).await, link_to(&app, &to[1]).await);
    assert_eq!(one, two);
    let token = one.strip_prefix("/report/").unwrap();
    assert_eq!(data_encoding::BASE64URL_NOPAD.decode(token.as_bytes()).unwrap().len(), 16, "128 bits");
    assert_eq!(app.number("SELECT COUNT(*) FROM report_links").await, 1);
    app.tell_own(&user, "notice-method-added", &to[..1]).await;
    assert_ne!(link_to(&app, &to[0]).await, one);
    app.tell_own(&user, "notice-method-added", &[]).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM report_links").await, 2, "nobody is told: nothing is kept");
}

#[tokio::test]
async fn codes_have_no_link_and_what_really_happens_has_one() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for(MAIL).await;
    assert!(!has_link(&app.messages_to(MAIL).await[0]), "a code");
    for _ in 0..3 {
        walk.enter(&wrong(&code)).await;
    }
    let newest = |subject: &'static str| {
        let mails = app.messages_to(MAIL);
        async move { mails.await.into_iter().find(|mail| mail.subject.contains(subject)).expect(subject) }
    };
    let mut browser = app.browser();
    browser.sign_in("alice").await;
    let change = [("current_password", PASSWORD), ("new_password", NEW), ("confirm_password", NEW)];
    browser.post("/security-info/change-password", &change).await.assert_hides("There is a problem");
    assert!(has_link(&newest("was changed").await));
    let id = user.id.to_string();
    let fields = [("id", id.as_str()), ("temporary_password", "walrus umbrella nine")];
    let mut admin = admin(&app).await;
    admin.post("/admin/users/set-password", &fields).await.assert_shows("The temporary password is set.");
    assert!(has_link(&newest("set a new password").await));
}

#[tokio::test]
async fn the_link_is_in_no_table_in_clear() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    let waiting = app.content().await;
    let sealed = "SELECT COUNT(*) FROM outbox WHERE purpose = 'notice' AND sealed IS NOT NULL";
    assert!(app.number(sealed).await > 0);
    let link = link_to(&app, MAIL).await;
    let token = link.strip_prefix("/report/").unwrap();
    assert!(waiting.iter().any(|(table, rows)| table == "outbox" && rows.contains(MAIL)));
    for (table, rows) in waiting {
        assert!(!rows.contains(token), "it waits in {table}");
    }
    assert_eq!(app.number(sealed).await, 0, "it has left");
    app.browser().get(&link).await;
    app.browser().post(&link, &[]).await;
    for (table, rows) in app.content().await {
        // The demo's outbox is for reading.
        assert!(table == "demo_outbox" || !rows.contains(token), "it stands in {table}");
    }
}

#[tokio::test]
async fn a_name_that_nobody_has_costs_no_row() {
    let app = open().await;
    let mut counts = Vec::new();
    alice(&app).await;
    for name in ["alice", "ghost"] {
        let (mut walk, _) = Walk::to_methods(&app, &format!("{name}@contoso.example")).await;
        walk.choose("email").await;
        for _ in 0..5 {
            walk.enter("00000000").await;
        }
        counts.push(app.number("SELECT COUNT(*) FROM report_links").await);
    }
    assert_eq!(counts, [0, 0], "requests of strangers write no link, whoever’s name they give");
}

#[tokio::test]
async fn a_preview_shows_the_button_with_an_example() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    for name in ["notice-password-reset", "reset-code", "notice-admin-reset"] {
        let page = browser.get(&format!("/admin/messages/{name}")).await;
        let kind = Kind::named(name).unwrap();
        assert_eq!(page.text().contains(BUTTON), kind.reportable(), "{name}");
        assert_eq!(page.text().contains("/report/example"), kind.reportable(), "{name}");
    }
    app.browser().get("/report/example").await.assert_shows("This link does not work any more");
}
