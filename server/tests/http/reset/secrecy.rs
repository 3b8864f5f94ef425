//! R235: codes, passwords and answers stand in no log, no table and no reply.

use super::questions::{answer, drawn, office};
use super::walk::{NEW, Walk, alice, open, wrong};
use crate::support::{Browser, PASSWORD, Reply, TestApp};

/// Whether `text` stands there as a word of its own. Six digits turn up within longer numbers by chance.
fn says(content: &str, text: &str) -> bool {
    content.match_indices(text).any(|(at, _)| {
        let before = content[..at].chars().next_back();
        let after = content[at + text.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Nothing of it is stored anywhere but in the demo's outbox, where codes are for reading.
async fn assert_unwritten(app: &TestApp, secrets: &[&str]) {
    let tables = app.content().await;
    assert!(tables.iter().any(|(table, rows)| table == "audit" && rows.contains("alice@contoso.example")));
    for (table, rows) in tables {
        for secret in secrets {
            let may = table == "demo_outbox" && secret.bytes().all(|byte| byte.is_ascii_digit());
            assert!(may || !says(&rows, secret), "{secret} stands in {table}");
        }
    }
}

fn assert_unsaid(replies: &[Reply], secrets: &[&str]) {
    for reply in replies {
        let headers = format!("{:?}", reply.headers);
        for secret in secrets {
            assert!(!says(&reply.body, secret) && !says(&headers, secret), "{secret}: {}", reply.text());
        }
    }
}

/// Posts, keeps the answer and the page after it.
async fn keep(browser: &mut Browser, replies: &mut Vec<Reply>, path: &str, fields: &[(&str, &str)]) {
    let reply = browser.post_raw(path, fields).await;
    let page = browser.follow(reply.clone()).await;
    replies.extend([reply, page]);
}

#[tokio::test]
async fn r235_after_a_whole_reset_no_code_and_no_password_is_anywhere() {
    let app = open().await;
    alice(&app).await;
    let (walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    let (mut browser, mut replies) = (walk.browser.clone(), vec![page]);
    keep(&mut browser, &mut replies, "/reset/method", &[("method", "email")]).await;
    let email = app.code_for("alice@mail.example").await;
    let guess = wrong(&email);
    keep(&mut browser, &mut replies, "/reset/verify", &[("code", &guess)]).await;
    keep(&mut browser, &mut replies, "/reset/verify", &[("code", &email)]).await;
    keep(&mut browser, &mut replies, "/reset/method", &[("method", "mobile_phone")]).await;
    keep(&mut browser, &mut replies, "/reset/phone", &[("phone", "+14255550100"), ("country", "")]).await;
    let text = app.code_for("+14255550100").await;
    keep(&mut browser, &mut replies, "/reset/verify", &[("code", &text)]).await;
    let (short, other) = ("kettleshort", "violet kettle under eight moons");
    for (first, second) in [(short, short), (NEW, other), (NEW, NEW)] {
        let fields = [("new_password", first), ("confirm_password", second)];
        keep(&mut browser, &mut replies, "/reset/password", &fields).await;
    }
    replies.last().unwrap().assert_shows("Your password has been reset");
    app.run_jobs().await;
    let secrets = [email.as_str(), &guess, &text, short, other, NEW, PASSWORD];
    assert_unsaid(&replies, &secrets);
    assert_unwritten(&app, &secrets).await;
    // Before they are sent, too: what waits in the outbox is sealed.
    app.advance(std::time::Duration::from_mins(11));
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let waiting = app.content().await;
    let code = app.code_for("alice@mail.example").await;
    let (_, outbox) = waiting.iter().find(|(table, _)| table == "outbox").unwrap();
    assert!(outbox.contains("alice@mail.example") && !says(outbox, &code));
}

#[tokio::test]
async fn r235_r50_after_questions_no_answer_is_anywhere() {
    let (app, _) = office().await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let mut page = walk.choose("security_questions").await;
    let wrongs: Vec<String> = (1..=3).map(|number| format!("my wrong answer {number}")).collect();
    let mut replies = Vec::new();
    page = {
        replies.push(page);
        answer(&mut walk, &wrongs).await
    };
    let right: Vec<String> = drawn(&page).iter().map(|id| format!("Answer {id}")).collect();
    replies.push(page);
    let after = answer(&mut walk, &right).await;
    after.assert_shows("One more check");
    replies.push(after);
    let normal: Vec<String> = right.iter().map(|answer| answer.to_lowercase()).collect();
    let secrets: Vec<&str> = wrongs.iter().chain(&right).chain(&normal).map(String::as_str).collect();
    assert_unsaid(&replies, &secrets);
    assert_unwritten(&app, &secrets).await;
}
