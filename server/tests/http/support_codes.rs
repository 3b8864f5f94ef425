//! Support codes outside of sessions and flows: one for a visit, and it leads to what was done.

use crate::support::{Browser, Reply, TestApp};

const COOKIE: &str = "__Host-regain_visit";

fn code_on(page: &Reply) -> String {
    let text = page.text();
    let after = text.split("Support code ").last().expect("a code");
    after.split(' ').next().unwrap_or_default().to_owned()
}

async fn correlations(app: &TestApp) -> Vec<String> {
    let mut tx = app.engine.store.read().await.unwrap();
    let rows = tx.audit_chain(0, 10_000).await.unwrap();
    rows.into_iter().map(|row| row.record.correlation).collect()
}

fn cookie(reply: &Reply) -> Option<String> {
    let all = reply.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    all.filter(|value| value.starts_with(COOKIE)).map(ToOwned::to_owned).next()
}

#[tokio::test]
async fn one_visit_has_one_code_and_the_audit_log_knows_it() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    let first = browser.get("/signin").await;
    let set = cookie(&first).expect("a cookie");
    for part in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
        assert!(set.contains(part), "{part} is missing in {set}");
    }
    assert!(!set.contains("Max-Age") && !set.contains("Expires"), "it ends with the browser");
    let code = code_on(&first);
    assert!(!set.contains(&code), "sealed");
    let second = browser.get("/signin").await;
    assert!(cookie(&second).is_none(), "set once");
    assert_eq!(code_on(&second), code);
    let reply = browser.try_sign_in("ana", "wrong").await;
    assert_eq!(code_on(&browser.follow(reply).await), code, "through POST and GET");
    assert_eq!(code_on(&browser.get("/no-such-page").await), code);
    assert_eq!(correlations(&app).await, std::slice::from_ref(&code));
    // The session goes on under the same code; who comes after it has another one.
    let inside = browser.sign_in("ana").await;
    assert_eq!(code_on(&inside), code);
    let after = browser.post("/signout", &[]).await;
    assert_ne!(code_on(&after), code);
}

#[tokio::test]
async fn the_mail_for_help_carries_the_code_on_the_page() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let helper = app.add_user("hal").await;
    app.grant(&helper, "helpdesk_administrator").await;
    let mut browser = app.browser();
    let code = code_on(&browser.get("/help").await);
    let sent = browser.post("/help", &[("username", "ana@contoso.example")]).await;
    assert_eq!(code_on(sent.assert_shows("Your request is on its way")), code);
    let mails = app.messages_to("hal@").await;
    assert!(mails[0].text.contains(&code), "{}", mails[0].text);
    assert_eq!(correlations(&app).await.last(), Some(&code));
}

#[tokio::test]
async fn the_first_page_of_a_reset_has_the_code_of_its_flow_alone() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    assert!(cookie(&browser.get("/reset?administrator").await).is_none());
    let code = code_on(&browser.get("/signin").await);
    assert_ne!(code_on(&browser.get("/reset?administrator").await), code);
    browser.get("/reset/method").await.assert_shows(&code);
}

#[tokio::test]
async fn a_code_that_somebody_made_up_is_none() {
    let app = TestApp::start().await;
    let mut browser: Browser = app.browser();
    browser.cookies.insert(COOKIE.to_owned(), "ABCD-1234".to_owned());
    let page = browser.get("/signin").await;
    page.assert_hides("ABCD-1234");
    assert!(cookie(&page).is_some());
}
