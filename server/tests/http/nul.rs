//! A NUL where a name is expected: PostgreSQL takes no text that has one.

use regain_server::people::Actor;

use crate::support::TestApp;

#[tokio::test]
async fn a_search_with_a_nul_is_a_search_without_it() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.grant(&ana, "global_administrator").await;
    let group = app.add_group("Everybody", &[&ana]).await;
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    for address in [
        "/admin/users?q=%00ana",
        "/admin/users?after=%00",
        "/admin/groups?q=%00",
        &format!("/admin/groups/{group}/add-members?q=%00"),
        "/admin/audit-logs?person=%00",
        "/admin/audit-logs?activity=%00",
    ] {
        assert_eq!(browser.get_raw(address).await.status, 200, "{address}");
    }
    browser.get("/admin/users?q=%00ana").await.assert_shows("ana@contoso.example");
    let (id, nul) = (group.to_string(), "\0");
    let reply =
        browser.post_raw("/admin/groups/add-members", &[("id", id.as_str()), ("members[]", nul)]).await;
    assert!(reply.status < 500, "{}", reply.status);
}

#[tokio::test]
async fn a_row_with_a_nul_is_refused_and_the_others_are_imported() {
    let app = TestApp::start().await;
    let (ana, bob) = (app.add_user("ana").await, app.add_user("bob").await);
    let group = app.add_group("Everybody", &[]).await;
    let mut tx = app.engine.store.read().await.unwrap();
    let group = tx.group(group).await.unwrap().unwrap();
    drop(tx);
    let file = format!(
        "version:v1.0\nMember object ID or user principal name [memberObjectIdOrUpn] Required\n{}\nnul\0@contoso.example\n{}\n",
        ana.upn, bob.upn
    );
    let actor = Actor::command_line(&app.engine);
    let mut refused = Vec::new();
    let mut note = |line: u64, _: &str| refused.push(line);
    let report = app.engine.import_members(&actor, &group, file.as_bytes(), &mut note).await.unwrap();
    assert_eq!((report.done, refused), (2, vec![4]));
}
