//! *Usage & insights*.

use regain_core::policy::{Include, Migration, PolicyMethod, Scope, Target};
use regain_core::time::Duration;
use regain_server::account_key::{account_key, counter_key};
use regain_store::User;

use crate::reset::walk::{NEW, Walk, alice, open, ready, wrong};
use crate::support::{Browser, Reply, TestApp};

const REGISTRATION: &str = "/admin/usage-insights";
const USAGE: &str = "/admin/usage-insights/usage";
const USERS: &str = "/admin/usage-insights/users";
const CSV: &str = "/admin/usage-insights/users.csv";

async fn reader(app: &TestApp) -> Browser {
    signed_in(app, "reader", "reports_reader").await
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

async fn block(app: &TestApp, user: &User) {
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&User { blocked: true, ..user.clone() }).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn r21_the_roles_of_the_report_read_it_and_others_do_not() {
    let app = TestApp::start().await;
    for (role, status) in [
        ("global_administrator", 200),
        ("reports_reader", 200),
        ("security_reader", 200),
        ("security_operator", 200),
        ("security_administrator", 200),
        ("global_reader", 200),
        ("application_administrator", 200),
        ("cloud_application_administrator", 200),
        ("authentication_policy_administrator", 403),
        ("user_administrator", 403),
        ("helpdesk_administrator", 403),
        ("", 403),
    ] {
        let mut browser = signed_in(&app, &format!("u-{role}"), role).await;
        for address in [REGISTRATION, USAGE, USERS, CSV] {
            assert_eq!(browser.get_raw(address).await.status, status, "{role} {address}");
        }
        let menu = browser.get("/admin").await;
        assert_eq!(menu.text().contains("Usage & insights"), status == 200, "{role}");
    }
    assert_eq!(app.browser().get_raw(CSV).await.status, 401);
    assert!(app.browser().get_raw(USERS).await.location().starts_with("/signin?next="));
}

#[tokio::test]
async fn r236_r239_people_are_counted_as_the_rules_decide_about_each() {
    let app = TestApp::start().await;
    let capable = ready(&app, "capable", "+14255550101").await;
    let nested = ready(&app, "blocked", "+14255550102").await;
    let one_line = app.add_user("one-line").await;
    app.add_email(&one_line, "one@mail.example").await;
    ready(&app, "outsider", "+14255550103").await;
    let group = app.add_group("Pilot", &[&capable, &nested, &one_line]).await;
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(group.to_string()))).await;
    block(&app, &nested).await;
    let mut reader = reader(&app).await;
    let page = reader.get(REGISTRATION).await;
    page.assert_shows("Of 3 people in scope, 1 is ready to reset (33 %)").assert_shows("How this is counted");
    assert_eq!(table_row(&page, "All users"), "5");
    assert_eq!(table_row(&page, "In scope"), "3");
    assert_eq!(table_row(&page, "Registered"), "3");
    assert_eq!(table_row(&page, "Ready"), "1");
    assert_eq!(table_row(&page, "Email"), "4");
    assert_eq!(table_row(&page, "Mobile phone"), "3");
    app.set_policy(|policy| policy.scope = Scope::None).await;
    reader.get(REGISTRATION).await.assert_shows("Nobody is in scope at the moment");
}

/// Email is for one group and texts are for another: who is in neither can use nothing.
#[tokio::test]
async fn r239_many_people_are_told_apart_by_the_groups_of_the_methods_policy() {
    let app = TestApp::start().await;
    let both = ready(&app, "both", "+14255550101").await;
    let one = ready(&app, "one", "+14255550102").await;
    ready(&app, "neither", "+14255550103").await;
    let (mail, text) = (app.add_group("Mail", &[&both]).await, app.add_group("Text", &[&both, &one]).await);
    app.set_policy(|policy| policy.scope = Scope::All).await;
    app.set_methods_policy(|policy| {
        policy.migration = Migration::Complete;
        for (name, group) in [("email", mail), ("sms", text)] {
            let line: PolicyMethod = name.parse().unwrap();
            let mut rules = policy.rules(line);
            rules.reset =
                Target { on: true, include: Include::Selected(vec![group.to_string()]), exclude: Vec::new() };
            policy.set_rules(line, rules);
        }
    })
    .await;
    let mut reader = reader(&app).await;
    let page = reader.get(REGISTRATION).await;
    assert_eq!(table_row(&page, "All users"), "4");
    assert_eq!(table_row(&page, "In scope"), "4");
    assert_eq!(table_row(&page, "Registered"), "1");
    assert_eq!(table_row(&page, "Ready"), "1");
}

/// The first number beside a label in the data tables of a page.
#[track_caller]
fn table_row(page: &Reply, label: &str) -> String {
    let cells = |row: &str| -> Vec<String> {
        let texts = row.split("</tr>").next().unwrap_or_default().split('<').skip(1);
        let texts = texts.filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    };
    let mut rows = page.body.split("<tr").map(cells);
    let row = rows.find(|cells| cells.first().is_some_and(|first| first == label) && cells.len() > 1);
    row.unwrap_or_else(|| panic!("no row {label}: {}", page.text())).remove(1)
}

#[tokio::test]
async fn r237_resets_unlocks_methods_and_obstacles_of_a_period() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    walk.enter(&wrong(&code)).await;
    walk.enter(&code).await;
    walk.by_text("+14255550100").await;
    walk.finish("alice").await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    Walk::start(&app, "nobody@contoso.example").await;
    let mut reader = reader(&app).await;
    for (query, within) in [("?period=24h", "24 hours"), ("", "7 days"), ("?period=30d", "30 days")] {
        let page = reader.get(&format!("{USAGE}{query}")).await;
        page.assert_shows(&format!("One password reset and 0 account unlocks in the last {within}."))
            .assert_shows(&format!("2 of 3 verifications succeeded in the last {within} (66 %)"))
            .assert_shows("There is no such account. 1")
            .assert_shows("A wrong or expired code, or a wrong answer. 1");
        assert!(page.body.contains("<svg") && !page.body.contains("style="), "drawn without inline styles");
        assert_eq!(table_row(&page, "Email"), "1");
    }
    app.advance(Duration::from_hours(26));
    let mut reader = signed_in(&app, "later", "reports_reader").await;
    reader
        .get(&format!("{USAGE}?period=24h"))
        .await
        .assert_shows("Nobody reset a password or unlocked an account in the last 24 hours")
        .assert_shows("Nobody verified with any method")
        .assert_shows("Nothing stood in anybody’s way");
    reader.get(USAGE).await.assert_shows("One password reset");
    app.advance(Duration::from_hours(24 * 40));
    let mut reader = signed_in(&app, "last", "reports_reader").await;
    reader.get(&format!("{USAGE}?period=30d")).await.assert_shows("Nobody reset a password");
    app.advance(Duration::from_hours(24 * 40));
    app.run_jobs().await;
    let mut tx = app.engine.store.read().await.unwrap();
    let kept = tx.usage(regain_core::time::Timestamp::default(), 24).await.unwrap();
    assert!(kept.iter().all(|count| !count.activity.starts_with("Reset password")), "swept");
}

#[tokio::test]
async fn a_decoys_tries_are_nobodys_method() {
    let app = open().await;
    let (mut walk, page) = Walk::to_methods(&app, "nobody@contoso.example").await;
    let method = ["email", "mobile_phone", "app_code"]
        .into_iter()
        .find(|method| page.body.contains(&format!("value=\"{method}\"")))
        .expect("a method");
    walk.choose(method).await;
    if method == "mobile_phone" {
        walk.type_number("+14255550199").await;
    }
    walk.enter("123456").await;
    reader(&app).await.get(USAGE).await.assert_shows("Nobody verified with any method");
}

#[tokio::test]
async fn r240_single_events_are_a_link_away_for_readers_of_the_log() {
    let app = TestApp::start().await;
    let mut reports = reader(&app).await;
    reports.get(USAGE).await.assert_shows("Resets in the audit log");
    let mut application = signed_in(&app, "application", "application_administrator").await;
    application.get(USAGE).await.assert_hides("Resets in the audit log");
}

#[tokio::test]
async fn r238_the_list_is_searched_and_paged_and_downloaded() {
    let app = TestApp::start().await;
    app.set_policy(|policy| policy.scope = Scope::All).await;
    let user = ready(&app, "mallory", "+14255550101").await;
    let mut tx = app.engine.store.write().await.unwrap();
    let evil = "=HYPERLINK(\"http://evil\")".to_owned();
    tx.update_user(&User { display_name: evil, registered_at: Some(app.now()), ..user }).await.unwrap();
    for number in 0..60 {
        let upn = format!("p{number:02}@contoso.example");
        let made = tx.user_by_key("mallory@contoso.example").await.unwrap().unwrap();
        let upn_key = upn.clone();
        tx.add_user(&User {
            id: app.engine.new_id(),
            upn,
            upn_key,
            display_name: "P".to_owned(),
            name_key: "p".to_owned(),
            registered_at: None,
            ..made
        })
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let mut reader = reader(&app).await;
    let first = reader.get(USERS).await;
    first.assert_shows("50 on this page").assert_shows("mallory@contoso.example").assert_hides("p55@");
    let next = first.body.split("href=\"").find(|part| part.contains("after=")).expect("a next page");
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    reader.get(&next).await.assert_shows("12 on this page").assert_shows("p55@contoso.example");
    let found = reader.get(&format!("{USERS}?q=mall")).await;
    found.assert_shows("1 on this page").assert_shows("Mobile phone, Email").assert_hides("p01@");
    assert!(!found.body.contains("/admin/users/"), "who may not see users gets no links to them");
    reader.get(&format!("{USERS}?q=zz")).await.assert_shows("No users match this search");
    let csv = reader.get_raw(CSV).await;
    assert!(csv.headers["content-disposition"].to_str().unwrap().contains("user-registration.csv"));
    assert_eq!(csv.body.as_bytes()[..3], *b"\xEF\xBB\xBF", "spreadsheets read it as UTF-8");
    let mut read = csv::ReaderBuilder::new().from_reader(csv.body.as_bytes());
    assert_eq!(&read.headers().unwrap()[0], "userPrincipalName");
    let rows: Vec<_> = read.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 62);
    let mallory = &rows[0];
    assert_eq!(&mallory[1], "'=HYPERLINK(\"http://evil\")");
    assert_eq!((&mallory[2], &mallory[3], &mallory[4]), ("true", "true", "true"));
    assert_eq!(&mallory[5], "mobile_phone, email");
    let few = reader.get_raw(&format!("{CSV}?q=p0")).await;
    assert_eq!(few.body.lines().count(), 11);
}

#[tokio::test]
async fn many_people_are_counted_by_the_job_and_after_every_change_of_a_policy_at_once() {
    let app = TestApp::start().await;
    let template = app.add_user("template").await;
    let mut tx = app.engine.store.write().await.unwrap();
    for number in 0..1_001 {
        let upn = format!("p{number}@contoso.example");
        let (id, upn_key) = (app.engine.new_id(), upn.clone());
        tx.add_user(&User { id, upn, upn_key, ..template.clone() }).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut reader = reader(&app).await;
    assert_eq!(table_row(&reader.get(REGISTRATION).await, "All users"), "1003");
    app.run_jobs().await;
    app.add_user("later").await;
    assert_eq!(table_row(&reader.get(REGISTRATION).await, "All users"), "1003", "as the job counted");
    app.set_policy(|policy| policy.scope = Scope::All).await;
    let page = reader.get(REGISTRATION).await;
    assert_eq!(table_row(&page, "All users"), "1004");
    assert_eq!(table_row(&page, "In scope"), "1004", "nobody is told what the policy before said");
    app.run_jobs().await;
    assert_eq!(table_row(&reader.get(REGISTRATION).await, "In scope"), "1004");
    app.advance(Duration::from_mins(10));
    app.add_user("last").await;
    app.run_jobs().await;
    let mut reader = signed_in(&app, "again", "reports_reader").await;
    assert_eq!(table_row(&reader.get(REGISTRATION).await, "All users"), "1005");
}

/// One person, in every place that says how far they are: the words agree, whatever stands in the way.
#[tokio::test]
async fn every_page_list_and_file_says_the_same_of_a_person() {
    let app = TestApp::start().await;
    let able = ready(&app, "able", "+14255550101").await;
    let blocked = ready(&app, "blocked", "+14255550102").await;
    let locked = ready(&app, "locked", "+14255550103").await;
    let reported = ready(&app, "reported", "+14255550104").await;
    let outsider = ready(&app, "outsider", "+14255550105").await;
    let lacking = app.add_user("lacking").await;
    app.add_email(&lacking, "lacking@mail.example").await;
    let group = app.add_group("Pilot", &[&able, &blocked, &locked, &reported, &lacking]).await;
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(group.to_string()))).await;
    block(&app, &blocked).await;
    for (user, what) in [(&locked, "recovery:failed"), (&reported, "recovery:reported")] {
        let account = account_key(&app.engine.keys, &user.upn_key);
        let mut tx = app.engine.store.write().await.unwrap();
        let until = app.now().plus(Duration::from_hours(1));
        tx.lock_counter(&counter_key(&account, what), until, app.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut admin = signed_in(&app, "admin", "global_administrator").await;
    let csv = admin.get_raw(CSV).await.body;
    let (mut in_scope, mut is_ready) = (0, 0);
    for (user, expected, why) in [
        (&able, [true, true, true], "Yes"),
        (&blocked, [true, true, false], "Sign-in is blocked."),
        (&locked, [true, true, false], "Locked until"),
        (&reported, [true, true, false], "Locked until"),
        (&outsider, [false, true, false], "Not in scope."),
        (&lacking, [true, false, false], "Not registered: too few methods."),
    ] {
        let name = &user.upn;
        let line = csv.lines().find(|line| line.contains(name)).unwrap();
        let written = expected.map(|yes| format!("\"{yes}\"")).join(",");
        assert!(line.contains(&written), "{line}");
        let words = expected.map(|yes| if yes { "Yes" } else { "No" });
        let page = admin.get(&format!("/admin/users/{}", user.id)).await;
        let [scope, registered, ready] = words;
        page.assert_shows(&format!("In scope {scope} Registered {registered} Ready {ready}"))
            .assert_shows(why);
        for list in ["/admin/users", USERS] {
            let page = admin.get(&format!("{list}?q={}", name.split('@').next().unwrap())).await;
            page.assert_shows(why);
        }
        in_scope += u64::from(expected[0]);
        is_ready += u64::from(expected[2]);
        if user.upn != blocked.upn {
            let mut own = app.session(user).await;
            let said = match expected {
                [true, true, true] => "You can reset your password on your own.",
                [false, ..] => "has not enabled password reset for you",
                [_, false, _] => "You cannot reset your password on your own yet.",
                _ => "You can reset your password on your own again from",
            };
            own.get("/").await.assert_shows(said);
        }
    }
    // The administrator is in scope, too, by a policy of their own.
    let page = admin.get(REGISTRATION).await;
    assert_eq!(table_row(&page, "In scope"), (in_scope + 1).to_string());
    assert_eq!(table_row(&page, "Registered"), "5");
    assert_eq!(table_row(&page, "Ready"), is_ready.to_string());
    let overview = admin.get("/admin").await;
    for (word, number) in [("In scope", in_scope + 1), ("Registered", 5), ("Ready", is_ready)] {
        overview.assert_shows(&format!("{word} {number}"));
    }
    let numbers = format!("Of 7 people, {} in scope, 5 registered, {is_ready} ready.", in_scope + 1);
    admin.get("/admin/password-reset/properties").await.assert_shows(&numbers);
}
