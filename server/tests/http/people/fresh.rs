//! Acts that hand an account or a right over want a second factor that was shown a moment ago.

use std::time::Duration;

use regain_store::User;

use super::roles_of;
use crate::policy::GLOBAL;
use crate::support::{Browser, PASSWORD, TestApp};

async fn office() -> (TestApp, Browser, [User; 2]) {
    let app = TestApp::start_strict().await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, GLOBAL).await;
    app.add_app(&admin).await;
    let browser = app.session(&admin).await;
    app.prove_by(&admin, "app_code").await;
    let ana = app.add_user("ana").await;
    (app, browser, [admin, ana])
}

#[tokio::test]
async fn roles_passwords_methods_and_deletion_want_a_fresh_factor() {
    let (app, mut browser, [admin, ana]) = office().await;
    let id = ana.id.to_string();
    let path = format!("/admin/users/{id}");
    app.advance(Duration::from_mins(6));
    let acts: [(&str, Vec<(&str, &str)>); 4] = [
        ("roles", vec![("id", &id), ("roles[]", "global_administrator")]),
        ("set-password", vec![("id", &id), ("temporary_password", "temporary")]),
        ("remove-method", vec![("id", &id), ("method", "")]),
        ("delete", vec![("id", &id)]),
    ];
    for (act, fields) in acts {
        let reply = browser.post_raw(&format!("/admin/users/{act}"), &fields).await;
        let back = format!("/signin/verify?next=%2Fadmin%2Fusers%2F{}%3Funsaved", id.replace('-', "%2D"));
        assert_eq!(reply.location(), back, "{act}");
    }
    assert!(roles_of(&app, &ana).await.is_empty());
    assert!(app.browser().try_sign_in("ana", PASSWORD).await.location().starts_with('/'));
    browser.get(&format!("{path}?unsaved")).await.assert_shows("your change was not saved");

    app.prove_by(&admin, "app_code").await;
    browser.post("/admin/users/roles", &[("id", &id), ("roles[]", "reports_reader")]).await;
    assert_eq!(roles_of(&app, &ana).await.len(), 1);
}
