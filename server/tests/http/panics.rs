//! A defect in one handler.

use regain_server::http;
use regain_server::seams::PANIC;
use tokio::net::TcpListener;

use crate::support::log::Listening;
use crate::support::{Browser, TestApp};

#[tokio::test]
async fn f7_a_handler_that_panics_ends_one_request() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let log = Listening::start();
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    for _ in 0..3 {
        let page = browser.post_raw("/test/panic", &[]).await;
        assert_eq!(page.status, 500);
        page.assert_shows("Support code").assert_shows("Contact your administrator");
        assert!(!page.body.contains(PANIC) && !page.body.contains("seams.rs"), "{}", page.body);
        assert!(page.headers.contains_key("content-security-policy"));
    }
    // The process lives, the session as well.
    assert_eq!(app.browser().get_raw("/readyz").await.status, 200);
    assert_eq!(browser.get_raw("/security-info").await.status, 200);

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut monitor = Browser::at(listener.local_addr().unwrap());
    tokio::spawn(http::serve(listener, http::metrics_router(&app.engine), std::future::pending()));
    let numbers = monitor.get_raw("/metrics").await.body;
    assert!(numbers.contains("\nregain_panics_total 3\n"), "{numbers}");
    let lines = log.lines();
    assert!(lines.contains("a handler panicked"));
    let failed =
        lines.lines().filter(|line| line.contains("a request failed") && line.contains("/test/panic"));
    assert_eq!(failed.count(), 3, "with path and support code");
}
