//! The page that a mail's link leads to: opening it changes nothing, its button acts once.

use std::time::Duration;

use regain_core::limits::REPORT_LINK_LIFE;
use regain_server::account_key::account_key;

use super::{after_reset, link_to, reports};
use crate::reset::walk::{NEW, open, opens, shape};
use crate::support::{Browser, Node, PASSWORD, Reply, TestApp};

const OVER: &str = "This link does not work any more";
const DONE: &str = "You reported it";

/// A browser that never came here before and keeps nothing, as mail programs have.
fn stranger(app: &TestApp) -> Browser {
    let mut browser = app.browser();
    browser.keeps_cookies = false;
    browser
}

fn header<'a>(reply: &'a Reply, name: &str) -> &'a str {
    reply.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

async fn administrator(app: &TestApp) {
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
}

/// Whether a reset of alice is locked.
async fn is_locked(app: &TestApp) -> bool {
    let mut tx = app.engine.store.read().await.unwrap();
    let account = account_key(&app.engine.keys, "alice@contoso.example");
    app.engine.recovery_lock(&mut *tx, &account).await.unwrap().is_some()
}

#[tokio::test]
async fn t83_opening_the_link_says_what_happened_and_changes_nothing() {
    let app = open().await;
    let (user, link) = after_reset(&app).await;
    let before = app.content().await;
    for _ in 0..2 {
        let page = stranger(&app).get_raw(&link).await;
        assert_eq!(page.status, 200);
        page.assert_shows("Your password was reset on").assert_shows("everybody is signed out");
        page.assert_shows("the password that was set is taken away").assert_shows("It was me");
        assert_eq!(header(&page, "referrer-policy"), "strict-origin");
        assert_eq!(header(&page, "x-robots-tag"), "noindex");
        assert_eq!(header(&page, "cache-control"), "no-store");
    }
    assert_eq!(app.content().await, before);
    assert!(opens(&app, &user, NEW).await && !is_locked(&app).await);
}

#[tokio::test]
async fn the_page_and_its_address_have_no_support_code_of_what_happened() {
    let app = open().await;
    let (_, link) = after_reset(&app).await;
    let rows = app.engine.store.read().await.unwrap().audit_chain(0, 1_000).await.unwrap();
    let of_reset = rows.iter().find(|row| row.record.activity == "Reset password (self-service)").unwrap();
    let code = &of_reset.record.correlation;
    let page = stranger(&app).get_raw(&link).await;
    assert!(!code.is_empty() && !page.body.contains(code.as_str()) && !link.contains(code.as_str()));
}

#[tokio::test]
async fn t58_the_button_takes_back_what_was_done_and_tells_everybody_once() {
    let app = open().await;
    administrator(&app).await;
    let (user, link) = after_reset(&app).await;
    let mut thief = app.browser();
    thief.try_sign_in("alice", NEW).await;
    app.add_phone(&user, "+14255550199").await;
    let methods = app.methods_of(&user).await.len();

    let mut browser = stranger(&app);
    let reply = browser.post_raw(&link, &[]).await;
    assert_eq!((reply.status, reply.location()), (303, "/report/done"));
    browser.follow(reply).await.assert_shows(DONE).assert_shows("locked for 24 hours");
    assert!(!opens(&app, &user, NEW).await && !opens(&app, &user, PASSWORD).await);
    assert!(thief.get_raw("/security-info").await.location().starts_with("/signin"), "the session is over");
    assert_eq!(app.methods_of(&user).await.len(), methods - 1, "what came since is gone, and nothing else");
    assert!(is_locked(&app).await);

    // Pressed twice, or much later: it leads to the same page, and nothing happens again.
    assert_eq!(stranger(&app).post_raw(&link, &[]).await.location(), "/report/done");
    app.advance(Duration::from_hours(1));
    assert_eq!(stranger(&app).post_raw(&link, &[]).await.location(), "/report/done");
    browser.get(&link).await.assert_shows(OVER);
    assert_eq!(reports(&app).await, 1);
    let told = |mails: Vec<regain_store::DemoMessage>, subject: &'static str| {
        mails.into_iter().filter(move |mail| mail.subject.contains(subject)).collect::<Vec<_>>()
    };
    let admins = told(app.messages_to("admin@contoso.example").await, "reported a change");
    assert_eq!(admins.len(), 1);
    let text = &admins[0].text;
    assert!(text.contains("was told by email that the password was reset") && text.contains("203.0.113.1"));
    assert!(text.contains("A new password had been set already") && !text.contains("/report/"), "{text}");
    let owner = told(app.messages_to("alice@mail.example").await, "you reported a change");
    assert_eq!(owner.len(), 1);
    assert!(!owner[0].text.contains("/report/"), "a report is not reported");
}

#[tokio::test]
async fn t58_pressed_at_two_servers_at_once_it_acts_once() {
    let app = open().await;
    administrator(&app).await;
    let node = Node::beside(&app).await;
    let (_, link) = after_reset(&app).await;
    let mut posts = tokio::task::JoinSet::new();
    for number in 0..12 {
        let address = if number % 2 == 0 { app.address } else { node.address };
        let (mut browser, link) = (stranger(&app).led_to(address), link.clone());
        posts.spawn(async move { browser.post_raw(&link, &[]).await });
    }
    for reply in posts.join_all().await {
        assert_eq!((reply.status, reply.location()), (303, "/report/done"));
    }
    assert_eq!(reports(&app).await, 1);
    let mails = app.messages_to("admin@contoso.example").await;
    assert_eq!(mails.iter().filter(|mail| mail.subject.contains("reported a change")).count(), 1);
}

/// Every link that does not work, in a server of its own: unknown, malformed, ended, used, its account deleted.
async fn dead(why: &str) -> (TestApp, String) {
    let app = open().await;
    let (user, link) = after_reset(&app).await;
    let path = match why {
        "unknown" => format!("/report/{}", "A".repeat(22)),
        "malformed" => "/report/x".to_owned(),
        "ended" => {
            app.advance(REPORT_LINK_LIFE);
            link
        }
        "used" => {
            stranger(&app).post_raw(&link, &[]).await;
            link
        }
        _ => {
            let mut tx = app.engine.store.write().await.unwrap();
            tx.delete_user(user.id).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(app.number("SELECT COUNT(*) FROM report_links").await, 0);
            link
        }
    };
    (app, path)
}

#[tokio::test]
async fn links_that_do_not_work_are_one_page_and_change_nothing() {
    let mut pages = Vec::new();
    for why in ["unknown", "malformed", "ended", "used", "deleted"] {
        let (app, path) = dead(why).await;
        let before = app.content().await;
        let page = stranger(&app).get_raw(&path).await;
        page.assert_shows(OVER).assert_shows("Contact your administrator");
        assert_eq!(header(&page, "referrer-policy"), "no-referrer");
        assert!(!page.body.contains("<form"), "{why}");
        pages.push((why, page.status, shape(&page, "nobody")));
        let to = if why == "used" { "/report/done" } else { "/report/over" };
        let reply = stranger(&app).post_raw(&path, &[]).await;
        assert_eq!((reply.status, reply.location()), (303, to), "{why}");
        assert_eq!(app.content().await, before, "{why}");
    }
    for (why, status, page) in &pages {
        assert_eq!((status, page), (&200, &pages[0].2), "{why}");
    }
}

#[tokio::test]
async fn a_link_works_to_its_last_second_and_then_its_row_goes() {
    let app = open().await;
    let (_, link) = after_reset(&app).await;
    app.advance(REPORT_LINK_LIFE.saturating_sub(Duration::from_mins(1)));
    stranger(&app).get_raw(&link).await.assert_shows("Was this you?");
    app.run_jobs().await;
    assert_eq!(app.number("SELECT COUNT(*) FROM report_links").await, 1);
    app.advance(Duration::from_mins(1));
    app.run_jobs().await;
    assert_eq!(app.number("SELECT COUNT(*) FROM report_links").await, 0);
}

#[tokio::test]
async fn t97_another_site_reports_nothing() {
    let app = open().await;
    let (user, link) = after_reset(&app).await;
    for foreign in
        [[("origin", "https://evil.example")], [("origin", "null")], [("sec-fetch-site", "cross-site")]]
    {
        let reply = stranger(&app).post_body(&link, "", &foreign).await;
        assert_eq!(reply.status, 403, "{foreign:?}");
    }
    assert_eq!(reports(&app).await, 0);
    assert!(opens(&app, &user, NEW).await);
}

#[tokio::test]
async fn who_else_is_signed_in_there_is_no_matter() {
    let app = open().await;
    let (user, link) = after_reset(&app).await;
    app.add_user("bob").await;
    let mut browser = app.browser();
    browser.sign_in("bob").await;
    browser.get(&link).await.assert_shows("Was this you?");
    browser.post(&link, &[]).await.assert_shows(DONE);
    assert!(!opens(&app, &user, NEW).await);
    browser.get("/security-info").await.assert_shows("Sign out");
}

#[tokio::test]
async fn what_let_nobody_in_takes_no_password_away() {
    let app = open().await;
    let user = crate::reset::walk::alice(&app).await;
    let mut browser = app.browser();
    browser.sign_in("alice").await;
    let change = [("current_password", PASSWORD), ("new_password", NEW), ("confirm_password", NEW)];
    browser.post("/security-info/change-password", &change).await.assert_hides("There is a problem");
    let change = link_to(&app, super::MAIL).await;
    app.advance(Duration::from_mins(10));
    // An administrator enters another number: its mail has a link of its own.
    app.tell_of_contact(&user).await;
    let contact = link_to(&app, super::MAIL).await;
    assert_ne!(change, contact);
    let page = stranger(&app).get(&contact).await;
    page.assert_shows("An administrator changed").assert_hides("the password that was set");
    stranger(&app).post(&contact, &[]).await.assert_shows(DONE);
    assert!(opens(&app, &user, NEW).await, "the password stays");
    assert!(browser.get_raw("/security-info").await.location().starts_with("/signin"));
    // The other link still takes it away.
    stranger(&app).post(&change, &[]).await.assert_shows(DONE);
    assert!(!opens(&app, &user, NEW).await);
    assert_eq!(reports(&app).await, 2);
}
