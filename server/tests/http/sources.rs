//! From where somebody asks, behind proxies (T138).

use std::sync::Arc;
use std::time::Duration;

use regain_core::limits::{CONTACT_REQUESTS_BY_SOURCE, STARTS_BY_SOURCE};
use regain_core::policy::Explain;
use regain_server::upkeep::check::{Finding, Health, check};

use crate::policy::admin;
use crate::reset::walk::{Walk, open};
use crate::support::TestApp;
use crate::support::log::Listening;

/// Everything between the proxy, which is this machine, and an office.
const NETWORKS: &str = "::ffff:127.0.0.0/104, 203.0.113.0/24";

/// What a proxy may send that is no address.
const UNREADABLE: [&str; 6] =
    ["unknown", "_hidden", "", "203.0.113.7, ", "203.0.113.7\u{e9}", "[203.0.113.7]"];

#[tokio::test]
async fn t138_who_cannot_be_told_apart_from_the_proxy_is_in_no_admin_network() {
    let app = TestApp::start_configured(true, &[("REGAIN_ADMIN_NETWORKS", NETWORKS)]).await;
    let mut browser = admin(&app).await;
    for (address, status) in [
        ("203.0.113.7", 200),
        ("203.0.113.7:51234", 200),
        ("[::ffff:203.0.113.7]:443", 200),
        ("127.0.0.1", 200),
        ("198.51.100.9", 404),
        ("203.0.113.7, 198.51.100.9", 404),
        ("[2001:db8::7]:443", 404),
    ] {
        browser.address = address.to_owned();
        assert_eq!(browser.get_raw("/admin").await.status, status, "{address}");
    }
    for address in UNREADABLE {
        browser.address = address.to_owned();
        assert_eq!(browser.get_raw("/admin").await.status, 404, "{address:?}");
    }
}

#[tokio::test]
async fn t138_no_other_header_tells_where_somebody_is() {
    let app = TestApp::start_configured(true, &[("REGAIN_ADMIN_NETWORKS", NETWORKS)]).await;
    let mut browser = admin(&app).await;
    browser.address = "198.51.100.9".to_owned();
    for (name, value) in [
        ("forwarded", "for=203.0.113.7"),
        ("x-real-ip", "203.0.113.7"),
        ("x-client-ip", "203.0.113.7"),
        ("x-forwarded", "203.0.113.7"),
        ("true-client-ip", "203.0.113.7"),
        ("cf-connecting-ip", "203.0.113.7"),
    ] {
        let reply = browser.send(hyper::Method::GET, "/admin", None, &[(name, value)]).await;
        assert_eq!(reply.status, 404, "{name}");
    }
}

#[tokio::test]
async fn t138_reasons_are_explained_to_nobody_who_cannot_be_located() {
    let app = open().await;
    app.add_user("bobby").await;
    app.set_policy(|policy| {
        policy.explain = Explain::OnNetworks(vec!["127.0.0.0/8".to_owned(), "203.0.113.0/24".to_owned()]);
    })
    .await;
    for (address, explained) in
        [("203.0.113.7:51234", true), ("unknown", false), ("203.0.113.7\u{e9}", false), ("127.0.0.1,", false)]
    {
        let mut walk = Walk { app: &app, browser: app.browser() };
        walk.browser.address = address.to_owned();
        let reply = walk.start_raw("bobby@contoso.example").await;
        let page = walk.browser.follow(reply).await;
        assert_eq!(page.text().contains("SSPR_0014"), explained, "{address:?}: {}", page.text());
    }
}

#[tokio::test]
async fn t138_the_log_the_overview_and_check_name_a_proxy_that_cannot_be_understood() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    browser.get("/admin").await.assert_hides("A proxy sends addresses that cannot be read");
    let log = Listening::start();
    let mut hidden = app.browser();
    hidden.address = "_gazonk7\u{e9}".to_owned();
    for _ in 0..3 {
        assert_eq!(hidden.get("/signin").await.status, 200);
    }
    let lines = log.lines();
    let told = lines
        .lines()
        .filter(|line| line.contains("address that cannot be read") && line.contains("_gazonk7"));
    assert_eq!(told.count(), 1, "{lines}");
    app.run_jobs().await;
    let page = browser.get("/admin").await;
    page.assert_shows("A proxy sends addresses that cannot be read")
        .assert_shows("The proxy 127.0.0.1 last did so");
    page.assert_shows(r"it sent “_gazonk7\xc3\xa9”");
    let proxies = |found: Vec<Finding>| found.into_iter().find(|finding| finding.part == "proxies").unwrap();
    let found = proxies(check(app.engine.config.clone(), Arc::clone(&app.engine.clock)).await);
    assert_eq!(found.health, Health::Ill);
    assert!(found.text.contains("127.0.0.1") && found.text.contains("_gazonk7"), "{}", found.text);
    // It was mended: it is told for a day, and is no failure.
    app.advance(Duration::from_hours(2));
    let found = proxies(check(app.engine.config.clone(), Arc::clone(&app.engine.clock)).await);
    assert_eq!(found.health, Health::Absent, "{}", found.text);
}

#[tokio::test]
async fn t138_those_who_cannot_be_told_apart_refuse_one_another_nothing() {
    let app = open().await;
    let hidden = |address: &str| {
        let mut browser = app.browser();
        browser.address = address.to_owned();
        browser
    };
    for (number, address) in (0..2 * CONTACT_REQUESTS_BY_SOURCE.times).zip(UNREADABLE.iter().cycle()) {
        let name = format!("nobody{number}@contoso.example");
        let page = hidden(address).post("/help", &[("username", &name)]).await;
        let paid = number >= CONTACT_REQUESTS_BY_SOURCE.times;
        page.assert_shows(if paid { "Do the check below first" } else { "Your request is on its way" });
    }
    // Over the limit a start is dearer, and none is refused.
    for (number, address) in (0..STARTS_BY_SOURCE.times + 5).zip(UNREADABLE.iter().cycle()) {
        let mut walk = Walk { app: &app, browser: hidden(address) };
        let reply = walk.start_raw("bobby@contoso.example").await;
        assert_eq!(reply.status, 303, "{number}: {}", reply.text());
    }
}
