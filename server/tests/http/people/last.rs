//! Somebody who can do everything remains.

use super::{act, act_and_see, record_of, roles_of, user_of};
use crate::policy::{GLOBAL, admin};
use crate::support::{Browser, TestApp};

const REMAIN: &str = "At least one Global Administrator who can sign in must remain";

async fn the_admin(app: &TestApp) -> regain_store::User {
    let mut tx = app.engine.store.read().await.unwrap();
    tx.user_by_key("admin@contoso.example").await.unwrap().unwrap()
}

#[tokio::test]
async fn t77_the_last_global_administrator_is_neither_removed_nor_blocked_nor_deleted() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let boss = the_admin(&app).await;
    // Another one who cannot sign in does not count.
    let mut other = app.add_user("other").await;
    app.grant(&other, GLOBAL).await;
    other.blocked = true;
    app.save(&other).await;
    let ways: [(&str, &[(&str, &str)]); 4] = [
        ("roles", &[]),
        ("roles", &[("roles[]", "user_administrator")]),
        ("block", &[("blocked", "true")]),
        ("delete", &[]),
    ];
    for (what, fields) in ways {
        let page = act_and_see(&mut browser, &boss, what, fields).await;
        assert_eq!(page.status, 200);
        page.assert_shows("There is a problem").assert_shows(REMAIN);
        assert_eq!(roles_of(&app, &boss).await, [GLOBAL], "{what}");
        assert_eq!(user_of(&app, &boss).await, Some(boss.clone()), "{what}");
    }
    let refused = record_of(&app, "Delete user").await.unwrap();
    assert_eq!((refused.result.as_str(), refused.target_name.as_str()), ("failure", boss.upn.as_str()));
    // With a second one who can sign in, the first may go.
    other.blocked = false;
    app.save(&other).await;
    act_and_see(&mut browser, &other, "block", &[("blocked", "true")])
        .await
        .assert_shows("Sign-in is blocked");
    act_and_see(&mut browser, &other, "block", &[("blocked", "")]).await;
    let reply = act(&mut browser, &boss, "roles", &[("roles[]", "user_administrator")]).await;
    assert!(reply.location().ends_with("?saved"), "{}", reply.location());
    assert_eq!(roles_of(&app, &boss).await, ["user_administrator"]);
}

async fn demote(mut browser: Browser, id: String) {
    browser.post_raw("/admin/users/roles", &[("id", &id)]).await;
}

#[tokio::test]
async fn t77_two_who_remove_each_other_at_once_leave_one() {
    let app = TestApp::start().await;
    for round in 0..5 {
        let (one, other) =
            (app.add_user(&format!("one{round}")).await, app.add_user(&format!("other{round}")).await);
        for user in [&one, &other] {
            app.grant(user, GLOBAL).await;
        }
        let (mine, theirs) = (app.session(&one).await, app.session(&other).await);
        let first = tokio::spawn(demote(mine, other.id.to_string()));
        let second = tokio::spawn(demote(theirs, one.id.to_string()));
        first.await.unwrap();
        second.await.unwrap();
        let mut tx = app.engine.store.read().await.unwrap();
        let left = tx.role_holders(GLOBAL, 5).await.unwrap();
        drop(tx);
        assert_eq!(left.len(), 1, "round {round}");
        // The next round has its own two.
        app.execute("DELETE FROM roles").await;
    }
}
