//! A reset with a phone.

use regain_core::time::Duration;

use super::{ALICE, alice, asked, open};
use crate::reset::walk::{NEW, opens, shape};
use crate::support::Browser;

const STATUS: &str = "/reset/verify/status";

async fn status(browser: &mut Browser) -> (u16, String) {
    let reply = browser.get_raw(STATUS).await;
    (reply.status, reply.body)
}

#[tokio::test]
async fn the_number_on_the_page_typed_on_the_phone_passes_the_gate() {
    let app = open().await;
    let (user, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    page.assert_shows("Approve on your phone").assert_shows("Waiting for your answer");
    let asked = phone.requests().await;
    assert_eq!(asked[0]["asked"], "reset");
    assert_eq!(asked[0]["address"], "203.0.113.1");
    assert!(asked[0]["question"].as_str().unwrap().starts_with("Are you resetting your"));
    assert!(
        !asked[0].to_string().contains(&format!("\"{}\"", page.number())),
        "the number is on the page alone"
    );
    assert_eq!(status(&mut walk.browser).await, (200, "waiting".to_owned()));

    let reply = phone.approve(&page.number()).await;
    assert_eq!(reply.body, r#"{"state":"approved"}"#);
    assert_eq!(status(&mut walk.browser).await, (200, "over".to_owned()));
    assert!(phone.requests().await.is_empty());
    // The page goes on when it is loaded again.
    walk.browser.get("/reset/verify").await.assert_shows("with your authenticator app");
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
}

#[tokio::test]
async fn t57_the_status_is_told_to_the_browser_of_the_flow_and_proves_nothing() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    assert_eq!(status(&mut app.browser()).await.0, 404);
    let mut other = asked(&app, "ghost@contoso.example").await.0;
    assert_eq!(status(&mut other.browser).await, (200, "waiting".to_owned()), "its own, and no other's");
    phone.approve(&page.number()).await;
    assert_eq!(status(&mut app.browser()).await.0, 404);
    assert_eq!(status(&mut other.browser).await, (200, "waiting".to_owned()));
    assert!(
        walk.browser.get_raw("/reset/password").await.location().starts_with("/reset/"),
        "one gate of two"
    );
}

#[tokio::test]
async fn t2_a_decoy_asks_nobody_and_looks_the_same() {
    let app = open().await;
    alice(&app).await;
    let (mut real, real_page) = asked(&app, ALICE).await;
    let (mut decoy, decoy_page) = asked(&app, "ghost@contoso.example").await;
    let plain = |page: &crate::support::Reply, name: &str| {
        shape(page, name).replace(&format!(">{}<", page.number()), ">NN<")
    };
    assert_eq!(plain(&real_page, ALICE), plain(&decoy_page, "ghost@contoso.example"));
    app.advance(Duration::from_secs(61));
    let expired = |reply: crate::support::Reply| {
        reply.assert_shows("Nobody answered within one minute");
        reply
    };
    let real_page = expired(real.browser.get("/reset/verify").await);
    let decoy_page = expired(decoy.browser.get("/reset/verify").await);
    assert_eq!(shape(&real_page, ALICE), shape(&decoy_page, "ghost@contoso.example"));
    assert_eq!(status(&mut decoy.browser).await, (200, "over".to_owned()));
}

#[tokio::test]
async fn t42_nothing_typed_into_the_page_answers_a_request() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    let request = phone.request().await;
    for code in [page.number().as_str(), request.as_str(), "123456"] {
        walk.enter(code).await.assert_shows("Number to enter");
    }
    assert_eq!(phone.approve(&page.number()).await.status, 200, "it cost no try");
}

#[tokio::test]
async fn an_open_request_dies_with_the_reset() {
    let app = open().await;
    let (user, mut phone) = alice(&app).await;
    app.add_phone(&user, "+14255550100").await;
    let (_, page) = asked(&app, ALICE).await;
    let request = phone.request().await;
    let (mut other, _) = crate::reset::walk::Walk::to_methods(&app, ALICE).await;
    other.by_email("alice@mail.example").await;
    other.by_text("+14255550100").await;
    other.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(phone.requests().await.is_empty());
    assert_eq!(phone.answer(&request, "approve", &page.number()).await.status, 410);
}

#[tokio::test]
async fn a_removed_phone_proves_no_more() {
    let app = open().await;
    let (user, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    phone.approve(&page.number()).await;
    walk.browser.get("/reset/method").await.assert_shows("with your authenticator app");
    let id = app.methods_of(&user).await.iter().find(|row| row.method == "app_notification").unwrap().id;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.delete_method(user.id, id).await.unwrap();
    tx.commit().await.unwrap();
    app.add_phone(&user, "+14255550100").await;
    walk.browser.get("/reset/method").await.assert_hides("with your authenticator app");
    assert_eq!(phone.post("answer", "{}").await.status, 401, "the device went with its method");
}
