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
        ("set-password", vec![("id", &id), ("temporary_password", "a kettle for the first day")]),
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

/// Every form of the portal but those that are named wants a factor of the last five minutes, whoever wrote it, known
/// here or not: the list comes from the server itself.
#[tokio::test]
async fn every_act_wants_a_fresh_factor_but_those_that_are_listed() {
    use regain_server::admin_gate::NEEDS_NO_FRESH_FACTOR;
    let (app, mut browser, [admin, ana]) = office().await;
    let id = ana.id.to_string();
    let acts: Vec<&str> = leptos::server_fn::axum::server_fn_paths()
        .filter(|(path, method)| path.starts_with("/admin/") && *method == http::Method::POST)
        .map(|(path, _)| path)
        .collect();
    assert!(acts.len() > 40, "{acts:?}");
    app.advance(Duration::from_mins(6));
    let before = app.content().await;
    for act in &acts {
        let lenient = NEEDS_NO_FRESH_FACTOR.contains(act) || act.starts_with("/admin/users/verify-caller/");
        if lenient {
            continue;
        }
        let fields = [("id", id.as_str()), ("display_name", "x"), ("name", "x"), ("version", "0")];
        let reply = browser.post_raw(act, &fields).await;
        assert!(
            reply.location().starts_with("/signin/verify?next=%2Fadmin"),
            "{act}: {} {}",
            reply.status,
            reply.location()
        );
    }
    let left_out = ["sessions", "audit", "usage"];
    let kept = |rows: Vec<(String, String)>| {
        rows.into_iter()
            .filter(|(table, _)| !left_out.iter().any(|name| table.starts_with(name)))
            .collect::<Vec<_>>()
    };
    assert_eq!(kept(app.content().await), kept(before), "nothing was changed");
    // What is listed is there, so that no name outlives its form.
    for path in NEEDS_NO_FRESH_FACTOR {
        assert!(acts.contains(&path) || path == "/admin/branding/logo", "{path}");
    }
    app.prove_by(&admin, "app_code").await;
    let page = browser.post("/admin/users/save", &[("id", &id), ("display_name", "Ana B")]).await;
    page.assert_shows("Your changes are saved");
}
