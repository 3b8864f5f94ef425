//! Giving and taking roles.

use super::{act, act_and_see, page_of, record_of, roles_of};
use crate::policy::{GLOBAL, admin, signed_in};
use crate::support::TestApp;

#[tokio::test]
async fn r16_roles_are_given_and_taken_on_the_users_page() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = admin(&app).await;
    let mut hers = app.session(&ana).await;
    assert_eq!(hers.get("/admin").await.status, 403);
    let fields = [("roles[]", "reports_reader"), ("roles[]", "helpdesk_administrator")];
    act_and_see(&mut browser, &ana, "roles", &fields).await.assert_shows("Your changes are saved");
    assert_eq!(roles_of(&app, &ana).await, ["helpdesk_administrator", "reports_reader"]);
    let reply = hers.get_raw("/admin").await;
    assert!(reply.location().starts_with("/signin"), "what began without the role ends");
    let mut hers = app.session(&ana).await;
    assert_eq!(hers.get("/admin").await.status, 200);
    assert_eq!(record_of(&app, "Add member to role").await.unwrap().target_name, ana.upn);
    let list = browser.get("/admin/roles").await;
    list.assert_shows("Helpdesk Administrator").assert_shows("ana@contoso.example").assert_shows("Nobody");
    act_and_see(&mut browser, &ana, "roles", &[]).await.assert_shows("Your changes are saved");
    assert!(roles_of(&app, &ana).await.is_empty());
    let reply = hers.get_raw("/admin").await;
    assert!(reply.location().starts_with("/signin"), "and so does what began with it");
    assert_eq!(app.session(&ana).await.get("/admin").await.status, 403);
    let record = record_of(&app, "Remove member from role").await.unwrap();
    assert_eq!((record.result.as_str(), record.actor_upn.as_str()), ("success", "admin@contoso.example"));
}

#[tokio::test]
async fn a_role_that_does_not_exist_is_refused() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = admin(&app).await;
    for forged in ["root", "", "GLOBAL_ADMINISTRATOR", "global_administrator "] {
        let fields = [("roles[]", "reports_reader"), ("roles[]", forged)];
        assert_eq!(act(&mut browser, &ana, "roles", &fields).await.status, 400, "{forged:?}");
        assert!(roles_of(&app, &ana).await.is_empty());
    }
}

#[tokio::test]
async fn t105_nobody_gives_a_role_but_a_global_administrator() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    for role in ["user_administrator", "privileged_authentication_administrator", "helpdesk_administrator"] {
        let mut browser = signed_in(&app, role, role).await;
        let page = browser.get(&page_of(&ana)).await;
        page.assert_hides("Save roles");
        for (target, wanted) in [(&ana, role), (&ana, GLOBAL)] {
            assert_eq!(
                act(&mut browser, target, "roles", &[("roles[]", wanted)]).await.status,
                403,
                "{role}"
            );
        }
        let mut tx = app.engine.store.read().await.unwrap();
        let own = tx.user_by_key(&format!("{role}@contoso.example")).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(
            act(&mut browser, &own, "roles", &[("roles[]", GLOBAL)]).await.status,
            403,
            "{role} itself"
        );
        assert_eq!(roles_of(&app, &own).await, [role]);
    }
    assert!(roles_of(&app, &ana).await.is_empty());
}

/// At every door: the portal and the command line.
#[tokio::test]
async fn a_new_or_lost_role_ends_the_sessions_of_its_holder_and_of_nobody_else() {
    use regain_core::role::Role;
    use regain_server::people::Actor;
    let app = TestApp::start().await;
    let (ana, bob) = (app.add_user("ana").await, app.add_user("bob").await);
    let mut bobs = app.session(&bob).await;
    let engine = &app.engine;
    let actor = Actor::command_line(engine);
    for grant in [true, false] {
        let mut hers = app.session(&ana).await;
        assert_eq!(hers.get_raw("/security-info").await.status, 200);
        let changed = if grant {
            engine.grant_role(&actor, ana.id, Role::ReportsReader).await
        } else {
            engine.revoke_role(&actor, ana.id, Role::ReportsReader).await
        };
        assert!(changed.unwrap());
        assert!(hers.get_raw("/security-info").await.location().starts_with("/signin"), "{grant}");
    }
    let mut hers = app.session(&ana).await;
    assert!(!engine.revoke_role(&actor, ana.id, Role::ReportsReader).await.unwrap());
    assert_eq!(hers.get_raw("/security-info").await.status, 200, "nothing changed");
    assert_eq!(bobs.get_raw("/security-info").await.status, 200);
}
