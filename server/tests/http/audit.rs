//! The audit log: who may read it, how it is filtered, downloaded and verified.

use regain_core::time::Duration;
use regain_server::audit::verify::{Head, Verdict};
use regain_server::audit::{self, Build as _, activity, service};
use regain_store::{AuditRecord, User};
use serde_json::Value;

use crate::support::{Browser, TestApp};

const LOG: &str = "/admin/audit-logs";

async fn write(app: &TestApp, records: &[AuditRecord]) {
    let mut tx = app.engine.store.write().await.unwrap();
    for record in records {
        tx.append(record).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn at(app: &TestApp, record: AuditRecord, code: &str) -> AuditRecord {
    AuditRecord { at: app.now(), ..record.in_flow(code) }
}

/// A step of ana's flow that failed, and another person's that did not.
async fn two_flows(app: &TestApp) -> User {
    let ana = app.add_user("ana").await;
    let bob = app.add_user("bob").await;
    let wrong = audit::failure(service::PASSWORD, activity::PROGRESS, "wrong code").to(&ana);
    let right = audit::success(service::PASSWORD, activity::RESET).to(&bob);
    write(app, &[at(app, wrong, "AAAA-1111"), at(app, right, "BBBB-2222")]).await;
    ana
}

async fn signed_in(app: &TestApp, name: &str, role: &str) -> Browser {
    let user = app.add_user(name).await;
    if !role.is_empty() {
        app.grant(&user, role).await;
    }
    let mut browser = app.browser();
    browser.sign_in(name).await;
    browser
}

#[tokio::test]
async fn r20_readers_read_and_others_do_not() {
    let app = TestApp::start().await;
    let addresses =
        [LOG, "/admin/audit-logs/1", "/admin/audit-logs/export.csv", "/admin/audit-logs/export.json"];
    for (name, role, status) in [
        ("reader", "reports_reader", 200),
        ("security", "security_reader", 200),
        ("global", "global_administrator", 200),
        ("policy", "authentication_policy_administrator", 403),
        ("helpdesk", "helpdesk_administrator", 403),
        ("nobody", "", 403),
    ] {
        let mut browser = signed_in(&app, name, role).await;
        for address in addresses {
            assert_eq!(browser.get_raw(address).await.status, status, "{name} {address}");
        }
    }
    assert_eq!(app.browser().get_raw(LOG).await.location(), "/signin?next=%2Fadmin%2Faudit%2Dlogs");
    assert_eq!(app.browser().get_raw("/admin/audit-logs/export.csv").await.status, 401);
}

#[tokio::test]
async fn r232_rows_are_filtered_by_everything_the_form_has() {
    let app = TestApp::start().await;
    two_flows(&app).await;
    let mut reader = signed_in(&app, "reader", "reports_reader").await;
    let day = jiff::Timestamp::from_microsecond(app.now().micros()).unwrap().strftime("%Y-%m-%d").to_string();
    for (query, ana, bob) in [
        (String::new(), true, true),
        ("result=failure".to_owned(), true, false),
        ("activity=Reset+password+%28self-service%29".to_owned(), false, true),
        ("person=ANA%40contoso.example".to_owned(), true, false),
        ("code=aaaa1111".to_owned(), true, false),
        ("service=Authentication+Methods".to_owned(), false, false),
        (format!("from={day}&until={day}"), true, true),
        ("from=2999-01-01".to_owned(), false, false),
        ("until=2000-01-01".to_owned(), false, false),
    ] {
        let page = reader.get(&format!("{LOG}?{query}")).await;
        let rows = page.body.split("<tbody").nth(1).unwrap_or_default().to_owned();
        assert_eq!(rows.contains("wrong code"), ana, "{query}");
        assert_eq!(rows.contains("BBBB-2222"), bob, "{query}");
    }
}

#[tokio::test]
async fn r232_a_filter_that_cannot_be_read_says_so() {
    let app = TestApp::start().await;
    let mut reader = signed_in(&app, "reader", "reports_reader").await;
    for (query, problem) in [
        ("code=short", "eight letters and digits"),
        ("from=yesterday", "Enter a day"),
        ("from=2026-02-02&until=2026-02-01", "must not be before the first"),
    ] {
        reader.get(&format!("{LOG}?{query}")).await.assert_shows("There is a problem").assert_shows(problem);
        let export = reader.get_raw(&format!("/admin/audit-logs/export.json?{query}")).await;
        assert_eq!(export.status, 400, "{query}");
    }
}

#[tokio::test]
async fn pages_go_on_with_older_rows() {
    let app = TestApp::start().await;
    let rows: Vec<_> = (0..60)
        .map(|n| {
            at(&app, audit::failure(service::PASSWORD, activity::PROGRESS, &format!("try-{n}.")), "AAAA-1111")
        })
        .collect();
    write(&app, &rows).await;
    let mut reader = signed_in(&app, "reader", "reports_reader").await;
    let first = reader.get(&format!("{LOG}?code=AAAA-1111")).await;
    first
        .assert_shows("Showing 50 records")
        .assert_shows("try-59.")
        .assert_shows("try-10.")
        .assert_hides("try-9.");
    let next = first.body.split("href=\"").find(|part| part.contains("before=")).unwrap();
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    let second = reader.get(&next).await;
    second
        .assert_shows("Showing 10 records")
        .assert_shows("try-9.")
        .assert_shows("try-0.")
        .assert_hides("try-10.");
}

#[tokio::test]
async fn r23_old_and_new_values_are_read_on_a_rows_page() {
    let app = TestApp::start().await;
    let changes = serde_json::json!([{ "property": "reconfirm_days", "old": "41", "new": "42" }]);
    let saved =
        audit::success(service::PASSWORD, activity::POLICY).on("policy", "registration", "registration");
    let moved = audit::success(service::DIRECTORY, activity::UPDATE_USER)
        .detail("mobilePhone", serde_json::json!({ "old": null, "new": "+1 5550100" }))
        .detail("note", "<b>bold</b>");
    write(&app, &[at(&app, saved.detail("changes", changes), "A"), at(&app, moved, "A")]).await;
    let mut reader = signed_in(&app, "reader", "reports_reader").await;
    let page = reader.get("/admin/audit-logs/1").await;
    page.assert_shows("Number of days before users are asked").assert_shows("41 42");
    let page = reader.get("/admin/audit-logs/2").await;
    page.assert_shows("mobilePhone (empty) +1 5550100");
    assert!(!page.body.contains("<b>bold"), "T119: markup stays text");
    for missing in ["0", "99999", "x", "-1"] {
        assert_eq!(reader.get_raw(&format!("{LOG}/{missing}")).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn r233_t121_downloads_hold_every_row_and_no_formula() {
    let app = TestApp::start().await;
    let evil = AuditRecord {
        actor_name: "=HYPERLINK(\"http://evil\")".to_owned(),
        actor_upn: "+1+cmd|".to_owned(),
        reason: "@SUM(1)\r\n\"quoted\"".to_owned(),
        ..audit::success(service::PASSWORD, activity::RESET)
    };
    let rows = vec![at(&app, evil, "AAAA-1111"); 1_001];
    write(&app, &rows).await;
    let mut reader = signed_in(&app, "reader", "reports_reader").await;
    let csv = reader.get_raw("/admin/audit-logs/export.csv?code=AAAA-1111").await;
    assert!(csv.headers["content-disposition"].to_str().unwrap().contains("audit-log.csv"));
    assert_eq!(csv.body.as_bytes()[..3], *b"\xEF\xBB\xBF", "spreadsheets read it as UTF-8");
    let mut read = csv::ReaderBuilder::new().from_reader(csv.body.as_bytes());
    let records: Vec<_> = read.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 1_001);
    assert_eq!(&records[0][7], "'=HYPERLINK(\"http://evil\")");
    assert_eq!(&records[0][6], "'@SUM(1)\r\n\"quoted\"");
    let cells = records.iter().flatten();
    assert!(cells.into_iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
    let json = reader.get_raw("/admin/audit-logs/export.json?code=AAAA-1111").await;
    assert_eq!(json.headers["content-type"], "application/json");
    let all: Vec<Value> = serde_json::from_str(&json.body).unwrap();
    assert_eq!(all.len(), 1_001);
    assert_eq!(all[0]["actor"]["displayName"], "=HYPERLINK(\"http://evil\")");
    assert_eq!(all[0]["number"], 1_001);
    let none = reader.get_raw("/admin/audit-logs/export.json?code=0000-0000").await;
    assert_eq!(serde_json::from_str::<Vec<Value>>(&none.body).unwrap().len(), 0);
}

#[tokio::test]
async fn r115_the_help_desk_looks_one_support_code_up() {
    let app = TestApp::start().await;
    two_flows(&app).await;
    let mut helpdesk = signed_in(&app, "helpdesk", "helpdesk_administrator").await;
    let page = helpdesk.get("/admin/support-code?code=aaaa+1111").await;
    page.assert_shows("The reason wrong code").assert_shows("ana@contoso.example").assert_hides("bob@");
    helpdesk.get("/admin/support-code?code=zzzz").await.assert_shows("There is a problem");
    helpdesk.get("/admin/support-code?code=0000-0000").await.assert_shows("There is nothing under 0000-0000");
    helpdesk.get("/admin/support-code").await.assert_hides("ana@");
    let mut policy = signed_in(&app, "policy", "authentication_policy_administrator").await;
    assert_eq!(policy.get_raw("/admin/support-code?code=AAAA-1111").await.status, 403);
    assert_eq!(app.browser().get_raw("/admin/support-code?code=AAAA-1111").await.status, 303);
}

#[tokio::test]
async fn the_help_desk_sees_no_values_of_settings() {
    let app = TestApp::start().await;
    let changes = serde_json::json!([{ "property": "reconfirm_days", "old": "41", "new": "4242" }]);
    let saved = audit::success(service::PASSWORD, activity::POLICY).detail("changes", changes);
    write(&app, &[at(&app, saved, "AAAA-1111")]).await;
    let mut helpdesk = signed_in(&app, "helpdesk", "helpdesk_administrator").await;
    helpdesk
        .get("/admin/support-code?code=AAAA-1111")
        .await
        .assert_shows("policy changes")
        .assert_hides("4242");
}

#[tokio::test]
async fn t146_a_changed_or_missing_row_is_named() {
    let app = TestApp::start().await;
    let rows: Vec<_> =
        (0..5).map(|_| at(&app, audit::success(service::SIGN_IN, activity::SIGN_IN), "A")).collect();
    write(&app, &rows).await;
    let Verdict::Whole(head) = app.engine.verify_audit(None).await.unwrap() else { panic!("not whole") };
    assert_eq!(head, app.engine.audit_head().await.unwrap());
    assert_eq!(head.to_string().parse::<Head>(), Ok(head.clone()));
    write(&app, &rows[..1]).await;
    assert!(matches!(app.engine.verify_audit(Some(&head)).await.unwrap(), Verdict::Whole(_)));

    let later = Head { seq: 7, hash: head.hash.clone() };
    assert_eq!(broken_at(&app, Some(&later)).await, Some(7), "the tail is gone");
    let other = Head { hash: "00".to_owned(), ..head };
    assert_eq!(broken_at(&app, Some(&other)).await, Some(5), "the whole log was written anew");

    app.execute("UPDATE audit SET reason = 'another' WHERE seq = 4").await;
    assert_eq!(broken_at(&app, None).await, Some(4));
    app.execute("DELETE FROM audit WHERE seq = 3").await;
    assert_eq!(broken_at(&app, None).await, Some(3));
}

async fn broken_at(app: &TestApp, head: Option<&Head>) -> Option<i64> {
    match app.engine.verify_audit(head).await.unwrap() {
        Verdict::Broken { seq, .. } => Some(seq),
        Verdict::Whole(_) => None,
    }
}

#[tokio::test]
async fn r234_rows_are_kept_for_a_month_and_longer() {
    let app = TestApp::start().await;
    two_flows(&app).await;
    app.advance(Duration::from_hours(24 * 40));
    app.run_jobs().await;
    let mut reader = signed_in(&app, "reader", "reports_reader").await;
    reader.get(&format!("{LOG}?code=AAAA-1111")).await.assert_shows("wrong code");
}

/// It is set where the log is read, by who may; shorter is weaker, and told.
#[tokio::test]
async fn t115_for_how_long_records_are_kept_is_set_in_the_portal_and_shorter_is_told() {
    const PATH: &str = "/admin/audit-logs/retention";
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, "global_administrator").await;
    let mut admin = signed_in(&app, "admin", "global_administrator").await;
    let mut reader = signed_in(&app, "reader", "reports_reader").await;
    let save = async |browser: &mut Browser, days: &str| {
        let version = browser.get(PATH).await.input("version");
        browser.post(PATH, &[("version", &*version), ("audit_kept_days", days)]).await
    };
    let plain = |page: &crate::support::Reply| page.text().replace(['\u{2068}', '\u{2069}', ','], "");
    let page = admin.get(LOG).await;
    assert!(plain(&page).contains("Records are kept for 365 days"), "{}", page.text());
    assert!(page.body.contains(&format!("href=\"{PATH}\"")), "where an administrator looks");
    save(&mut admin, "730").await.assert_shows("Your changes are saved");
    assert!(app.messages_to("boss@").await.is_empty(), "longer");
    for wrong in ["29", "3651", "", "a year"] {
        let page = save(&mut admin, wrong).await;
        page.assert_shows("There is a problem");
        assert!(plain(&page).contains("Enter a whole number from 30 to 3650"), "{}", page.text());
        assert_eq!(page.input("audit_kept_days"), wrong, "what was typed is kept");
    }
    let version = admin.get(PATH).await.input("version");
    save(&mut admin, "90").await.assert_shows("Your changes are saved");
    let mails = app.messages_to("boss@").await;
    assert_eq!(mails.len(), 1);
    let told = "Number of days for which audit records are kept: 730 → 90";
    assert!(mails[0].text.contains(told), "{}", mails[0].text);
    assert!(plain(&admin.get(LOG).await).contains("Records are kept for 90 days"));
    // A page that is no longer true changes nothing.
    let fields = [("version", &*version), ("audit_kept_days", "3650")];
    admin.post(PATH, &fields).await.assert_shows("There is a problem");
    // Who reads the log sees it and cannot shorten it; the command line saves the same.
    reader.get(PATH).await.assert_shows("How long records are kept");
    let fields = [("version", "2"), ("audit_kept_days", "30")];
    assert_eq!(reader.post_raw(PATH, &fields).await.status, 403);
    admin.get(PATH).await.assert_shows("How long records are kept");
    assert_eq!(admin.get(PATH).await.input("audit_kept_days"), "90");
}
