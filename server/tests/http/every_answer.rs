//! What every answer has in common.

use crate::support::TestApp;

#[tokio::test]
async fn t101_security_headers_stand_on_pages_and_failures() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    for path in ["/signin", "/nowhere"] {
        let reply = browser.get_raw(path).await;
        let header =
            |name: &str| reply.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert!(header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert!(!header("content-security-policy").contains("strict-dynamic"), "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn an_unknown_address_is_404_and_helps() {
    let app = TestApp::start().await;
    let reply = app.browser().get_raw("/nowhere").await;
    assert_eq!(reply.status, 404);
    reply.assert_shows("There is no such page").assert_shows("Contact your administrator");
}

#[tokio::test]
async fn t97_a_form_from_another_site_is_refused() {
    let app = TestApp::start().await;
    let reply = app.browser().post_body("/signin", "username=a", &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(reply.status, 403);
}

#[tokio::test]
async fn t134_a_giant_body_is_refused() {
    let app = TestApp::start().await;
    let reply = app.browser().post_body("/signin", &"a".repeat(100_000), &[]).await;
    assert_eq!(reply.status, 413);
}
