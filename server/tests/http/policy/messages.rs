//! *Messages*: an administrator edits, previews, tests and restores what people read.

mod refused;
mod sent;

use super::{POLICY, admin, assert_saved, last_record_of, signed_in};
use crate::support::{Browser, Reply, TestApp};

const LIST: &str = "/admin/messages";
const ACTIVITY: &str = "Update message text";

/// What stands in the page's text area.
fn area(page: &Reply, name: &str) -> String {
    let tag = page.body.split("<textarea").find(|tag| tag.contains(&format!("name=\"{name}\"")));
    let inside = tag.expect("a text area").split_once('>').unwrap().1.split("</textarea>").next().unwrap();
    let text = ["&quot;\"", "&lt;<", "&gt;>", "&#x27;'"].iter().fold(inside.to_owned(), |text, pair| {
        let (escaped, plain) = pair.split_once(';').unwrap();
        text.replace(&format!("{escaped};"), plain)
    });
    text.replace("&amp;", "&").trim().to_owned()
}

/// Posts a message's form, made from the page as it is now.
async fn post(browser: &mut Browser, kind: &str, act: &str, subject: &str, text: &str) -> Reply {
    let page = browser.get(&format!("{LIST}/{kind}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let version = page.input("version");
    post_from(browser, &version, kind, act, subject, text).await
}

async fn post_from(
    browser: &mut Browser,
    version: &str,
    kind: &str,
    act: &str,
    subject: &str,
    text: &str,
) -> Reply {
    let fields = [
        ("kind", kind),
        ("lang", "en"),
        ("version", version),
        ("act", act),
        ("subject", subject),
        ("text", text),
    ];
    browser.post(LIST, &fields).await
}

async fn save(browser: &mut Browser, kind: &str, subject: &str, text: &str) -> Reply {
    post(browser, kind, "", subject, text).await
}

async fn restore(browser: &mut Browser, kind: &str) -> Reply {
    browser.post("/admin/messages/restore", &[("kind", kind), ("lang", "en")]).await
}

#[tokio::test]
async fn the_list_names_every_message_and_says_which_are_edited() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let list = browser.get(LIST).await;
    for kind in regain_core::template::KINDS {
        assert!(list.body.contains(&format!("{LIST}/{}?lang=en", kind.name)), "{}", kind.name);
        let page = browser.get(&format!("{LIST}/{}", kind.name)).await;
        assert_eq!(page.status, 200, "{}", kind.name);
        page.assert_shows("The default text is sent").assert_shows("Preview").assert_hides("unknown");
    }
    list.assert_hides("Edited");
    assert_saved(
        &save(&mut browser, "notice-push-off", "Silent", "Dear {name}, your phone is silent.").await,
    );
    browser.get(LIST).await.assert_shows("Edited");
    for missing in ["/admin/messages/nothing", "/admin/messages/push?lang=xx", "/admin/messages/trial"] {
        assert_eq!(browser.get(missing).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn a_saved_text_is_shown_and_written_down_with_what_it_was() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let text = "Guten Tag {name},\r\n\r\n{code}\r\n\r\n<b>{minutes}</b> Minuten. ";
    let page = save(&mut browser, "reset-code", "{code} is your {organization} code", text).await;
    assert_saved(&page);
    assert_eq!(page.input("subject"), "{code} is your {organization} code");
    let clean = "Guten Tag {name},\n\n{code}\n\n<b>{minutes}</b> Minuten.";
    assert_eq!(area(&page, "text"), clean);
    page.assert_shows("An edited text is sent").assert_shows("48291375 is your Regain code");
    let record = last_record_of(&app, ACTIVITY).await;
    assert_eq!((record.result.as_str(), record.actor_upn.as_str()), ("success", "admin@contoso.example"));
    assert_eq!((record.target_name.as_str(), record.target_id.as_str()), ("reset-code", "reset-code.en"));
    let details: serde_json::Value = serde_json::from_str(&record.details).unwrap();
    let change = |property: &str| {
        let changes = details["changes"].as_array().unwrap().iter();
        changes.clone().find(|change| change["property"] == property).unwrap().clone()
    };
    assert_eq!(change("message_subject")["old"], "{organization} account email verification code");
    assert_eq!(change("message_text")["new"], clean);
    assert!(change("message_text")["old"].as_str().unwrap().contains("{code}"));
}

#[tokio::test]
async fn the_default_comes_back_with_one_click() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let default = browser.get("/admin/messages/reset-code").await;
    let (subject, text) = (default.input("subject"), area(&default, "text"));
    assert_saved(&save(&mut browser, "reset-code", "Mine", "{code} mine").await);
    let page = restore(&mut browser, "reset-code").await;
    page.assert_shows("The default text is restored").assert_shows("The default text is sent");
    assert_eq!((page.input("subject"), area(&page, "text")), (subject.clone(), text.clone()));
    let record = last_record_of(&app, ACTIVITY).await;
    assert_eq!(record.reason, "The default was restored");
    assert!(record.details.contains("{code} mine"), "it can be read again: {}", record.details);
    let before = app.audit().await.len();
    restore(&mut browser, "reset-code").await.assert_shows("The default text is restored");
    assert_eq!(app.audit().await.len(), before, "twice is once");
    // Typed by hand it is the default, too, and follows the product.
    assert_saved(&save(&mut browser, "reset-code", "Mine", "{code} mine").await);
    assert_saved(&save(&mut browser, "reset-code", &subject, &text).await);
    browser.get("/admin/messages/reset-code").await.assert_shows("The default text is sent");
}

#[tokio::test]
async fn a_preview_shows_what_was_typed_and_saves_nothing() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = post(&mut browser, "reset-code", "preview", "For {name}", "<i>Hi</i> {name}\n\n{code}").await;
    assert_eq!(page.input("subject"), "For {name}");
    page.assert_shows("For Ana Silva").assert_shows("<i>Hi</i> Ana Silva").assert_shows("48291375");
    assert!(!page.body.contains("<i>Hi"), "the text is text");
    assert!(page.body.contains("message-code"), "a code alone is large");
    page.assert_shows("The default text is sent");
    let page = browser.get("/admin/messages/reset-code").await;
    assert_eq!(page.input("subject"), "{organization} account email verification code");
    let page = post(&mut browser, "reset-code-sms", "preview", "", "{code} for {organization}.").await;
    page.assert_shows("482913 for Regain.").assert_shows("of 160 characters, one text message");
    let page = post(&mut browser, "reset-code-sms", "preview", "", "{code} ż").await;
    page.assert_shows("of 70 characters");
    let page = post(&mut browser, "reset-code-voice", "preview", "", "Hello from {organization}.").await;
    page.assert_shows("Hello from Regain. Press pound to go on");
}

#[tokio::test]
async fn r22_nobody_else_sees_or_edits_messages() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "policy", POLICY).await;
    assert!(!browser.get("/admin").await.body.contains(LIST));
    for path in [LIST, "/admin/messages/reset-code"] {
        assert_eq!(browser.get(path).await.status, 403, "{path}");
    }
    for act in ["", "preview", "test"] {
        let reply = post_from(&mut browser, "", "reset-code", act, "Evil", "{code} evil").await;
        assert_eq!(reply.status, 403, "{act}");
        let record = last_record_of(&app, ACTIVITY).await;
        assert_eq!((record.result.as_str(), record.reason.as_str()), ("failure", "Insufficient privileges"));
    }
    assert_eq!(restore(&mut browser, "reset-code").await.status, 403);
    let mut stranger = app.browser();
    let reply = stranger.post_raw(LIST, &[("kind", "reset-code"), ("text", "{code}")]).await;
    assert!(reply.location().starts_with("/signin?next="), "{}", reply.location());
    assert_eq!(app.engine.store.read().await.unwrap().templates().await.unwrap(), []);
    let mut browser = admin(&app).await;
    assert!(browser.get("/admin").await.body.contains(LIST));
}

#[tokio::test]
async fn t78_two_administrators_do_not_overwrite_each_other() {
    let app = TestApp::start().await;
    let (mut ana, mut bob) = (admin(&app).await, signed_in(&app, "bob", super::GLOBAL).await);
    let seen = ana.get("/admin/messages/push").await.input("version");
    assert_saved(&save(&mut bob, "push", "", "Bob’s text for {organization}").await);
    let page = post_from(&mut ana, &seen, "push", "", "", "Ana’s text").await;
    page.assert_shows("There is a problem").assert_shows("Somebody else changed this message");
    assert_eq!(area(&page, "text"), "Ana’s text");
    page.assert_shows("Bob’s text for {organization}");
    let version = page.input("version");
    assert_saved(&post_from(&mut ana, &version, "push", "", "", "Ana’s text").await);
}
