//! A mistyped phone number is put right in the same flow, and tells nothing about whose number it is.

use std::time::Duration;

use super::walk::{Walk, alice, open, shape};
use crate::support::{Reply, TestApp};

const RIGHT: &str = "+14255550100";
const TYPO: &str = "+14255550101";
const SOON: &str = "A code was asked for a moment ago";
const MANY: &str = "There were too many codes";

async fn asked_for_number<'a>(app: &'a TestApp, name: &str) -> Walk<'a> {
    let (mut walk, _) = Walk::to_methods(app, name).await;
    walk.choose("mobile_phone").await.assert_shows("Type your mobile number");
    walk
}

#[tokio::test]
async fn the_right_number_after_a_wrong_one_is_sent_to_at_once() {
    let app = open().await;
    alice(&app).await;
    let mut walk = asked_for_number(&app, "alice@contoso.example").await;
    let page = walk.type_number(TYPO).await;
    page.assert_shows("Use another number").assert_shows("is on its way");
    assert!(page.body.contains("href=\"/reset/phone\""), "the code page leads back to the number");
    walk.browser.get("/reset/phone").await.assert_shows("Type your mobile number");
    walk.type_number(RIGHT).await.assert_shows("is on its way").assert_hides(SOON);
    assert_eq!(app.messages_to(RIGHT).await.len(), 1);
    assert!(app.messages_to(TYPO).await.is_empty());
    // What is asked for from now on goes to the new number.
    app.advance(Duration::from_secs(61));
    walk.browser.post("/reset/verify/resend", &[]).await.assert_hides(SOON);
    assert_eq!(app.messages_to(RIGHT).await.len(), 2);
    let code = app.code_for(RIGHT).await;
    walk.enter(&code).await.assert_shows("One more check");
}

#[tokio::test]
async fn the_same_number_has_to_wait_and_different_ones_have_their_limit() {
    let app = open().await;
    alice(&app).await;
    let mut walk = asked_for_number(&app, "alice@contoso.example").await;
    walk.type_number(RIGHT).await.assert_hides(SOON);
    assert_eq!(app.messages_to(RIGHT).await.len(), 1);
    // However it is written.
    walk.type_number("+1 (425) 555-0100").await.assert_shows(SOON).assert_hides("is on its way");
    walk.type_number(TYPO).await.assert_hides(SOON);
    let page = walk.type_number(RIGHT).await;
    page.assert_hides(SOON).assert_hides(MANY);
    assert_eq!(app.messages_to(RIGHT).await.len(), 2);
    walk.type_number(TYPO).await.assert_shows(MANY).assert_hides("is on its way");
    walk.type_number(RIGHT).await.assert_shows(MANY);
    assert_eq!(app.messages_to(RIGHT).await.len(), 2, "three codes in ten minutes, one of them to nobody");
}

#[tokio::test]
async fn t5_a_wrong_number_and_a_name_that_nobody_has_look_and_wait_like_the_right_one() {
    let app = open().await;
    alice(&app).await;
    let mut seen: Vec<Vec<String>> = Vec::new();
    for (name, numbers) in [
        ("alice@contoso.example", [RIGHT, TYPO, RIGHT, TYPO, RIGHT]),
        ("ghost@contoso.example", [RIGHT, TYPO, RIGHT, TYPO, RIGHT]),
    ] {
        let mut walk = asked_for_number(&app, name).await;
        let mut pages = Vec::new();
        for number in numbers {
            let page: Reply = walk.type_number(number).await;
            pages.push(shape(&page, name));
        }
        app.advance(Duration::from_mins(2));
        pages.push(shape(&walk.browser.post("/reset/verify/resend", &[]).await, name));
        seen.push(pages);
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn what_went_to_the_last_number_works_no_more() {
    let app = open().await;
    alice(&app).await;
    let mut walk = asked_for_number(&app, "alice@contoso.example").await;
    walk.type_number(RIGHT).await;
    let code = app.code_for(RIGHT).await;
    walk.type_number(TYPO).await;
    walk.enter(&code).await.assert_shows("this one no longer works");
}
