//! Nobody is flooded (T53).

use regain_core::time::Duration;

use super::{ALICE, alice, asked, open};

#[tokio::test]
async fn t53_one_request_is_open_and_five_are_asked_in_an_hour() {
    let app = open().await;
    alice(&app).await;
    for name in [ALICE, "ghost@contoso.example"] {
        let (mut walk, page) = asked(&app, name).await;
        // Coming back, and asking again, shows the same request.
        assert_eq!(walk.browser.get("/reset/verify").await.number(), page.number());
        assert_eq!(walk.choose("app_notification").await.number(), page.number());
        assert_eq!(walk.browser.post("/reset/verify/resend", &[]).await.number(), page.number());
        // Another flow has to wait.
        let (mut other, page) = asked(&app, name).await;
        page.assert_shows("Another page asks your phone at the moment");
        for _ in 0..4 {
            app.advance(Duration::from_secs(61));
            other.choose("app_notification").await.assert_shows("Number to enter");
        }
        app.advance(Duration::from_secs(61));
        other.browser.post("/reset/verify/resend", &[]).await.assert_shows("asked too often");
        let (_, page) = asked(&app, name).await;
        page.assert_shows("Your phone was asked too often");
    }
}

#[tokio::test]
async fn t53_the_owner_hears_of_the_third_that_nobody_answered_once() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    phone.approve(&page.number()).await;
    let told = async |app: &crate::support::TestApp| {
        let mails = app.messages_to("alice@contoso.example").await;
        mails.iter().filter(|mail| mail.subject.starts_with("Requests on your phone")).count()
    };
    assert_eq!(told(&app).await, 0);
    let (mut other, _) = asked(&app, ALICE).await;
    for number in 1..=4 {
        app.advance(Duration::from_secs(61));
        app.run_jobs().await;
        assert_eq!(told(&app).await, usize::from(number >= 3), "after {number}");
        other.browser.post("/reset/verify/resend", &[]).await;
    }
    walk.browser.get("/reset/verify").await;
}
