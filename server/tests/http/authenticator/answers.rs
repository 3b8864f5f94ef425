//! What a phone may answer, and what not.

use regain_core::time::Duration;
use uuid::Uuid;

use super::{ALICE, alice, asked, open};
use crate::support::phone::other;

#[tokio::test]
async fn t54_the_first_wrong_number_denies_the_request_for_good() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    let request = phone.request().await;
    // Without a number nothing was guessed, and nothing is approved.
    for number in ["", "  "] {
        assert_eq!(phone.answer(&request, "approve", number).await.problem(), "malformed");
    }
    let wrong = phone.answer(&request, "approve", other(&page.number())).await;
    assert_eq!((wrong.status, wrong.problem().as_str()), (403, "number-wrong"));
    for number in 10..=99 {
        let reply = phone.answer(&request, "approve", &number.to_string()).await;
        assert_eq!(reply.status, 410, "{number}");
    }
    walk.browser.get("/reset/verify").await.assert_shows("Denied").assert_shows("Send again");
    assert!(phone.requests().await.is_empty());
    // Asked again, it is another request with another number.
    let page = walk.browser.post("/reset/verify/resend", &[]).await;
    assert_ne!(phone.request().await, request);
    assert_eq!(phone.approve(&page.number()).await.status, 200);
}

#[tokio::test]
async fn five_wrong_numbers_in_a_day_lock_recovery() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let (mut walk, mut page) = asked(&app, ALICE).await;
    for _ in 0..5 {
        phone.approve(other(&page.number())).await;
        page = walk.browser.post("/reset/verify/resend", &[]).await;
    }
    page.assert_shows("Too many");
}

#[tokio::test]
async fn t55_an_answer_counts_once_in_time_and_for_its_own_request() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let bob = app.add_user("bob").await;
    app.add_email(&bob, "bob@mail.example").await;
    let mut bobs = app.phone(&bob).await;
    let (_, first) = asked(&app, ALICE).await;
    let (_, second) = asked(&app, "bob@contoso.example").await;
    let (r1, r2) = (phone.request().await, bobs.request().await);
    // Somebody else's request is none of mine, whatever the number.
    for number in [first.number(), second.number()] {
        assert_eq!(phone.answer(&r2, "approve", &number).await.status, 404);
        assert_eq!(bobs.answer(&r1, "approve", &number).await.status, 404);
        assert_eq!(bobs.answer(&r1, "deny", &number).await.status, 404);
    }
    assert_eq!(phone.answer(&Uuid::nil().to_string(), "approve", &first.number()).await.status, 404);
    // Twice.
    assert_eq!(phone.answer(&r1, "approve", &first.number()).await.status, 200);
    assert_eq!(phone.answer(&r1, "approve", &first.number()).await.status, 410);
    assert_eq!(phone.answer(&r1, "deny", "").await.status, 410);
    // Late.
    app.advance(Duration::from_mins(1));
    assert_eq!(bobs.answer(&r2, "approve", &second.number()).await.status, 410);
    assert_eq!(bobs.answer(&r2, "deny", "").await.status, 410);
}

#[tokio::test]
async fn answers_at_once_prove_once() {
    let app = open().await;
    let (user, mut phone) = alice(&app).await;
    let mut tablet = app.phone(&user).await;
    let (_, page) = asked(&app, ALICE).await;
    let (request, number) = (phone.request().await, page.number());
    let (one, other) =
        tokio::join!(phone.answer(&request, "approve", &number), tablet.answer(&request, "approve", &number));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
}

#[tokio::test]
async fn a_denied_request_stays_denied() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    let request = phone.request().await;
    assert_eq!(phone.answer(&request, "deny", "").await.body, r#"{"state":"denied"}"#);
    assert_eq!(phone.answer(&request, "approve", &page.number()).await.status, 410);
    walk.browser.get("/reset/verify").await.assert_shows("The request was denied");
    let audit = app.audit().await;
    assert!(audit.iter().any(|row| row.1 == "failure" && row.2.starts_with("Denied on the authenticator")));
}
