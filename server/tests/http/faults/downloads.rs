//! Downloads of a large log (T144): two at a time, each only as far ahead as its client reads.

use std::time::Duration;

use regain_server::audit::{self, Build as _, service};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::{Browser, TestApp};

const EXPORT: &str = "/admin/audit-logs/export.json";
/// Much more than sockets hold back for a client that does not read.
const ROWS: usize = 16_000;

async fn large_log(app: &TestApp) {
    let mut record = audit::success(service::PASSWORD, "Filler").detail("filler", "x".repeat(2_000));
    record.at = app.now();
    let mut tx = app.engine.store.write().await.unwrap();
    tx.append_all(&vec![record; ROWS]).await.unwrap();
    tx.commit().await.unwrap();
}

/// Asks for a file and reads the first line of the answer; the rest stays where it is.
async fn ask(app: &TestApp, browser: &Browser, path: &str) -> (String, TcpStream) {
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    let cookies: Vec<_> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {}\r\nCookie: {}\r\n\r\n",
        browser.address,
        cookies.join("; ")
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = vec![0; 600];
    let read = stream.read(&mut head).await.unwrap();
    (String::from_utf8_lossy(&head[..read]).into_owned(), stream)
}

#[tokio::test]
async fn t144_two_downloads_at_a_time_and_one_that_breaks_off_frees_its_place() {
    let app = TestApp::start().await;
    large_log(&app).await;
    let reader = app.add_user("reader").await;
    app.grant(&reader, "reports_reader").await;
    let mut browser = app.browser();
    browser.sign_in("reader").await;
    let mut answers = Vec::new();
    for _ in 0..10 {
        answers.push(ask(&app, &browser, EXPORT).await);
    }
    let begun = answers.iter().filter(|(head, _)| head.starts_with("HTTP/1.1 200")).count();
    assert_eq!(begun, 2);
    let refused: Vec<_> =
        answers.iter().filter(|(head, _)| head.starts_with("HTTP/1.1 503")).map(|(head, _)| head).collect();
    assert_eq!(refused.len(), 8);
    assert!(refused.iter().all(|head| head.to_lowercase().contains("retry-after: ")), "{refused:?}");
    // The list of users is a download, too. Pages answer as ever.
    let (head, _) = ask(&app, &browser, "/admin/usage-insights/users.csv").await;
    assert!(head.starts_with("HTTP/1.1 503"), "{head}");
    assert_eq!(browser.get_raw("/admin/audit-logs").await.status, 200);
    // Both clients go away in the middle.
    drop(answers);
    let whole = timeout(Duration::from_secs(10), async {
        loop {
            let reply = browser.get_raw(EXPORT).await;
            if reply.status == 200 {
                return reply;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let whole = whole.await.expect("the places are free again");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&whole.body).unwrap();
    assert!(rows.len() > ROWS);
    assert_eq!(app.engine.downloads.available_permits(), 2);
}
