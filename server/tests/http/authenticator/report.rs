//! *It wasn't me* and *Somebody told me to do this* (T58): a report ends everything, before and after an approval.

use regain_core::limits::PUSH_APPROVED_REPORT_LIFE;
use regain_core::time::Duration;
use regain_store::User;

use super::{ALICE, alice, asked, open};
use crate::reset::walk::{NEW, Walk, opens};
use crate::support::{Browser, PASSWORD, TestApp};

/// A Global Administrator who is told.
async fn administrator(app: &TestApp) {
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
}

/// What the administrator read about it.
async fn told(app: &TestApp) -> Vec<String> {
    let mails = app.messages_to("admin@contoso.example").await;
    mails
        .into_iter()
        .filter(|mail| mail.subject.contains("suspicious request"))
        .map(|mail| mail.text)
        .collect()
}

/// Every way on from a flow that was reported.
async fn assert_dead(browser: &mut Browser) {
    browser.get("/reset/verify").await.assert_shows("Too many");
    for path in ["/reset/verify/resend", "/reset/verify", "/reset/method", "/reset/password"] {
        let fields = [("method", "email"), ("new_password", NEW), ("confirm_password", NEW)];
        let reply = browser.post_raw(path, &fields).await;
        assert_eq!(reply.location(), "/reset/stopped", "{path}");
    }
}

/// Another reset begins nothing: nothing is sent, and no answer is judged.
async fn assert_locked(app: &TestApp) {
    let before = app.messages_to("alice@mail.example").await.len();
    let (mut again, _) = Walk::to_methods(app, ALICE).await;
    again.choose("email").await.assert_shows("Enter your verification code");
    assert_eq!(app.messages_to("alice@mail.example").await.len(), before);
    let mut tx = app.engine.store.read().await.unwrap();
    let account = regain_server::account_key::account_key(&app.engine.keys, ALICE);
    assert!(app.engine.recovery_lock(&mut *tx, &account).await.unwrap().is_some());
}

#[tokio::test]
async fn t58_a_report_ends_the_flow_locks_the_way_and_tells_administrators() {
    let app = open().await;
    administrator(&app).await;
    let (_, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    let request = phone.request().await;
    phone.answer(&request, "deny", "").await;
    assert_eq!(phone.answer(&request, "report", "").await.body, r#"{"state":"reported"}"#);
    assert_eq!(phone.answer(&request, "report", "").await.status, 410);
    assert_eq!(phone.answer(&request, "approve", &page.number()).await.status, 410);
    // The flow is dead, and no page brings it back.
    assert_dead(&mut walk.browser).await;
    assert_locked(&app).await;
    let told = told(&app).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("203.0.113.1") && told[0].contains("“It wasn’t me”"), "{}", told[0]);
    let owner = app.messages_to("alice@contoso.example").await;
    assert!(owner.iter().any(|mail| mail.subject.starts_with("Password reset is locked")));
    assert!(app.audit().await.iter().any(|row| row.0 == "Suspicious request reported"));
}

#[tokio::test]
async fn t58_somebody_told_me_to_do_this_reports_at_once() {
    let app = open().await;
    administrator(&app).await;
    let (_, mut phone) = alice(&app).await;
    let (mut walk, _) = asked(&app, ALICE).await;
    let request = phone.request().await;
    assert_eq!(phone.answer(&request, "told", "").await.body, r#"{"state":"reported"}"#);
    assert!(phone.requests().await.is_empty());
    assert_dead(&mut walk.browser).await;
    let told = told(&app).await;
    assert!(told[0].contains("“Somebody told me to do this”"), "{}", told[0]);
}

#[tokio::test]
async fn t58_a_report_after_an_approval_ends_every_flow_code_and_proof() {
    let app = open().await;
    administrator(&app).await;
    let (user, mut phone) = alice(&app).await;
    app.add_phone(&user, "+14255550100").await;
    // Another flow waits for a code, and one has all its proofs.
    let (mut other, _) = Walk::to_methods(&app, ALICE).await;
    other.choose("mobile_phone").await;
    other.type_number("+14255550100").await;
    let code = app.code_for("+14255550100").await;
    let (mut walk, page) = asked(&app, ALICE).await;
    let request = phone.request().await;
    phone.approve(&page.number()).await;
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
    let approved = phone.approved().await;
    assert_eq!(approved.len(), 1);
    assert_eq!((&approved[0]["id"], &approved[0]["account"]), (&request.clone().into(), &ALICE.into()));

    assert_eq!(phone.answer(&request, "report", "").await.body, r#"{"state":"reported"}"#);
    assert!(phone.approved().await.is_empty());
    walk.finish(NEW).await.assert_shows("Too many");
    assert!(opens(&app, &user, PASSWORD).await && !opens(&app, &user, NEW).await);
    assert_eq!(
        other.browser.post_raw("/reset/verify", &[("code", &code)]).await.location(),
        "/reset/stopped"
    );
    assert_eq!(told(&app).await.len(), 1);
}

/// A reset that was approved and finished.
async fn finished(app: &TestApp) -> (User, crate::support::Phone<'_>, String) {
    let (user, mut phone) = alice(app).await;
    let (mut walk, page) = asked(app, ALICE).await;
    let request = phone.request().await;
    phone.approve(&page.number()).await;
    walk.by_email("alice@mail.example").await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    (user, phone, request)
}

#[tokio::test]
async fn t58_a_report_after_the_reset_takes_the_new_password_and_what_it_opened() {
    let app = open().await;
    administrator(&app).await;
    let (user, mut phone, request) = finished(&app).await;
    let mut thief = app.browser();
    thief.try_sign_in("alice", NEW).await;
    app.advance(Duration::from_mins(90));
    thief.try_sign_in("alice", NEW).await;
    app.add_phone(&user, "+14255550199").await;
    assert!(!thief.cookies.is_empty());

    let reply = phone.answer(&request, "report", "").await;
    assert_eq!(reply.body, r#"{"state":"reported","undone":true}"#);
    assert!(thief.get_raw("/security-info").await.location().starts_with("/signin"), "the session is over");
    assert!(!opens(&app, &user, NEW).await, "the password is taken away");
    assert!(thief.try_sign_in("alice", NEW).await.location().starts_with("/signin?"), "it opens nothing");
    let methods: Vec<_> = app.methods_of(&user).await.into_iter().map(|row| row.method).collect();
    assert!(!methods.contains(&"mobile_phone".to_owned()), "{methods:?}");
    assert_eq!(methods.len(), 2, "what was there before stays");
    assert_locked(&app).await;
    assert!(told(&app).await[0].contains("A new password had been set already"));
}

#[tokio::test]
async fn t58_an_approval_can_be_reported_for_a_day_once_and_by_its_owner() {
    let app = open().await;
    let (user, mut phone, request) = finished(&app).await;
    let bob = app.add_user("bob").await;
    let mut bobs = app.phone(&bob).await;
    assert_eq!(bobs.answer(&request, "report", "").await.status, 404);
    assert!(bobs.approved().await.is_empty());
    // Any phone of the same person may say so: of two at once one does it.
    let mut tablet = app.phone(&user).await;
    assert_eq!(tablet.approved().await.len(), 1);
    let (one, other) =
        tokio::join!(phone.answer(&request, "report", ""), tablet.answer(&request, "told", ""));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);

    let app = open().await;
    let (user, mut phone, request) = finished(&app).await;
    app.advance(PUSH_APPROVED_REPORT_LIFE + Duration::from_secs(1));
    assert!(phone.approved().await.is_empty());
    assert_eq!(phone.answer(&request, "report", "").await.status, 410);
    assert!(opens(&app, &user, NEW).await);
}

#[tokio::test]
async fn a_sign_in_that_was_reported_loses_its_session() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    for approves in [false, true] {
        let mut browser = app.browser();
        browser.try_sign_in("alice", PASSWORD).await;
        let page = browser.get("/signin/verify").await;
        let page = browser.post("/signin/verify/send", &[("factor", &page.input("factor"))]).await;
        let request = phone.request().await;
        if approves {
            assert_eq!(phone.answer(&request, "approve", &page.number()).await.status, 200);
            browser.get("/security-info").await.assert_shows("Authenticator notifications");
        }
        assert_eq!(phone.answer(&request, "report", "").await.status, 200);
        assert!(browser.get_raw("/security-info").await.location().starts_with("/signin"));
        // The report locked it; for the second turn it is released.
        app.execute("DELETE FROM counters").await;
    }
}
