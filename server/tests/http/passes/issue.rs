//! *Issue temporary pass*: for whom, after what, once.

use std::time::Duration;

use regain_core::role::Role;

use super::{
    act, act_raw, entered, help_desk, issued, overridden, pass_for, pass_page, record, shown, stored,
    try_pass,
};
use crate::policy::{GLOBAL, signed_in};
use crate::support::TestApp;

const FIRST: &str = "First find out who is calling";

#[tokio::test]
async fn no_pass_before_the_caller_is_verified() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    hal.get(&pass_page(&ana)).await.assert_shows(FIRST);
    let page = act(&mut hal, &ana, "issue-pass", &[("minutes", "60")]).await;
    page.assert_shows("Verify the caller first").assert_shows(FIRST);
    assert_eq!(stored(&app, &ana).await, None);
    overridden(&mut hal, &ana).await;
    app.advance(Duration::from_mins(10));
    act(&mut hal, &ana, "issue-pass", &[("minutes", "60")]).await.assert_shows("Verify the caller first");
    assert_eq!(stored(&app, &ana).await, None, "what was known is too old");
}

#[tokio::test]
async fn t112_a_pass_is_for_one_use_and_an_hour_and_its_owner_is_told() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    let pass = pass_for(&mut hal, &ana).await;
    assert_eq!(pass.len(), 8);
    let row = stored(&app, &ana).await.unwrap();
    assert!(row.one_time && row.expires_at == row.issued_at.plus(Duration::from_hours(1)));
    for minutes in ["61", "9", "", "60x", "-60"] {
        let page = act(&mut hal, &ana, "issue-pass", &[("minutes", minutes), ("many", "true")]).await;
        page.assert_shows("Enter a whole number from 10 to 60");
    }
    let mut mails = app.messages_to("ana@mail.example").await;
    // The other one says that too little was proved.
    mails.retain(|mail| mail.subject.starts_with("A temporary pass"));
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("hal@contoso.example") && mails[0].text.contains("60 minutes"));
    assert!(!mails[0].text.contains(&pass));
    let record = record(&app, "Admin issued temporary pass").await;
    assert_eq!((record.actor_upn.as_str(), record.target_name.as_str()), ("hal@contoso.example", &*ana.upn));
    assert!(record.details.contains("\"callerVerifiedBy\":\"override\""), "{}", record.details);
    let page = hal.get(&format!("/admin/users/{}", ana.id)).await;
    page.assert_shows("Works until").assert_shows("hal@contoso.example").assert_shows("Delete the pass");
}

#[tokio::test]
async fn a_pass_is_shown_once_and_kept_nowhere() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    overridden(&mut hal, &ana).await;
    let reply = act_raw(&mut hal, &ana, "issue-pass", &[("minutes", "60")]).await;
    let cookies: Vec<_> = reply.headers.get_all("set-cookie").iter().cloned().collect();
    assert!(!reply.location().contains('?'), "nothing of it is in an address: {}", reply.location());
    let page = hal.follow(reply).await;
    let pass = shown(&page);
    assert_eq!(page.headers.get("cache-control").unwrap(), "no-store");
    assert!(cookies.iter().all(|cookie| !cookie.to_str().unwrap().contains(&pass)), "sealed");
    assert!(!hal.get(&pass_page(&ana)).await.body.contains(&pass), "shown once");
    app.run_jobs().await;
    for (table, content) in app.content().await {
        assert!(!content.contains(&pass), "the pass stands in {table}");
    }
}

#[tokio::test]
async fn a_new_pass_takes_the_place_of_the_old_one_and_ends_its_session() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    let first = pass_for(&mut hal, &ana).await;
    let mut inside = entered(&app, "ana", &first).await;
    assert_eq!(inside.get_raw("/security-info").await.status, 200);
    let second = issued(&mut hal, &ana).await;
    let third = issued(&mut hal, &ana).await;
    assert!(inside.get_raw("/security-info").await.location().starts_with("/signin"));
    for old in [&first, &second] {
        let reply = try_pass(&mut app.browser(), "ana", old).await;
        assert!(reply.location().starts_with("/signin/temporary-pass"), "{}", reply.location());
    }
    entered(&app, "ana", &third).await;
}

#[tokio::test]
async fn a_deleted_pass_opens_nothing_and_ends_its_session() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    super::set(&app, |settings| settings.one_time = false).await;
    overridden(&mut hal, &ana).await;
    let pass = shown(&act(&mut hal, &ana, "issue-pass", &[("minutes", "60"), ("many", "true")]).await);
    let mut inside = entered(&app, "ana", &pass).await;
    act(&mut hal, &ana, "delete-pass", &[])
        .await
        .assert_shows("The pass is deleted")
        .assert_hides("Works until");
    assert!(inside.get_raw("/security-info").await.location().starts_with("/signin"));
    let reply = try_pass(&mut app.browser(), "ana", &pass).await;
    assert!(reply.location().starts_with("/signin/temporary-pass"));
    assert_eq!(record(&app, "Admin deleted temporary pass").await.result, "success");
    // A second time nothing is there to delete.
    act(&mut hal, &ana, "delete-pass", &[]).await.assert_hides("The pass is deleted");
}

#[tokio::test]
async fn t112_who_may_issue_is_who_may_set_passwords_and_nobody_for_themselves() {
    let app = TestApp::start().await;
    for (number, role) in Role::ALL.iter().enumerate() {
        let mut browser = signed_in(&app, &format!("actor{number}"), role.as_str()).await;
        let target = app.add_user(&format!("target{number}")).await;
        let may = role.allows(regain_core::role::Right::ResetUsers);
        let page = browser.get_raw(&pass_page(&target)).await;
        assert_eq!(page.status, if may { 200 } else { 403 }, "{role}");
        if may {
            pass_for(&mut browser, &target).await;
            continue;
        }
        for what in ["issue-pass", "delete-pass", "verify-caller/override"] {
            let reply = act_raw(&mut browser, &target, what, &[("minutes", "60"), ("reason", "x")]).await;
            assert_eq!(reply.status, 403, "{role} {what}");
        }
        assert_eq!(stored(&app, &target).await, None);
    }
}

#[tokio::test]
async fn t112_no_pass_for_equal_or_higher_standing_and_none_for_oneself() {
    let app = TestApp::start().await;
    let erin = app.add_user("erin").await;
    app.grant(&erin, GLOBAL).await;
    let mut boss = app.session(&erin).await;
    let (mut hal, _) = help_desk(&app).await;
    let mut tx = app.engine.store.read().await.unwrap();
    let own = tx.user_by_key("hal@contoso.example").await.unwrap().unwrap();
    drop(tx);
    // Even if a call stood there, from the time before a role was given.
    for (admin, user) in [(&own, &erin), (&own, &own), (&erin, &erin)] {
        let mut tx = app.engine.store.write().await.unwrap();
        let call = regain_store::HelpCall {
            id: app.engine.new_id(),
            admin_id: admin.id,
            user_id: user.id,
            support_code: String::new(),
            opened_at: app.now(),
            expires_at: app.now().plus(Duration::from_mins(10)),
            overridden_by: Some("override".to_owned()),
            ended_at: None,
        };
        tx.add_help_call(&call).await.unwrap();
        tx.commit().await.unwrap();
        let browser = if admin.id == own.id { &mut hal } else { &mut boss };
        for what in ["issue-pass", "delete-pass"] {
            let reply = act_raw(browser, user, what, &[("minutes", "60")]).await;
            assert_eq!(reply.status, 403, "{} {what} {}", admin.upn, user.upn);
        }
        assert_eq!(stored(&app, user).await, None);
        let refused = record(&app, "Admin issued temporary pass").await;
        assert_eq!((refused.result.as_str(), &*refused.reason), ("failure", "Insufficient privileges"));
    }
    hal.get(&format!("/admin/users/{}", own.id)).await.assert_hides("Issue temporary pass");
}

#[tokio::test]
async fn a_pass_for_an_administrator_is_told_to_global_administrators() {
    let app = TestApp::start().await;
    let other = app.add_user("other").await;
    app.grant(&other, GLOBAL).await;
    let mut boss = signed_in(&app, "boss", GLOBAL).await;
    let erin = app.add_user("erin").await;
    app.grant(&erin, "user_administrator").await;
    pass_for(&mut boss, &erin).await;
    let told = |mails: Vec<regain_store::DemoMessage>| {
        mails.iter().any(|mail| mail.subject.contains("temporary pass for an administrator"))
    };
    assert!(told(app.messages_to("other@").await) && told(app.messages_to("boss@").await));
    assert!(!told(app.messages_to("erin@").await));
}

#[tokio::test]
async fn a_pass_dies_with_a_role_that_its_issuer_could_not_help() {
    let app = TestApp::start().await;
    let mut boss = signed_in(&app, "boss", GLOBAL).await;
    let (mut hal, ana) = help_desk(&app).await;
    let pass = pass_for(&mut hal, &ana).await;
    boss.post("/admin/users/roles", &[("id", &ana.id.to_string()), ("roles[]", "user_administrator")]).await;
    assert_eq!(stored(&app, &ana).await, None);
    let reply = try_pass(&mut app.browser(), "ana", &pass).await;
    assert!(reply.location().starts_with("/signin/temporary-pass"));
}

#[tokio::test]
async fn issuing_and_overriding_want_a_fresh_factor() {
    let app = TestApp::start_strict().await;
    let hal = app.add_user("hal").await;
    app.grant(&hal, "helpdesk_administrator").await;
    app.add_app(&hal).await;
    let ana = app.add_user("ana").await;
    let mut browser = app.session(&hal).await;
    app.prove(&hal).await;
    overridden(&mut browser, &ana).await;
    app.advance(Duration::from_mins(6));
    for (what, page) in [("issue-pass", "temporary"), ("verify-caller/override", "verify")] {
        let reply = act_raw(&mut browser, &ana, what, &[("minutes", "60"), ("reason", "Seen")]).await;
        assert!(reply.location().starts_with("/signin/verify?next="), "{}", reply.location());
        assert!(
            reply.location().contains(page) && reply.location().contains("unsaved"),
            "{}",
            reply.location()
        );
    }
    assert_eq!(stored(&app, &ana).await, None);
    app.prove(&hal).await;
    issued(&mut browser, &ana).await;
}

#[tokio::test]
async fn a_blocked_person_gets_none() {
    let app = TestApp::start().await;
    let mut boss = signed_in(&app, "boss", GLOBAL).await;
    let (mut hal, ana) = help_desk(&app).await;
    overridden(&mut hal, &ana).await;
    act(&mut boss, &ana, "block", &[("blocked", "true")]).await;
    hal.get(&pass_page(&ana)).await.assert_shows("Sign-in of this person is blocked");
    act(&mut hal, &ana, "issue-pass", &[("minutes", "60")]).await.assert_shows("There is a problem");
    assert_eq!(stored(&app, &ana).await, None);
}
