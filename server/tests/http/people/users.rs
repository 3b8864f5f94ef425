//! Making, blocking and deleting users, and their passwords.

use regain_server::people::Actor;

use super::{USERS, act, act_and_see, page_of, record_of, user_of};
use crate::policy::admin;
use crate::support::{Browser, PASSWORD, Reply, SESSION, TestApp, encoded};

const TEMPORARY: &str = "for the phone 1";

async fn create(browser: &mut Browser, fields: &[(&str, &str)]) -> Reply {
    browser.post(&format!("{USERS}/new"), fields).await
}

#[tokio::test]
async fn r94_a_user_is_made_and_changes_the_password_at_the_first_sign_in() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    browser.get(USERS).await.assert_shows("New user");
    let fields = [
        ("user_principal_name", "Bo.Berg@contoso.example"),
        ("display_name", "Bo Berg <b>"),
        ("first_name", "Bo"),
        ("last_name", "Berg"),
        ("initial_password", TEMPORARY),
        ("mail", "bo@contoso.example"),
        ("mobile_phone", "+1 4255550123"),
        ("alternate_email", "bo@mail.example"),
    ];
    let page = create(&mut browser, &fields).await;
    page.assert_shows("The user is created").assert_shows("Bo Berg <b>");
    assert!(!page.body.contains("Berg <b>"), "escaped, in the title, too");
    let user =
        app.engine.store.read().await.unwrap().user_by_key("bo.berg@contoso.example").await.unwrap().unwrap();
    assert_eq!((user.upn.as_str(), user.surname.as_str()), ("Bo.Berg@contoso.example", "Berg"));
    assert_eq!(user.mobile_phone.as_deref(), Some("+1 4255550123"));
    assert_eq!(record_of(&app, "Add user").await.unwrap().target_name, user.upn);
    let reply = app.browser().try_sign_in(&user.upn, TEMPORARY).await;
    assert_eq!(reply.location(), "/security-info/change-password");
}

/// Persian words are written with joiners, and a family is one emoji of three that joiners hold together.
#[tokio::test]
async fn names_keep_their_joiners_at_every_door() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let (name, family) = ("می\u{200C}خواهم", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}");
    let fields = [
        ("user_principal_name", "portal@contoso.example"),
        ("display_name", name),
        ("last_name", family),
        ("initial_password", TEMPORARY),
    ];
    create(&mut browser, &fields).await.assert_shows("The user is created").assert_shows(name);
    let file = format!(
        "version:v1.0\r\nName [displayName] Required,User name [userPrincipalName] Required,\
         Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,\
         Last name [surname]\r\n{name},import@contoso.example,{TEMPORARY},No,{family}\r\n"
    );
    let mut refused = Vec::new();
    let mut note = |line: u64, reason: &str| refused.push((line, reason.to_owned()));
    let actor = Actor::command_line(&app.engine);
    let report = app.engine.import_users(&actor, file.as_bytes(), &mut note).await.unwrap();
    assert_eq!(report.done, 1, "{refused:?}");
    for key in ["portal@contoso.example", "import@contoso.example"] {
        let user = app.engine.store.read().await.unwrap().user_by_key(key).await.unwrap().unwrap();
        assert_eq!((user.display_name.as_str(), user.surname.as_str()), (name, family), "{key}");
    }
    // Whoever searches need not type them.
    let found = browser.get(&format!("{USERS}?q={}", encoded("میخواهم"))).await;
    found.assert_shows("portal@contoso.example").assert_shows("import@contoso.example");
}

#[tokio::test]
async fn r97_what_is_wrong_with_a_new_user_is_told_at_each_field() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = admin(&app).await;
    let page = create(&mut browser, &[("display_name", "")]).await;
    page.assert_shows("There is a problem")
        .assert_shows("Enter a user principal name")
        .assert_shows("Enter a display name")
        .assert_shows("Enter a password");
    let fields = [
        ("user_principal_name", "ANA@contoso.example"),
        ("display_name", "Another Ana"),
        ("initial_password", TEMPORARY),
    ];
    let page = create(&mut browser, &fields).await;
    page.assert_shows("There is a user with this name already");
    assert_eq!(page.input("user_principal_name"), "ANA@contoso.example");
    assert_eq!(page.input("display_name"), "Another Ana");
    assert!(!page.body.contains(TEMPORARY), "a password is never shown again");
    for upn in ["ana", "a b@contoso.example", ".ana@contoso.example", "ana@contoso@example", "ana@"] {
        let fields = [("user_principal_name", upn), ("display_name", "Ana"), ("initial_password", TEMPORARY)];
        let page = create(&mut browser, &fields).await;
        page.assert_shows("There is a problem");
        assert_eq!(page.input("user_principal_name"), upn);
    }
    let fields = [("user_principal_name", "bo@contoso.example"), ("display_name", "Bo")];
    create(&mut browser, &fields).await.assert_shows("Enter a password");
    let mut tx = app.engine.store.read().await.unwrap();
    let everybody = tx.users(&regain_store::UserFilter::default(), &all()).await.unwrap();
    assert_eq!(everybody.len(), 2, "nobody was made");
}

fn all() -> regain_store::Page {
    regain_store::Page { after: String::new(), limit: 100 }
}

#[tokio::test]
async fn t94_who_is_blocked_is_out_at_once_and_comes_back_unblocked() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut hers = app.browser();
    hers.sign_in("ana").await;
    let mut browser = admin(&app).await;
    let page = act_and_see(&mut browser, &ana, "block", &[("blocked", "true")]).await;
    page.assert_shows("Sign-in is blocked").assert_shows("Unblock sign-in");
    assert!(hers.get_raw("/security-info").await.location().starts_with("/signin"), "the session is dead");
    let reply = app.browser().try_sign_in("ana", PASSWORD).await;
    assert!(reply.location().starts_with("/signin"), "{}", reply.location());
    let record = record_of(&app, "Update user").await.unwrap();
    assert!(record.details.contains("accountEnabled"), "{}", record.details);
    act_and_see(&mut browser, &ana, "block", &[("blocked", "")])
        .await
        .assert_shows("The user can sign in again");
    assert!(
        hers.get_raw("/security-info").await.location().starts_with("/signin"),
        "the old session stays dead"
    );
    app.browser().sign_in("ana").await;
}

#[tokio::test]
async fn r88_deleting_asks_first_and_takes_everything() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@mail.example").await;
    app.add_group("Pilot", &[&ana]).await;
    let mut hers = app.session(&ana).await;
    let mut browser = admin(&app).await;
    let question = browser.get(&format!("{}/delete", page_of(&ana))).await;
    question.assert_shows("Delete ana?").assert_shows("This cannot be undone").assert_shows("Cancel");
    assert!(user_of(&app, &ana).await.is_some(), "a page deletes nobody");
    act_and_see(&mut browser, &ana, "delete", &[]).await.assert_shows("The user is deleted");
    assert_eq!(user_of(&app, &ana).await, None);
    assert!(hers.get_raw("/security-info").await.location().starts_with("/signin"));
    assert!(!app.browser().try_sign_in("ana", PASSWORD).await.headers.contains_key(SESSION));
    assert_eq!(record_of(&app, "Delete user").await.unwrap().target_name, "ana@contoso.example");
    // Once more: there is nobody any more.
    assert_eq!(act(&mut browser, &ana, "delete", &[]).await.status, 404);
    assert_eq!(browser.get(&page_of(&ana)).await.status, 404);
}

#[tokio::test]
async fn r182_r230_a_temporary_password_ends_everything_and_must_be_changed() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut hers = app.browser();
    hers.sign_in("ana").await;
    let mut browser = admin(&app).await;
    for empty in ["", "tab\there"] {
        let page = act_and_see(&mut browser, &ana, "set-password", &[("temporary_password", empty)]).await;
        page.assert_shows("There is a problem").assert_shows("Temporary password");
    }
    app.browser().sign_in("ana").await;
    let fields = [("temporary_password", TEMPORARY)];
    let page = act_and_see(&mut browser, &ana, "set-password", &fields).await;
    page.assert_shows("The temporary password is set").assert_shows("must be changed at the next sign-in");
    assert!(!page.body.contains(TEMPORARY));
    assert!(hers.get_raw("/security-info").await.location().starts_with("/signin"));
    assert!(app.browser().try_sign_in("ana", PASSWORD).await.location().starts_with("/signin"));
    let mut again = app.browser();
    let reply = again.try_sign_in("ana", TEMPORARY).await;
    assert_eq!(reply.location(), "/security-info/change-password");
    for path in ["/security-info", "/register", "/admin/users"] {
        assert!(again.get_raw(path).await.location().starts_with("/security-info/change-password"), "{path}");
    }
    let record = record_of(&app, "Reset password (by admin)").await.unwrap();
    assert_eq!((record.result.as_str(), record.target_name.as_str()), ("success", "ana@contoso.example"));
    assert!(!app.messages_to("ana@contoso.example").await.is_empty(), "ana is told");
}

#[tokio::test]
async fn r35_a_registered_method_can_be_taken_away() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let id = app.add_email(&ana, "ana@mail.example").await.to_string();
    app.add_phone(&ana, "+14255550123").await;
    let mut browser = admin(&app).await;
    browser.get(&page_of(&ana)).await.assert_shows("ana@mail.example");
    let fields = [("method", id.as_str())];
    let page = act_and_see(&mut browser, &ana, "remove-method", &fields).await;
    page.assert_shows("The method is removed").assert_hides("ana@mail.example");
    assert_eq!(app.methods_of(&ana).await.len(), 1);
    assert_eq!(act(&mut browser, &ana, "remove-method", &[("method", "nonsense")]).await.status, 400);
    let again = act(&mut browser, &ana, "remove-method", &fields).await;
    assert_eq!(again.location(), page_of(&ana), "gone already: the page shows it");
}

#[tokio::test]
async fn t22_lists_and_repeated_fields_are_refused() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = admin(&app).await;
    let id = ana.id;
    for (what, body) in [
        ("save", format!("id={id}&display_name[]=x")),
        ("save", format!("id={id}&display_name=x&display_name=y")),
        ("save", format!("id[]={id}&display_name=x")),
        ("block", format!("id={id}&blocked[]=true")),
        ("block", format!("id={id}&blocked=true&blocked=true")),
        ("delete", format!("id[]={id}")),
        ("delete", format!("id[$ne]={id}")),
        ("set-password", format!("id={id}&temporary_password[]=abc")),
        ("roles", format!("id={id}&roles[x]=global_administrator&roles=reports_reader")),
        ("new", "user_principal_name[]=bo@contoso.example&display_name=Bo&initial_password=abc".to_owned()),
    ] {
        let reply = browser.post_body(&format!("{USERS}/{what}"), &body, &[]).await;
        assert_eq!(reply.status, 400, "{what} {body}");
        reply.assert_shows("We could not read that form");
    }
    assert_eq!(user_of(&app, &ana).await, Some(ana.clone()));
    assert!(super::roles_of(&app, &ana).await.is_empty());
    app.browser().sign_in("ana").await;
}

#[tokio::test]
async fn unknown_ids_and_wrong_methods_are_told_and_do_nothing() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    for id in [app.engine.new_id().to_string(), "nobody".to_owned(), "..%2F..".to_owned(), "%00".to_owned()] {
        for path in [format!("{USERS}/{id}"), format!("{USERS}/{id}/delete")] {
            let page = browser.get(&path).await;
            assert_eq!(page.status, 404, "{path}");
            page.assert_shows("There is no such page");
        }
    }
    for what in ["save", "block", "delete", "set-password", "remove-method", "release", "roles"] {
        for id in [app.engine.new_id().to_string(), String::new(), "admin@contoso.example".to_owned()] {
            let fields = [
                ("id", id.as_str()),
                ("display_name", "x"),
                ("temporary_password", TEMPORARY),
                ("method", "questions"),
            ];
            // A method of nobody is as gone as one that was removed: the page that it leads to tells.
            let reply = browser.post(&format!("{USERS}/{what}"), &fields).await;
            assert_eq!(reply.status, 404, "{what} {id:?}");
        }
        assert_eq!(browser.get(&format!("{USERS}/{what}?id=1")).await.status, 405, "GET {what}");
    }
    for path in [USERS, "/admin/roles"] {
        assert_eq!(browser.post_raw(path, &[("q", "x")]).await.status, 405, "POST {path}");
    }
}

#[tokio::test]
async fn browsers_fill_nothing_of_the_administrators_own_into_the_fields_of_others() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let factor = app.add_email(&ana, "ana@mail.example").await.to_string();
    let group = app.add_group("Pilot", &[&ana]).await;
    let mut browser = admin(&app).await;
    crate::hardware_tokens::upload_one(&mut browser, "ana", "ana-1", 30).await;
    let token = crate::hardware_tokens::tokens_of(&app, &ana).await.remove(0);
    // A call is under way: the page asks for the code that ana reads out.
    let asked = act_and_see(&mut browser, &ana, "verify-caller/send", &[("factor", &factor)]).await;
    asked.assert_shows("A code is on its way to");
    for path in [
        format!("{USERS}/new"),
        format!("{USERS}/{}", ana.id),
        "/admin/audit-logs".to_owned(),
        format!("/admin/groups/{group}/add-members"),
        "/admin/hardware-tokens".to_owned(),
        format!("/admin/hardware-tokens/{}/activate", token.id),
        format!("{USERS}/{}/verify-caller", ana.id),
    ] {
        let page = browser.get(&path).await;
        let typed = page.body.split('<').filter(|tag| {
            let kinds = ["text", "email", "tel", "password", "search"];
            tag.starts_with("input ") && kinds.iter().any(|kind| tag.contains(&format!("type=\"{kind}\"")))
        });
        let typed: Vec<&str> = typed.collect();
        assert!(!typed.is_empty(), "{path}");
        for input in typed {
            // A password that is chosen for somebody is a new one: managers fill no saved one in.
            let allowed = ["autocomplete=\"off\"", "autocomplete=\"new-password\""];
            assert!(allowed.iter().any(|value| input.contains(value)), "{path}: {input}");
        }
    }
}
