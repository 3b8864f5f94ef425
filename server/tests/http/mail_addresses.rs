//! Addresses with letters of any script: how they leave, and which the mail server takes.

use regain_core::method::Method;
use regain_core::time::Duration;
use regain_server::messages::Notice;
use regain_store::User;

use crate::people::act_and_see;
use crate::policy::strong_admin;
use crate::register::choose;
use crate::support::smtp::{Mail, MailServer};
use crate::support::{Browser, Reply, TestApp};

/// Letters of which ASCII has none before the `@`.
const HINDI: &str = "उपयोगकर्ता@उदाहरण.भारत";
const NOT_TAKEN: &str = "mail server delivers only to addresses that have nothing but the letters a to z";

async fn start() -> (TestApp, MailServer) {
    let server = MailServer::start().await;
    let app = TestApp::start_mailing(&server.url).await;
    app.registration_policy().await;
    (app, server)
}

async fn send(app: &TestApp, to: &str) {
    let notice = Notice {
        to: &[to.to_owned()],
        template: "notice-call-denied",
        params: &[("name", "Ana".to_owned())],
        locale: "en",
        support_code: "ABCD-EFGH",
    };
    let mut tx = app.engine.store.write().await.unwrap();
    app.engine.enqueue_notice(&mut *tx, &notice).await.unwrap();
    tx.commit().await.unwrap();
    app.run_jobs().await;
}

/// A person on the page where an address is added.
async fn registering(app: &TestApp, name: &str) -> (User, Browser) {
    let user = app.add_user(name).await;
    let mut browser = app.session(&user).await;
    choose(&mut browser, Method::Email).await;
    (user, browser)
}

async fn add(browser: &mut Browser, address: &str) -> Reply {
    browser.post("/register/email", &[("email", address)]).await
}

fn recipients(mails: &[Mail]) -> Vec<&str> {
    mails.iter().flat_map(|mail| &mail.to).map(String::as_str).collect()
}

#[tokio::test]
async fn domains_of_other_letters_leave_as_a_labels() {
    let (app, server) = start().await;
    for to in ["ana@bücher.example", "ana@XN--BCHER-KVA.example", "ana@उदाहरण.भारत"] {
        send(&app, to).await;
    }
    let mails = server.mails();
    let [german, hindi] = ["ana@xn--bcher-kva.example", "ana@xn--p1b6ci4b4b3a.xn--h2brj9c"];
    assert_eq!(recipients(&mails), [german, german, hindi]);
    assert_eq!(mails[2].headers("To"), [hindi]);
    assert!(mails[2].data.is_ascii(), "any mail server takes it");
}

#[tokio::test]
async fn an_address_typed_in_letters_or_as_a_labels_is_there_already() {
    let (app, _server) = start().await;
    let (user, mut browser) = registering(&app, "ana").await;
    app.add_email(&user, "ana@bücher.example").await;
    app.prove(&user).await;
    for typed in ["ana@bücher.example", "ana@xn--bcher-kva.example", "Ana@BÜCHER.example"] {
        add(&mut browser, typed).await.assert_shows("You have this address already");
    }
}

#[tokio::test]
async fn an_address_that_the_mail_server_cannot_take_is_refused_on_every_page() {
    let (app, server) = start().await;
    let (_, mut browser) = registering(&app, "ana").await;
    let reply = add(&mut browser, HINDI).await;
    reply.assert_shows("There is a problem").assert_shows(NOT_TAKEN);
    assert_eq!(reply.input("email"), HINDI);
    // The domain alone is nothing that it could not take.
    add(&mut browser, "ana@उदाहरण.भारत").await.assert_shows("Enter the code we sent");
    let bob = app.add_user("bob").await;
    let mut admin = strong_admin(&app).await;
    for field in ["mail", "alternate_email"] {
        let fields = [("display_name", "Bob"), (field, HINDI)];
        act_and_see(&mut admin, &bob, "save", &fields).await.assert_shows(NOT_TAKEN);
    }
    admin.post("/admin/channels/test", &[("to", HINDI)]).await.assert_shows(NOT_TAKEN);
    app.run_jobs().await;
    let mails = server.mails();
    assert!(recipients(&mails).contains(&"ana@xn--p1b6ci4b4b3a.xn--h2brj9c"));
    assert!(recipients(&mails).iter().all(|to| to.is_ascii()), "{:?}", recipients(&mails));
}

#[tokio::test]
async fn a_mail_server_that_takes_every_letter_gets_them() {
    let (app, server) = start().await;
    server.offer_utf8();
    let (_, mut browser) = registering(&app, "ana").await;
    add(&mut browser, HINDI).await.assert_shows("Enter the code we sent");
    app.run_jobs().await;
    assert_eq!(recipients(&server.mails()), ["उपयोगकर्ता@xn--p1b6ci4b4b3a.xn--h2brj9c"]);
}

#[tokio::test]
async fn what_was_imported_is_kept_and_tried_once() {
    let (app, server) = start().await;
    let mut bob = app.add_user("bob").await;
    bob.alternate_email = Some(HINDI.to_owned());
    app.save(&bob).await;
    // An administrator who changes something else is not stopped by it.
    let mut admin = strong_admin(&app).await;
    let fields = [("display_name", "Robert"), ("alternate_email", HINDI)];
    act_and_see(&mut admin, &bob, "save", &fields).await.assert_shows("Your changes are saved");
    send(&app, HINDI).await;
    let tried = server.greetings().len();
    for _ in 0..3 {
        app.advance(Duration::from_hours(1));
        app.run_jobs().await;
    }
    assert_eq!(server.greetings().len(), tried, "it is not tried again");
    assert!(recipients(&server.mails()).iter().all(|to| to.is_ascii()));
    let rows = app.audit().await;
    let given_up =
        rows.iter().filter(|row| row.0 == "Message could not be delivered" && row.2.contains("SMTPUTF8"));
    assert!(given_up.count() > 0);
}

#[tokio::test]
async fn what_the_mail_server_offers_is_asked_once_a_minute_and_anew() {
    let (app, server) = start().await;
    let (_, mut browser) = registering(&app, "ana").await;
    for _ in 0..3 {
        add(&mut browser, HINDI).await.assert_shows(NOT_TAKEN);
    }
    assert_eq!(server.greetings().len(), 1);
    server.offer_utf8();
    app.advance(Duration::from_secs(61));
    add(&mut browser, HINDI).await.assert_shows("Enter the code we sent");
}

#[tokio::test]
async fn a_mail_server_that_does_not_answer_refuses_nobody() {
    let app = TestApp::start_mailing("smtp://127.0.0.1:9").await;
    app.registration_policy().await;
    let (_, mut browser) = registering(&app, "ana").await;
    add(&mut browser, HINDI).await.assert_shows("Enter the code we sent");
}

#[tokio::test]
async fn the_mail_server_is_greeted_by_the_public_host_or_by_what_is_set() {
    for (settings, greeting) in [
        (vec![], "EHLO localhost"),
        (vec![("REGAIN_PUBLIC_URL", "https://id.contoso.example")], "EHLO id.contoso.example"),
        (vec![("REGAIN_PUBLIC_URL", "http://127.0.0.1:3000")], "EHLO [127.0.0.1]"),
        (vec![("REGAIN_SMTP_NAME", "out.contoso.example")], "EHLO out.contoso.example"),
    ] {
        let server = MailServer::start().await;
        let mut all = vec![("REGAIN_SMTP_URL", server.url.as_str())];
        all.extend(settings);
        let app = TestApp::start_configured(false, &all).await;
        send(&app, "ana@mail.example").await;
        assert_eq!(server.greetings(), [greeting]);
    }
}

#[tokio::test]
async fn a_mail_says_that_it_is_readable_on_a_phone_and_in_the_dark() {
    let (app, server) = start().await;
    send(&app, "ana@mail.example").await;
    let mail = server.mails()[0].data.replace("=\r\n", "").replace("=3D", "=");
    for part in [
        r#"<meta name="viewport" content="width=device-width, initial-scale=1">"#,
        r#"<meta name="color-scheme" content="light dark">"#,
    ] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
    // A colour of ours would have to be right on a background that is not.
    let html = mail.split("text/html").nth(1).unwrap().replace("color-scheme", "");
    assert!(!html.contains("color") && !html.contains("background"), "{html}");
}
