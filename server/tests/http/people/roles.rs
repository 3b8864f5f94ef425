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
    assert_eq!(hers.get("/admin").await.status, 200, "a role counts from the next request on");
    assert_eq!(record_of(&app, "Add member to role").await.unwrap().target_name, ana.upn);
    let list = browser.get("/admin/roles").await;
    list.assert_shows("Helpdesk Administrator").assert_shows("ana@contoso.example").assert_shows("Nobody");
    act_and_see(&mut browser, &ana, "roles", &[]).await.assert_shows("Your changes are saved");
    assert!(roles_of(&app, &ana).await.is_empty());
    assert_eq!(hers.get("/admin").await.status, 403);
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
