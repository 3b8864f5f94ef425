//! Who lacks a role for a change is refused, and written down (T105).

use crate::support::TestApp;

#[tokio::test]
async fn t105_a_change_without_the_right_is_refused_and_written_down() {
    let app = TestApp::start().await;
    let (ana, bob) = (app.add_user("ana").await, app.add_user("bob").await);
    app.grant(&ana, "reports_reader").await;
    let group = app.add_group("Everybody", &[&bob]).await.to_string();
    let bob = bob.id.to_string();
    let (bob, group) = (bob.as_str(), group.as_str());
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    for (path, id, activity) in [
        ("/admin/users/new", "", "Add user"),
        ("/admin/users/save", bob, "Update user"),
        ("/admin/users/block", bob, "Update user"),
        ("/admin/users/delete", bob, "Delete user"),
        ("/admin/users/set-password", bob, "Reset password (by admin)"),
        ("/admin/users/remove-method", bob, "Admin updated security info"),
        ("/admin/users/release", bob, "Release lock (by admin)"),
        ("/admin/users/roles", bob, "Add member to role"),
        ("/admin/groups/new", "", "Add group"),
        ("/admin/groups/save", group, "Update group"),
        ("/admin/groups/delete", group, "Delete group"),
        ("/admin/groups/add-members", group, "Add member to group"),
        ("/admin/groups/remove-member", group, "Remove member from group"),
        ("/admin/groups/delete", "no id but a text of any length", "Delete group"),
    ] {
        let before = app.audit().await.len();
        let fields = [("id", id), ("roles[]", "global_administrator"), ("members[]", bob)];
        assert_eq!(browser.post_raw(path, &fields).await.status, 403, "{path}");
        let mut tx = app.engine.store.read().await.unwrap();
        let rows = tx.audit_chain(i64::try_from(before).unwrap(), 10).await.unwrap();
        assert_eq!(rows.len(), 1, "{path}");
        let record = &rows[0].record;
        assert_eq!((record.activity.as_str(), record.result.as_str()), (activity, "failure"), "{path}");
        assert_eq!(record.actor_upn, "ana@contoso.example");
        assert_eq!(record.target_id, if id.contains(' ') { "" } else { id }, "{path}");
    }
}
