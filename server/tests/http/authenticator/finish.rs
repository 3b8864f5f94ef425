//! The new password is chosen on the phone that approved (ruling 15): the page that opens there, and the browser that
//! asked, which takes no password any more.

use regain_core::policy::{MethodsRequired, Whom};
use regain_core::time::Duration;
use regain_store::User;

use super::{ALICE, alice, asked, open};
use crate::reset::limits::begins_as_known;
use crate::reset::walk::{NEW, Walk, opens, shape};
use crate::support::{Browser, PASSWORD, Phone, Reply, TestApp};

const PAGE: &str = "/authenticator/password";
const FINISH: &str = "__Host-regain_finish";

/// A server where everybody's reset ends on the device.
async fn bound() -> TestApp {
    let app = open().await;
    whose(&app, Whom::Everyone).await;
    app
}

async fn whose(app: &TestApp, whom: Whom) {
    app.set_methods_policy(|policy| policy.finish_on_device = whom).await;
}

/// alice, all gates passed: by her phone and by mail.
async fn approved(app: &TestApp) -> (User, Phone<'_>, Walk<'_>, String) {
    let (user, mut phone) = alice(app).await;
    let (mut walk, page) = asked(app, ALICE).await;
    let request = phone.request().await;
    phone.approve(&page.number()).await;
    walk.by_email("alice@mail.example").await.assert_shows("Continue on your phone");
    (user, phone, walk, request)
}

async fn choose(browser: &mut Browser, password: &str) -> Reply {
    let page = browser.get(PAGE).await;
    choose_on(browser, &page, password).await
}

/// With the form of a page that was opened before.
async fn choose_on(browser: &mut Browser, page: &Reply, password: &str) -> Reply {
    let mark = if page.body.contains("name=\"form_mark\"") { page.input("form_mark") } else { String::new() };
    let fields = [("new_password", password), ("confirm_password", password), ("form_mark", &*mark)];
    browser.post(PAGE, &fields).await
}

#[tokio::test]
async fn the_password_is_chosen_on_the_phone_and_the_asking_browser_takes_none() {
    let app = bound().await;
    let (user, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    let request = phone.request().await;
    phone.approve(&page.number()).await;
    // A gate is missing: the asking browser goes on with it, and the phone waits.
    walk.browser.get("/reset/verify").await.assert_shows("with your authenticator app");
    assert_eq!(phone.approved().await[0]["next"], "wait");
    assert_eq!(phone.finish(&request).await.status, 410, "not yet");
    let page = walk.by_email("alice@mail.example").await;
    page.assert_shows("Continue on your phone");
    assert!(page.body.contains("http-equiv=\"refresh\""), "without scripts it goes on by reload");
    assert_eq!(walk.browser.get_raw("/reset/verify/status").await.body, "phone");
    // Whoever sits at the asking browser chooses nothing.
    walk.finish(NEW).await.assert_shows("Continue on your phone");
    let records = app.audit().await;
    assert!(
        records.iter().any(|row| row.2 == "Refused: /reset/password was sent while /reset/continue is next")
    );
    assert!(opens(&app, &user, PASSWORD).await);

    assert_eq!(phone.approved().await[0]["next"], "choose");
    phone
        .open_finish(&request)
        .await
        .assert_shows("Choose a new password")
        .assert_shows("You approved this reset");
    choose(&mut phone.browser, "short").await.assert_shows("There is a problem");
    choose(&mut phone.browser, NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
    walk.browser.get("/reset/continue").await.assert_shows("Your password has been reset");
    choose(&mut phone.browser, "another kettle under nine moons").await;
    assert!(opens(&app, &user, NEW).await, "once");
}

#[tokio::test]
async fn the_page_opens_once_and_for_five_minutes() {
    let app = bound().await;
    let (user, mut phone, _, request) = approved(&app).await;
    let first = phone.finish(&request).await.link();
    let link = phone.finish(&request).await.link();
    assert_ne!(first, link);
    // What was offered before opens nothing; the newest opens once.
    let mut stranger = app.browser();
    stranger.post(&format!("{PAGE}/open"), &[("link", &first)]).await.assert_shows("This page is over");
    phone.open(&link).await.assert_shows("Choose a new password");
    assert_eq!(phone.finish(&request).await.status, 410, "opened already");
    // The same form sent again, because its answer was lost, leads to the same page for a moment.
    let cookie = phone.browser.cookies[FINISH].clone();
    phone.open(&link).await.assert_shows("Choose a new password");
    assert_eq!(phone.browser.cookies[FINISH], cookie);
    app.advance(Duration::from_secs(11));
    stranger.post(&format!("{PAGE}/open"), &[("link", &link)]).await.assert_shows("This page is over");
    assert!(!stranger.cookies.contains_key(FINISH));
    app.advance(Duration::from_mins(5));
    phone.browser.get(PAGE).await.assert_shows("This page is over");
    choose(&mut phone.browser, NEW).await.assert_shows("This page is over");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn nobody_else_opens_the_page() {
    let app = bound().await;
    let (user, mut phone, mut walk, request) = approved(&app).await;
    // Another phone of the same person did not approve; another person has nothing to do with it.
    let mut tablet = app.phone(&user).await;
    let bob = app.add_user("bob").await;
    let mut bobs = app.phone(&bob).await;
    assert_eq!(tablet.finish(&request).await.status, 404);
    assert_eq!(bobs.finish(&request).await.status, 404);
    assert!(tablet.approved().await[0]["next"].is_null());
    // Nor does the asking browser, whose cookie is of the flow.
    walk.browser.get(PAGE).await.assert_shows("This page is over");
    choose(&mut walk.browser, NEW).await.assert_shows("This page is over");
    assert!(opens(&app, &user, PASSWORD).await);
    // A phone that is removed while its page is open chooses nothing.
    phone.open_finish(&request).await.assert_shows("Choose a new password");
    let id = app.methods_of(&user).await.iter().find(|row| row.method == "app_notification").unwrap().id;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.delete_method(user.id, id).await.unwrap();
    tx.commit().await.unwrap();
    choose(&mut phone.browser, NEW).await.assert_shows("This page is over");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn a_form_of_another_reset_says_which_one_the_phone_has_open() {
    let app = bound().await;
    let (user, mut phone, _, request) = approved(&app).await;
    phone.open_finish(&request).await.assert_shows("Choose a new password");
    let fields = [("new_password", NEW), ("confirm_password", NEW), ("form_mark", "a.b")];
    for fields in [&fields[..], &fields[..2]] {
        let reply = phone.browser.post_unmarked(PAGE, fields).await;
        assert_eq!((reply.status, &reply.headers["cache-control"]), (200, &"no-store".parse().unwrap()));
        reply.assert_shows(&format!("Another reset was begun in this browser, for {ALICE}."));
        assert!(reply.body.contains(&format!("href=\"{PAGE}\"")), "a way on");
    }
    assert!(opens(&app, &user, PASSWORD).await);
    choose(&mut phone.browser, NEW).await.assert_shows("Your password has been reset");
}

/// The person is known where the password was chosen, and only there: whoever asked may be somebody else.
#[tokio::test]
async fn the_phone_on_which_a_reset_was_finished_is_known() {
    let app = bound().await;
    let (_, mut phone, walk, request) = approved(&app).await;
    phone.open_finish(&request).await;
    choose(&mut phone.browser, NEW).await.assert_shows("Your password has been reset");
    assert!(begins_as_known(&app, &phone.browser, ALICE).await);
    assert!(!begins_as_known(&app, &walk.browser, ALICE).await);
}

#[tokio::test]
async fn of_two_passwords_chosen_at_once_one_counts() {
    let app = bound().await;
    let (user, mut phone, mut walk, request) = approved(&app).await;
    phone.open_finish(&request).await;
    let mut tab = phone.browser.clone();
    let other = "another kettle under nine moons";
    let (_, _, asking) = tokio::join!(
        choose(&mut phone.browser, NEW),
        choose(&mut tab, other),
        walk.finish("mine mine mine mine")
    );
    asking.assert_hides("There is a problem");
    assert!(opens(&app, &user, NEW).await ^ opens(&app, &user, other).await);
    assert!(!opens(&app, &user, "mine mine mine mine").await);
    let done = app.audit().await.iter().filter(|row| row.2 == "Successfully completed reset.").count();
    assert_eq!(done, 1);
}

/// Two people's pages, one after the other, on one phone: a form sets the password of the person whose page it was.
#[tokio::test]
async fn a_form_of_another_persons_page_on_this_phone_sets_nothing() {
    let app = bound().await;
    let (user, mut phone, _, request) = approved(&app).await;
    let mine = phone.open_finish(&request).await;
    let bob = app.add_user("bob").await;
    app.add_email(&bob, "bob@mail.example").await;
    let mut bobs = app.phone(&bob).await;
    let (mut walk, page) = asked(&app, "bob@contoso.example").await;
    let his = bobs.request().await;
    bobs.approve(&page.number()).await;
    walk.by_email("bob@mail.example").await.assert_shows("Continue on your phone");
    bobs.browser.cookies = phone.browser.cookies.clone();
    assert!(bobs.open_finish(&his).await.body.contains("bob@contoso.example"));
    choose_on(&mut bobs.browser, &mine, NEW).await;
    assert!(opens(&app, &user, PASSWORD).await && opens(&app, &bob, PASSWORD).await);
}

#[tokio::test]
async fn t58_a_report_ends_the_page_that_is_open() {
    let app = bound().await;
    let (user, mut phone, _, request) = approved(&app).await;
    let page = phone.open_finish(&request).await;
    page.assert_shows("Choose a new password");
    phone.answer(&request, "report", "").await;
    phone.browser.get(PAGE).await.assert_shows("This page is over");
    choose_on(&mut phone.browser, &page, NEW).await.assert_shows("This page is over");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn whom_it_covers_proves_with_the_device_and_decoys_look_the_same() {
    let app = bound().await;
    let (user, _) = alice(&app).await;
    app.add_app(&user).await;
    app.add_phone(&user, "+14255550100").await;
    app.run_jobs().await;
    let (mut real, real_page) = Walk::to_methods(&app, ALICE).await;
    // A code of the app would leave no room for the phone that shows it.
    real_page.assert_shows("Approve a notification").assert_hides("Enter a code from my authenticator app");
    let (_, decoy_page) = Walk::to_methods(&app, "ghost@contoso.example").await;
    assert_eq!(shape(&real_page, ALICE), shape(&decoy_page, "ghost@contoso.example"));
    let page = real.by_email("alice@mail.example").await;
    page.assert_shows("Approve a notification").assert_hides("Text my mobile phone");
    real.browser.post_raw("/reset/method", &[("method", "mobile_phone")]).await;
    real.browser.get("/reset/method").await.assert_shows("Approve a notification");
    // One method is asked for: it is the device.
    app.set_policy(|policy| policy.methods_required = MethodsRequired::One).await;
    whose(&app, Whom::Nobody).await;
    let (_, free) = Walk::to_methods(&app, ALICE).await;
    free.assert_shows("Email my alternate email");
}

#[tokio::test]
async fn who_has_no_such_device_finishes_in_the_browser() {
    let app = bound().await;
    let user = crate::reset::walk::alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
}

#[tokio::test]
async fn a_passkey_goes_on_in_the_browser_that_showed_it() {
    let app = bound().await;
    app.beyond_the_boxes().await;
    let user = crate::reset::walk::alice(&app).await;
    let mut key = app.add_passkey(&user).await;
    let (mut walk, _) = Walk::to_methods(&app, ALICE).await;
    let page = walk.by_email("alice@mail.example").await;
    page.assert_shows("Use my passkey").assert_hides("Text my mobile phone");
    let page = walk.choose("passkey").await;
    let answer = key.get(&page);
    let page = walk.browser.post("/reset/passkey", &[("credential", &answer)]).await;
    page.assert_shows("Choose a new password");
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
}

#[tokio::test]
async fn by_default_it_covers_administrators() {
    let app = open().await;
    let (user, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    phone.approve(&page.number()).await;
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
    assert!(phone.approved().await[0]["next"].is_null());
    // A role that comes meanwhile counts at once: both ways.
    app.grant(&user, "user_administrator").await;
    walk.finish(NEW).await.assert_shows("Continue on your phone");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn the_setting_that_changes_under_way_counts_at_once() {
    let app = open().await;
    let (user, mut phone) = alice(&app).await;
    let (mut walk, page) = asked(&app, ALICE).await;
    let request = phone.request().await;
    phone.approve(&page.number()).await;
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
    whose(&app, Whom::Everyone).await;
    walk.finish(NEW).await.assert_shows("Continue on your phone");
    phone.open_finish(&request).await.assert_shows("Choose a new password");
    whose(&app, Whom::Nobody).await;
    // Either may finish now; the phone's page stays good.
    walk.browser.get("/reset/continue").await.assert_shows("Choose a new password");
    choose(&mut phone.browser, NEW).await.assert_shows("Your password has been reset");
    walk.finish("another kettle under nine moons").await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);

    // It comes when a code of the app was proved already: then the phone is asked as well.
    let app = open().await;
    let (user, mut phone) = alice(&app).await;
    let seed = app.add_app(&user).await;
    let (mut walk, _) = Walk::to_methods(&app, ALICE).await;
    walk.choose("app_code").await;
    walk.enter(&app.app_code(&seed, 0)).await;
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
    whose(&app, Whom::Everyone).await;
    walk.finish(NEW).await.assert_shows("Approve a notification");
    let page = walk.choose("app_notification").await;
    phone.approve(&page.number()).await;
    walk.browser.get("/reset/verify").await.assert_shows("Continue on your phone");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn administrators_hear_of_an_approval_from_another_browser_and_network() {
    let app = open().await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
    let subject = "reset by an approval from elsewhere";
    for (browser, tells) in [("Test browser", false), ("Phone", true)] {
        let name = format!("{}lice", if tells { "a" } else { "c" });
        let user = app.add_user(&name).await;
        app.add_email(&user, &format!("{name}@mail.example")).await;
        let mut phone = app.phone(&user).await;
        phone.client = browser;
        let (mut walk, page) = asked(&app, &format!("{name}@contoso.example")).await;
        phone.approve(&page.number()).await;
        walk.by_email(&format!("{name}@mail.example")).await;
        walk.finish(NEW).await.assert_shows("Your password has been reset");
        let told = app.messages_to("admin@contoso.example").await;
        let told: Vec<_> = told.iter().filter(|mail| mail.subject.contains(subject)).collect();
        assert_eq!(!told.is_empty(), tells, "{browser}");
        assert!(
            told.iter().all(|mail| mail.text.contains("203.0.113.1") && mail.text.contains("198.51.100.7"))
        );
    }
}
