//! What people read: rendered from the catalogue, one recipient each, nothing that a name could inject.

use regain_server::messages::Notice;
use regain_server::organization::{self, OrganizationSettings};
use regain_server::policy;

use crate::support::TestApp;
use crate::support::smtp::{Mail, MailServer};

const EVIL: &str = "\"><img src='//evil.example?\r\nBcc: x@evil.example\r\n\r\n<script>alert(1)</script>";

async fn mailed(to: &[&str], name: &str, organization: &str) -> Vec<Mail> {
    let server = MailServer::start().await;
    let app = TestApp::start_mailing(&server.url).await;
    let to: Vec<String> = to.iter().map(|to| (*to).to_owned()).collect();
    let settings = OrganizationSettings { name: organization.to_owned(), ..OrganizationSettings::default() };
    let params =
        [("name", name), ("person", name), ("upn", "bob@contoso.example"), ("address", "203.0.113.1")];
    let params = params.map(|(key, value)| (key, value.to_owned()));
    let notice = Notice {
        to: &to,
        template: "contact-request",
        params: &params,
        locale: "en",
        support_code: "ABCD-EFGH",
    };
    let mut tx = app.engine.store.write().await.unwrap();
    policy::save_document(&mut *tx, organization::SETTINGS, &settings, 0, app.now()).await.unwrap();
    app.engine.enqueue_notice(&mut *tx, &notice).await.unwrap();
    tx.commit().await.unwrap();
    app.engine.forget_organization();
    app.run_jobs().await;
    server.mails()
}

#[tokio::test]
async fn a_mail_says_who_sends_it_and_that_nobody_need_answer() {
    let mails = mailed(&["ana@mail.example"], "Bob", "Contoso").await;
    let mail = &mails[0];
    assert_eq!(mail.headers("Auto-Submitted"), ["auto-generated"]);
    assert_eq!(mail.headers("Content-Language"), ["en"]);
    assert!(mail.headers("From")[0].starts_with("Contoso <"), "{:?}", mail.headers("From"));
    assert_eq!(mail.headers("Subject"), ["Bob needs help with signing in"]);
    assert!(mail.data.contains("multipart/alternative"));
    assert!(mail.data.contains("text/plain") && mail.data.contains("text/html"));
}

#[tokio::test]
async fn every_recipient_has_a_mail_of_their_own() {
    let mails = mailed(&["ana@mail.example", "bob@mail.example"], "Bob", "Contoso").await;
    let mut to: Vec<_> = mails.iter().map(|mail| mail.to.clone()).collect();
    to.sort();
    assert_eq!(to, [["ana@mail.example"], ["bob@mail.example"]]);
}

#[tokio::test]
async fn t82_names_inject_neither_headers_nor_recipients_nor_markup() {
    let mails = mailed(&["ana@mail.example"], EVIL, EVIL).await;
    let mail = &mails[0];
    assert_eq!(mail.to, ["ana@mail.example"]);
    let names = mail.header_names();
    for name in ["bcc", "cc"] {
        assert!(!names.iter().any(|header| header == name), "{names:?}");
    }
    for once in ["from", "to", "subject", "message-id", "content-type"] {
        assert_eq!(names.iter().filter(|header| *header == once).count(), 1, "{once} in {names:?}");
    }
    let html = mail.data.split("text/html").nth(1).unwrap().replace("=\r\n", "");
    assert!(!html.contains("<img") && !html.contains("<script"), "{html}");
}

#[tokio::test]
async fn t126_an_address_is_one_recipient_or_none() {
    for evil in [
        "a@x.example\r\nRCPT TO:<b@evil.example>",
        "a@x.example,b@evil.example",
        "Ana <a@x.example>, <b@evil.example>",
        "a@x.example>\r\nDATA",
        "",
    ] {
        let mails = mailed(&[evil], "Bob", "Contoso").await;
        assert!(mails.is_empty(), "{evil:?} reached {:?}", mails[0].to);
    }
    let long = format!("{}@x.example", "a".repeat(400));
    assert!(mailed(&[&long], "Bob", "Contoso").await.is_empty());
}

#[tokio::test]
async fn t83_mails_hold_no_links_for_scanners_to_follow() {
    let mails = mailed(&["ana@mail.example"], "Bob", "Contoso").await;
    assert!(!mails[0].data.contains("http://") && !mails[0].data.contains("https://"));
}

#[tokio::test]
async fn answers_go_to_the_help_desk_if_it_has_a_mailbox() {
    let server = MailServer::start().await;
    let app = TestApp::start_mailing(&server.url).await;
    for (target, reply_to) in [
        ("help+desk@contoso.example", vec!["help+desk@contoso.example"]),
        ("https://help.contoso.example/", vec![]),
    ] {
        app.set_policy(|policy| {
            policy.helpdesk.customized = true;
            policy.helpdesk.target = target.to_owned();
        })
        .await;
        app.engine.forget_organization();
        let notice = Notice {
            to: &["ana@mail.example".to_owned()],
            template: "notice-call-denied",
            params: &[("name", "Ana".to_owned())],
            locale: "en",
            support_code: "ABCD-EFGH",
        };
        let mut tx = app.engine.store.write().await.unwrap();
        app.engine.enqueue_notice(&mut *tx, &notice).await.unwrap();
        tx.commit().await.unwrap();
        app.run_jobs().await;
        let mail = server.mails().last().unwrap().clone();
        assert_eq!(mail.headers("Reply-To"), reply_to);
        assert!(
            mail.data.replace("=\r\n", "").contains(&format!("your helpdesk ({target})")),
            "{}",
            mail.data
        );
    }
}
