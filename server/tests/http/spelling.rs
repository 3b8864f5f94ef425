//! Every page is led to by every spelling of its address, and nothing else is.

use std::collections::BTreeSet;

use hyper::Method;
use regain_server::http;

use crate::access::routes::routes;
use crate::support::{Browser, PASSWORD, Reply, TestApp};

/// What answers besides pages and what they post: files, what programs call, what carries a token.
fn is_no_page(path: &str) -> bool {
    let beginnings = ["/assets/", "/branding/", "/hooks/", "/.well-known/", "/authenticator/api/", "/test/"];
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_file = last.contains('.') || ["livez", "readyz", "status"].contains(&last);
    beginnings.iter().any(|start| path.starts_with(start)) || is_file || path.contains("{token}")
}

/// The addresses of pages, with something in the place of what may vary.
fn pages(app: &TestApp) -> Vec<String> {
    let all = routes(&http::router(&app.engine)).into_iter();
    let pages: BTreeSet<String> =
        all.filter(|(method, path)| method == "GET" && !is_no_page(path)).map(|(_, path)| path).collect();
    let filled = |path: String| {
        path.split('/')
            .map(|part| if part.starts_with('{') { "0a1b" } else { part })
            .collect::<Vec<_>>()
            .join("/")
    };
    // `/authenticator` is a spelling of the app's own page.
    pages.into_iter().filter(|path| path != "/authenticator").map(filled).collect()
}

async fn asked(browser: &mut Browser, path: &str) -> Reply {
    browser.send(Method::GET, path, None, &[]).await
}

#[tokio::test]
async fn every_page_is_found_under_every_spelling_and_keeps_its_query() {
    let app = TestApp::start().await;
    let (pages, mut browser) = (pages(&app), app.browser());
    assert!(pages.len() > 80, "{pages:?}");
    for page in pages {
        let below = page.trim_matches('/');
        let spellings = [
            format!("/{below}//"),
            format!("//{below}/"),
            format!("/{}/", below.to_uppercase()),
            format!("///{}", below.replace('/', "//")),
            page.to_uppercase(),
        ];
        for spelling in spellings.iter().filter(|spelling| **spelling != page) {
            for query in ["", "?next=%2FAdmin%2F&q=//X/"] {
                let reply = asked(&mut browser, &format!("{spelling}{query}")).await;
                assert_eq!((reply.status, reply.location()), (308, &*format!("{page}{query}")), "{spelling}");
            }
        }
        assert_ne!(asked(&mut browser, &page).await.status, 308, "{page}");
    }
}

#[tokio::test]
async fn the_authenticator_keeps_its_slash() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    assert_eq!(asked(&mut browser, "/authenticator/").await.status, 200);
    for spelling in ["/authenticator", "/Authenticator", "//authenticator", "/authenticator//"] {
        let reply = asked(&mut browser, spelling).await;
        assert_eq!((reply.status, reply.location()), (308, "/authenticator/"), "{spelling}");
    }
}

#[tokio::test]
async fn t87_nothing_leads_to_another_host() {
    let app = TestApp::start().await;
    for path in [
        "//evil.example",
        "//evil.example/",
        "//evil.example/admin",
        "///evil.example//admin/",
        "/\\evil.example",
        "/\\evil.example/",
        "/\\/evil.example/Admin",
        "/%5Cevil.example/",
        "/%5c%5cevil.example/Admin/",
        "/%2Fevil.example/",
        "/%2F%2Fevil.example/Admin/",
        "/%09/evil.example/",
        "/.//evil.example/",
        "/Admin/..//evil.example/",
        "//evil.example/%2e%2e/Admin/",
        "/@evil.example/",
        "/https://evil.example/",
    ] {
        let reply = asked(&mut app.browser(), path).await;
        assert_eq!((reply.status, reply.location()), (404, ""), "{path}");
    }
    // Whoever signs in through a spelling lands here, too.
    let reply = asked(&mut app.browser(), "/SignIn/?next=//evil.example").await;
    assert_eq!(reply.location(), "/signin?next=//evil.example");
}

#[tokio::test]
async fn hooks_files_and_what_carries_a_token_are_left_alone() {
    let app = TestApp::start().await;
    for path in [
        "/Hooks/voice/AbC",
        "/hooks/voice/AbC/",
        "//hooks/delivery/AbC/dEf",
        "/Assets/regain.css",
        "//assets/regain.css",
        "/assets/regain-0A.css/",
        "/Branding/logo-00.png",
        "/Livez",
        "/readyz/",
        "/.Well-Known/change-password",
        "/.well-known/security.txt/",
        "/Robots.txt",
        "/Nowhere/",
    ] {
        for method in [Method::GET, Method::POST] {
            let reply = app.browser().send(method.clone(), path, None, &[]).await;
            assert!(matches!(reply.status, 404 | 405), "{method} {path}: {}", reply.status);
            assert_eq!(reply.location(), "", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_form_that_is_posted_to_a_spelling_is_posted_again_to_the_page_and_judged_there() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let fields = [("step", "password"), ("username", "ana@contoso.example"), ("password", PASSWORD)];
    let mut browser = app.browser();
    let reply = browser.post_raw("/SignIn/", &fields).await;
    assert_eq!((reply.status, reply.location()), (308, "/signin"), "the method is kept");
    assert!(browser.token().is_empty(), "nothing was done yet");
    assert_eq!(app.audit().await, []);
    assert_eq!(browser.post_raw(reply.location(), &fields).await.status, 303);
    assert!(!browser.token().is_empty());
    // What another site posts is led nowhere, and what nothing takes is no address.
    for header in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        let reply = app.browser().post_body("/SignIn/", "step=username", &[header]).await;
        assert_eq!((reply.status, reply.location()), (403, ""), "{header:?}");
    }
    for (method, path) in
        [(Method::POST, "/Reset/Done/"), (Method::GET, "/Reset/Cancel/"), (Method::PUT, "/Admin")]
    {
        let reply = app.browser().send(method.clone(), path, None, &[]).await;
        assert!(matches!(reply.status, 404 | 405), "{method} {path}: {}", reply.status);
    }
}
