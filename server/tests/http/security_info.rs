//! The page of a person's own methods.

use regain_core::method::{Method, MethodSet};
use regain_core::policy::Scope;
use regain_core::time::Duration;
use regain_store::User;

use crate::support::TestApp;

impl TestApp {
    /// Writes a changed user.
    pub(crate) async fn save(&self, user: &User) {
        let mut tx = self.engine.store.write().await.unwrap();
        assert!(tx.update_user(user).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// The user as stored.
    pub(crate) async fn user(&self, user: &User) -> User {
        self.engine.store.read().await.unwrap().user(user.id).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn it_lists_what_there_is_and_what_it_is_good_for() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let mut user = app.add_user("ana").await;
    user.mobile_phone = Some("+1 4255550123".to_owned());
    app.save(&user).await;
    let mut browser = app.session(&user).await;
    browser.get("/security-info").await.assert_shows("You cannot reset your password on your own yet");
    app.add_email(&user, "ana@mail.example").await;
    app.prove(&user).await;
    let page = browser.get("/security-info").await;
    page.assert_shows("You can reset your password on your own")
        .assert_shows("ana@mail.example")
        .assert_shows("Added on")
        .assert_shows("+1 4255550123")
        .assert_shows("Entered by your administrator")
        .assert_shows("Change password")
        .assert_shows("Sign out");
}

#[tokio::test]
async fn r85_a_second_factor_stands_before_it() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    app.add_app(&user).await;
    app.add_email(&user, "ana@mail.example").await;
    let mut browser = app.session(&user).await;
    for path in
        ["/security-info", "/security-info/add", "/security-info/add/email", "/register", "/register/review"]
    {
        let reply = browser.get_raw(path).await;
        assert!(reply.location().starts_with("/signin/verify?next="), "{path}: {}", reply.location());
        assert!(!reply.body.contains("ana@mail.example"), "{path}");
    }
    app.prove(&user).await;
    browser.get("/security-info").await.assert_shows("ana@mail.example");
}

#[tokio::test]
async fn r88_r93_removing_is_asked_about_told_and_final() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let id = app.add_email(&user, "ana@mail.example").await.to_string();
    app.add_phone(&user, "+14255550123").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    let page = browser.get(&format!("/security-info/remove?id={id}")).await;
    page.assert_shows("Remove ana@mail.example?")
        .assert_shows("You will have 1 of the 2 methods that you need")
        .assert_shows("Keep it");
    assert_eq!(app.methods_of(&user).await.len(), 2, "a page changes nothing");
    browser.post("/security-info/remove", &[("id", &id)]).await.assert_shows("The method was removed");
    assert_eq!(app.methods_of(&user).await.len(), 1);
    assert!(app.has_record("User deleted security info", "success").await);
    for address in ["ana@mail.example", "ana@contoso.example"] {
        let messages = app.messages_to(address).await;
        assert!(messages.iter().any(|message| message.subject.contains("removed")), "{address} was not told");
    }
    browser.post("/security-info/remove", &[("id", &id)]).await.assert_shows("Security info");
    browser.get(&format!("/security-info/remove?id={id}")).await.assert_shows("Security info");
}

#[tokio::test]
async fn t106_removing_and_renaming_need_a_second_factor_of_just_now() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let id = app.add_phone(&user, "+14255550123").await.to_string();
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    app.advance(Duration::from_secs(301));
    browser.get("/security-info").await.assert_shows("+1 4255550123");
    let reply = browser.get_raw(&format!("/security-info/remove?id={id}")).await;
    assert!(reply.location().starts_with("/signin/verify?next="), "{}", reply.location());
    for path in ["/security-info/remove", "/security-info/rename"] {
        let reply = browser.post_raw(path, &[("id", &id), ("label", "Mine")]).await;
        assert!(reply.location().starts_with("/signin/verify?next="), "{path}: {}", reply.location());
    }
    let rows = app.methods_of(&user).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].label, "");
}

#[tokio::test]
async fn t109_a_code_for_a_removed_address_is_dead() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let id = app.add_email(&user, "old@mail.example").await.to_string();
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    browser.post("/register/email", &[("way", "add"), ("email", "new@mail.example")]).await;
    let code = app.code_for("new@mail.example").await;
    browser.post("/security-info/remove", &[("id", &id)]).await.assert_shows("The method was removed");
    browser.post("/register/code", &[("way", "add"), ("code", &code)]).await.assert_shows("no longer works");
    assert!(app.methods_of(&user).await.is_empty());
}

#[tokio::test]
async fn nobody_touches_the_methods_of_somebody_else() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let victim = app.add_user("victim").await;
    let id = app.add_email(&victim, "victim@mail.example").await.to_string();
    let user = app.add_user("mallory").await;
    let mut browser = app.session(&user).await;
    let page = browser.get(&format!("/security-info/remove?id={id}")).await;
    page.assert_shows("Security info").assert_hides("victim@mail.example");
    browser.post("/security-info/remove", &[("id", &id)]).await;
    browser.post("/security-info/rename", &[("id", &id), ("label", "Mine now")]).await;
    let rows = app.methods_of(&victim).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].label, "");
}

#[tokio::test]
async fn a_method_can_be_renamed() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let id = app.add_email(&user, "ana@mail.example").await.to_string();
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    browser.get(&format!("/security-info/rename?id={id}")).await.assert_shows("Rename ana@mail.example");
    let long = "x".repeat(41);
    let reply = browser.post("/security-info/rename", &[("id", &id), ("label", &long)]).await;
    reply.assert_shows("A name has at most 40 characters");
    assert_eq!(reply.input("label"), long);
    browser
        .post("/security-info/rename", &[("id", &id), ("label", " Home <mail> ")])
        .await
        .assert_shows("Home <mail>");
    assert!(app.has_record("User updated security info", "success").await);
}

#[tokio::test]
async fn r35_what_the_policy_no_longer_allows_stays_and_does_not_count() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    app.add_email(&user, "ana@mail.example").await;
    app.add_phone(&user, "+14255550123").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    app.set_policy(|policy| policy.methods = MethodSet::of(&[Method::AppCode, Method::MobilePhone])).await;
    let page = browser.get("/security-info").await;
    page.assert_shows("You cannot reset your password on your own yet").assert_shows("Not in use");
    app.registration_policy().await;
    browser
        .get("/security-info")
        .await
        .assert_shows("You can reset your password on your own")
        .assert_hides("Not in use");
}

#[tokio::test]
async fn ruling_13_where_reset_is_off_nothing_can_be_added() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    app.set_policy(|policy| policy.scope = Scope::None).await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let page = browser.get("/security-info").await;
    page.assert_shows("Your administrator has not enabled password reset for you")
        .assert_shows("Change password")
        .assert_hides("Add a method");
}

#[tokio::test]
async fn other_sessions_are_listed_and_can_be_ended() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut other = app.session(&user).await;
    let mut browser = app.session(&user).await;
    browser.get("/security-info").await.assert_shows("This browser").assert_shows("Sign out everywhere else");
    let page = browser.post("/security-info/sign-out-elsewhere", &[]).await;
    page.assert_shows("You are signed out everywhere else").assert_hides("Sign out everywhere else");
    assert_eq!(other.get_raw("/security-info").await.status, 303);
}

#[tokio::test]
async fn what_a_loss_would_leave_is_told_and_changes_nothing() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mailbox = app.add_email(&user, "ana@mail.example").await;
    let phone = app.add_phone(&user, "+14255550123").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    let list = browser.get("/security-info").await;
    list.assert_shows("Lost this mailbox?").assert_shows("Lost this device?");
    assert!(list.body.contains(&format!("/security-info/lost?method={phone}")));
    let (methods, records) = (app.methods_of(&user).await, app.audit().await);
    let path = format!("/security-info/lost?method={mailbox}");
    let page = browser.get(&path).await;
    page.assert_shows("You could not reset your password on your own.")
        .assert_shows("You would have 1 of the 2 ways you need.")
        .assert_shows("+1 4255550123")
        .assert_shows("Add another method now")
        .assert_hides("Sign out everywhere else");
    assert!(page.body.contains(&format!("/security-info/remove?id={mailbox}")));
    app.add_app(&user).await;
    let mut other = app.session(&user).await;
    app.prove(&user).await;
    let page = browser.get(&path).await;
    page.assert_shows("You could still reset your password on your own.")
        .assert_shows("You would have 2 of the 2 ways you need.")
        .assert_shows("Sign out everywhere else");
    assert_eq!(app.methods_of(&user).await.len(), methods.len() + 1, "looking changes nothing");
    assert_eq!(app.audit().await, records);
    assert_eq!(other.get_raw("/security-info").await.status, 200);
}

#[tokio::test]
async fn codes_of_a_lost_phone_are_lost_with_it() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    app.set_policy(|policy| policy.methods.insert(Method::AppNotification)).await;
    let user = app.add_user("ana").await;
    app.add_email(&user, "ana@mail.example").await;
    app.phone(&user).await;
    app.add_app(&user).await;
    app.execute("UPDATE devices SET code_id = (SELECT id FROM methods WHERE method = 'app_code')").await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    for method in app.methods_of(&user).await.iter().filter(|row| row.method != Method::Email.as_str()) {
        let page = browser.get(&format!("/security-info/lost?method={}", method.id)).await;
        page.assert_shows("Gone with it:").assert_shows("You would have 1 of the 2 ways you need.");
    }
}

#[tokio::test]
async fn nobody_learns_of_a_loss_of_somebody_else() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let victim = app.add_user("victim").await;
    let id = app.add_email(&victim, "victim@mail.example").await;
    let user = app.add_user("mallory").await;
    let mut browser = app.session(&user).await;
    for method in [id.to_string(), "security_questions".to_owned(), "%3Cscript%3E".to_owned(), String::new()]
    {
        let reply = browser.get_raw(&format!("/security-info/lost?method={method}")).await;
        assert_eq!((reply.status, reply.location()), (303, "/security-info"), "{method}");
    }
    let reply = app.browser().get_raw(&format!("/security-info/lost?method={id}")).await;
    assert!(reply.location().starts_with("/signin?next="), "{}", reply.location());
}

#[tokio::test]
async fn signing_out_is_offered_once() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let page = browser.get("/security-info").await;
    assert_eq!(page.body.matches("action=\"/signout\"").count(), 1);
}

#[tokio::test]
async fn who_has_more_than_enough_is_not_warned_of_removing_one() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let id = app.add_email(&user, "ana@mail.example").await;
    app.add_phone(&user, "+14255550123").await;
    app.add_app(&user).await;
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    let page = browser.get(&format!("/security-info/remove?id={id}")).await;
    page.assert_shows("You still have 2 of the 2 methods");
}
