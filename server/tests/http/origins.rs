//! Where forms come from, and under which name (T81, T97).

use std::net::SocketAddr;
use std::time::Duration;

use regain_core::policy::Scope;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::reset::walk::{Walk, alice};
use crate::support::TestApp;
use crate::support::smtp::MailServer;

const OURS: &str = "https://id.example.com";
const FORM: &str = "username=ana%40contoso.example";

/// Posts a form with exactly these lines in its head.
async fn post(address: SocketAddr, target: &str, lines: &[&str]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let lines = [lines, &[""]].concat().join("\r\n");
    let request = format!(
        "POST {target} HTTP/1.1\r\n{lines}Accept: text/html\r\nConnection: close\r\n\
         Cookie: __Host-regain_probe=1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{FORM}",
        FORM.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

#[tokio::test]
async fn t97_origin_is_judged_against_the_public_address_and_nothing_else() {
    let app = TestApp::start_configured(false, &[("REGAIN_PUBLIC_URL", OURS)]).await;
    let ours = "Host: id.example.com";
    let cases: &[(&[&str], bool)] = &[
        // The right one passes, whatever Host says.
        (&[ours, "Origin: https://id.example.com"], true),
        (&["Host: inside:3000", "Origin: https://id.example.com", "Sec-Fetch-Site: same-origin"], true),
        (&["Host: evil.example", "Origin: HTTPS://ID.example.COM:443"], true),
        // Another one is refused, though Host agrees and the browser takes the name for ours (DNS rebinding).
        (&["Host: evil.example", "Origin: http://evil.example", "Sec-Fetch-Site: same-origin"], false),
        (&["Host: evil.example", "Origin: http://evil.example"], false),
        (&[ours, "Origin: http://id.example.com", "Sec-Fetch-Site: same-origin"], false),
        (&[ours, "Origin: https://id.example.com:8443", "Sec-Fetch-Site: same-origin"], false),
        (&[ours, "Origin: https://id.example.com.evil.example", "Sec-Fetch-Site: same-origin"], false),
        (&[ours, "Origin: https://id.example.com/", "Sec-Fetch-Site: same-origin"], false),
        (&[ours, "Origin: null", "Sec-Fetch-Site: same-origin"], false),
        (&[ours, "Origin: null"], false),
        (&[ours, "Origin:", "Sec-Fetch-Site: same-origin"], false),
        (&[ours, "Origin: https://id.example.com", "Origin: https://evil.example"], false),
        // Without one: a program, or a browser that says what it knows besides.
        (&[ours], true),
        (&[ours, "Sec-Fetch-Site: same-origin"], true),
        (&[ours, "Sec-Fetch-Site: none"], true),
        (&[ours, "Sec-Fetch-Site: cross-site"], false),
        (&[ours, "Sec-Fetch-Site: same-site"], false),
        (&[ours, "Origin: https://id.example.com", "Sec-Fetch-Site: cross-site"], false),
    ];
    for (lines, taken) in cases {
        let answer = post(app.address, "/signin", lines).await;
        if *taken {
            assert_eq!(status(&answer), 303, "{lines:?}: {answer}");
        } else {
            assert_eq!(status(&answer), 403, "{lines:?}: {answer}");
            assert!(answer.contains("a proxy must pass the header Origin on unchanged"), "{answer}");
            assert!(
                answer.contains("REGAIN_PUBLIC_URL") && answer.contains("href=\"https://id.example.com/\"")
            );
            assert!(!answer.contains("does not have the role"), "{answer}");
        }
    }
    // Reading changes nothing: a link from anywhere leads here.
    let mut browser = app.browser();
    let reply =
        browser.send(hyper::Method::GET, "/signin", None, &[("origin", "https://evil.example")]).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn a_demo_is_used_under_every_name_of_this_machine_and_under_no_other() {
    let app = TestApp::start_configured(true, &[("REGAIN_PUBLIC_URL", "http://localhost:3000")]).await;
    for (host, origin, expected) in [
        ("localhost:3000", "http://localhost:3000", 303),
        ("127.0.0.1:3000", "http://127.0.0.1:3000", 303),
        ("127.1.2.3:3000", "http://127.1.2.3:3000", 303),
        ("[::1]:3000", "http://[::1]:3000", 303),
        ("LOCALHOST:3000", "http://LocalHost:3000", 303),
        // Another program on this machine, or another machine's page about this one.
        ("localhost:3000", "http://localhost:8080", 403),
        ("localhost:3000", "https://localhost:3000", 403),
        ("localhost:3000", "http://evil.example:3000", 403),
        ("evil.example:3000", "http://evil.example:3000", 421),
        ("evil.example:3000", "http://localhost:3000", 421),
        ("localhost.evil.example", "http://localhost:3000", 421),
        ("10.0.0.1:3000", "http://10.0.0.1:3000", 421),
        ("localhost:80@evil.example", "http://localhost:3000", 421),
    ] {
        let lines =
            [format!("Host: {host}"), format!("Origin: {origin}"), "Sec-Fetch-Site: same-origin".into()];
        let answer = post(app.address, "/signin", &lines.each_ref().map(String::as_str)).await;
        assert_eq!(status(&answer), expected, "{host} {origin}: {answer}");
    }
    // Pages as well: what a rebound name reads it could send elsewhere.
    let mut browser = app.browser();
    for path in ["/signin", "/demo/outbox.json", "/livez", "/nowhere"] {
        let reply = browser.send(hyper::Method::GET, path, None, &[("host", "evil.example")]).await;
        assert_eq!(reply.status, 421, "{path}");
        reply.assert_shows("This demo answers on this machine only");
    }
    let two = post(app.address, "/signin", &["Host: localhost:3000", "Host: evil.example"]).await;
    assert!((400..500).contains(&status(&two)), "{two}");
    let absolute = post(app.address, "http://evil.example/signin", &["Host: localhost:3000"]).await;
    assert_eq!(status(&absolute), 421, "{absolute}");
}

#[tokio::test]
async fn t81_no_header_changes_where_links_in_mails_lead() {
    let mails = MailServer::start().await;
    let settings = [("REGAIN_PUBLIC_URL", OURS), ("REGAIN_SMTP_URL", &mails.url)];
    let app = TestApp::start_configured(false, &settings).await;
    app.set_policy(|policy| policy.scope = Scope::All).await;
    alice(&app).await;
    let mut sent = 0;
    for (name, value) in [
        ("host", "evil.example"),
        ("host", "id.example.com:80.evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-host", "evil.example"),
        ("forwarded", "host=evil.example;proto=http"),
        ("x-original-url", "/evil.example"),
        ("x-rewrite-url", "/evil.example"),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-server", "evil.example"),
    ] {
        let mut walk = Walk { app: &app, browser: app.browser() };
        walk.browser.headers.push((name, value));
        let reply = walk.start_raw("alice@contoso.example").await;
        let pages =
            [walk.browser.follow(reply).await, walk.go_to_list("reset").await, walk.choose("email").await];
        for page in pages {
            assert!(!page.body.contains("evil.example"), "{name}: {}", page.body);
        }
        app.run_jobs().await;
        let mails = mails.mails();
        assert!(mails.len() > sent, "{name}: a code left");
        for mail in &mails[sent..] {
            let data = &mail.data;
            assert!(!data.contains("evil") && !data.contains("http://id."), "{name}: {data}");
        }
        sent = mails.len();
        app.advance(Duration::from_hours(25));
    }
}
