//! A browser that keeps no cookies is told so by every form, and is not sent in circles.

use std::collections::BTreeSet;

use regain_app::form_mark::Subject;
use regain_server::http;

use crate::access::routes::routes;
use crate::support::{Browser, PASSWORD, TestApp};

const TOLD: &str = "Your browser does not keep cookies";

fn without_cookies(app: &TestApp) -> Browser {
    let mut browser = app.browser();
    browser.keeps_cookies = false;
    browser
}

#[tokio::test]
async fn every_form_tells_it_and_does_nothing() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let all = routes(&http::router(&app.engine)).into_iter().filter(|(method, _)| method == "POST");
    // What a link in a mail does needs no cookie: a mail program may open it in a window of its own.
    let programs = ["/hooks/", "/authenticator/api/", "/test/", "/report/"];
    let forms: BTreeSet<String> = all
        .map(|(_, path)| path)
        .filter(|path| !programs.iter().any(|start| path.starts_with(start)))
        .collect();
    assert!(forms.len() > 80, "{forms:?}");
    let before = app.content().await;
    for path in &forms {
        let fields = [("step", "password"), ("username", "ana@contoso.example"), ("password", PASSWORD)];
        let mut browser = without_cookies(&app);
        let reply = browser.post_raw(path, &fields).await;
        assert_eq!(reply.status, 403, "{path}");
        reply.assert_shows(TOLD).assert_hides(PASSWORD);
        // On to where a person without a session begins.
        let start = match Subject::of(path) {
            Subject::Session => "href=\"/\"".to_owned(),
            _ => format!("href=\"/{}\"", path.split('/').nth(1).unwrap()),
        };
        assert!(reply.body.contains(&start), "{path} leads to {start}");
    }
    let written: Vec<_> = app.audit().await.into_iter().map(|(activity, ..)| activity).collect();
    assert_eq!(written.len(), 1, "of a reset alone: {written:?}");
    let kept = |content: Vec<(String, String)>| {
        let is_log = |table: &str| ["audit", "usage"].iter().any(|name| table.starts_with(name));
        content.into_iter().filter(|(table, _)| !is_log(table)).collect::<Vec<_>>()
    };
    assert_eq!(kept(app.content().await), kept(before));
}

#[tokio::test]
async fn every_page_that_somebody_may_open_without_signing_in_leaves_a_cookie() {
    let app = TestApp::start().await;
    for path in
        ["/signin", "/signin/temporary-pass", "/reset", "/sspr", "/help", "/authenticator/", "/register"]
    {
        let mut browser = app.browser();
        browser.get(path).await;
        assert!(!browser.cookies.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn sign_in_leads_a_browser_without_cookies_nowhere() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = without_cookies(&app);
    // Whatever was asked for leads to sign-in, and sign-in says what is wrong instead of asking again.
    for path in ["/", "/register", "/security-info", "/admin", "/signin"] {
        browser.get(path).await.assert_shows("Sign in").assert_shows("Username");
        browser.post("/signin", &[("step", "username"), ("username", "ana")]).await.assert_shows(TOLD);
    }
    // A browser that keeps them goes on.
    let mut browser = app.browser();
    browser.get("/signin").await;
    browser.post("/signin", &[("step", "username"), ("username", "ana")]).await.assert_hides(TOLD);
    assert_eq!(browser.try_sign_in("ana", PASSWORD).await.location(), "/");
}
