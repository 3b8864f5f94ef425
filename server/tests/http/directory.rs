//! Users and groups in the portal: what their pages say.

use regain_store::GroupMember;

use crate::support::TestApp;

#[tokio::test]
async fn blocking_is_told_as_what_it_will_do() {
    let app = TestApp::start().await;
    let (admin, ana) = (app.add_user("admin").await, app.add_user("ana").await);
    app.grant(&admin, "global_administrator").await;
    let mut browser = app.browser();
    browser.sign_in("admin").await;
    let path = format!("/admin/users/{}", ana.id);
    browser.get(&path).await.assert_shows("Blocking stops the user from signing in");
}

#[tokio::test]
async fn a_groups_footer_counts_its_groups() {
    let app = TestApp::start().await;
    let (admin, ana) = (app.add_user("admin").await, app.add_user("ana").await);
    app.grant(&admin, "global_administrator").await;
    let (outer, inner) = (app.add_group("Outer", &[&ana]).await, app.add_group("Inner", &[&admin]).await);
    let mut tx = app.engine.store.write().await.unwrap();
    tx.add_member(outer, GroupMember::Group(inner)).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = app.browser();
    browser.sign_in("admin").await;
    browser.get(&format!("/admin/groups/{outer}")).await.assert_shows("2 on this page");
}
