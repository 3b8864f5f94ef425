//! Numbers for monitoring, on a listener of their own.

use regain_server::http;
use tokio::net::TcpListener;

use crate::support::{Browser, TestApp};

/// The separate listener of a server.
async fn monitor(app: &TestApp) -> Browser {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(http::serve(listener, http::metrics_router(&app.engine), std::future::pending()));
    Browser::at(address)
}

#[tokio::test]
async fn prometheus_reads_numbers_and_nothing_else() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    browser.get_raw("/nowhere").await;
    let page = monitor(&app).await.get_raw("/metrics").await;
    assert_eq!(page.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    let value = |name: &str| -> u64 {
        let line = page.body.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("no {name} in {}", page.body)).trim().parse().unwrap()
    };
    assert!(value("regain_http_responses_total{class=\"3xx\"}") >= 1);
    assert_eq!(value("regain_http_responses_total{class=\"4xx\"}"), 1);
    assert!(value("regain_password_hashes_total") >= 1);
    assert_eq!(value("regain_password_hashes_refused_total"), 0);
    assert_eq!(value("regain_outbox_given_up"), 0);
    assert!(value("regain_database_commits_total") >= 1);
    assert!(value("regain_database_transactions_total") >= value("regain_database_commits_total"));
    assert!(value("regain_audit_rows") >= 1);
    assert!(!page.body.contains("ana"));
    for line in page.body.lines().filter(|line| !line.starts_with('#')) {
        assert!(line.rsplit(' ').next().unwrap().parse::<f64>().is_ok(), "{line}");
    }
}

#[tokio::test]
async fn the_public_listener_has_no_numbers() {
    let app = TestApp::start().await;
    assert_eq!(app.browser().get_raw("/metrics").await.status, 404);
}
