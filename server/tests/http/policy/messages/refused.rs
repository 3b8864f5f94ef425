//! What is no text of a message is refused at its field, and nothing that was typed is lost.

use super::super::{admin, assert_refused, last_record_of};
use super::{ACTIVITY, area, save};
use crate::support::TestApp;

#[tokio::test]
async fn t131_each_bad_text_is_refused_and_kept() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let long = format!("{{code}} {}", "a".repeat(2_000));
    for (kind, subject, text, problem) in [
        ("reset-code", "S", "{code} {{7*7}}", "A brace is open"),
        ("reset-code", "S", "{code} {password}", "There is no placeholder “password”"),
        ("reset-code", "S", "{code} }", "a closing brace"),
        ("reset-code", "S", "{code", "A brace is open"),
        ("reset-code", "S", "no code", "must hold the placeholder {code}"),
        ("reset-code", "S", "{code} {code}", "{code} once, not more often"),
        ("reset-code", "S", "{code} 654321", "Write “654321” in smaller groups"),
        ("reset-code", "S", "1{code}", "Put a space or a word between"),
        ("reset-code", "S", "{code} https://evil.example", "take out “https://evil.example”"),
        ("reset-code", "S", "", "Enter a text"),
        ("reset-code", "", "{code}", "Enter a text"),
        ("reset-code", "{$code}", "{code}", "There is no placeholder “$code”"),
        ("reset-code", "S", long.as_str(), "Shorten the text"),
        ("reset-code-sms", "", "{code} with {name}", "There is no placeholder “name”"),
        ("reset-code-voice", "", "Your code is {code}.", "There is no placeholder “code”"),
        ("notice-call-denied", "S", "{name}\u{202e}", "cannot be seen"),
    ] {
        let page = save(&mut browser, kind, subject, text).await;
        assert_refused(&page, problem);
        if text.len() < 2_000 {
            assert_eq!(area(&page, "text"), text, "{problem}");
        }
        if kind == "reset-code" {
            assert_eq!(page.input("subject"), subject, "{problem}");
        }
        assert_eq!(last_record_of(&app, ACTIVITY).await.result, "failure", "{problem}");
    }
    assert_eq!(app.engine.store.read().await.unwrap().templates().await.unwrap(), []);
}

#[tokio::test]
async fn t82_a_subject_is_one_line() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    for subject in ["Code\r\nBcc: x@evil.example", "Code\n", "\rCode"] {
        let page = save(&mut browser, "reset-code", subject, "{code}").await;
        assert_refused(&page, "Write it in one line");
        assert!(page.body.contains("href=\"#subject\""), "the summary leads to the field");
    }
}

#[tokio::test]
async fn a_text_message_that_needs_two_is_refused() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = save(&mut browser, "reset-code-sms", "", &format!("{{code}} {}", "a".repeat(150))).await;
    assert_refused(&page, "does not fit into one text message of 160 characters");
    let page = save(&mut browser, "reset-code-sms", "", &format!("{{code}} ż {}", "a".repeat(60))).await;
    assert_refused(&page, "Plain text messages have no “ż”");
    let page = save(&mut browser, "reset-code-sms", "", "{code}\n@evil.example #123").await;
    assert_refused(&page, "Write it in one line");
}
