//! Every form says which flow or session its page belonged to, and one that belongs to another changes nothing.

use std::collections::{BTreeSet, VecDeque};

use leptos::server_fn::axum::server_fn_paths;
use regain_app::form_mark::{FIELD, Subject};

use crate::reset::walk::{Walk, alice, open, ready};
use crate::support::{Browser, Reply, SESSION, TestApp};

/// Every address that a form can be posted to and that acts on `subject`, as the server answers them.
fn addresses(subject: Subject) -> Vec<String> {
    let uploads =
        [regain_app::pages::admin::branding::UPLOAD, regain_app::pages::admin::hardware_tokens::UPLOAD];
    let all = server_fn_paths().map(|(path, _)| path).chain(uploads);
    let some = all.filter(|path| Subject::of(path) == subject).map(ToOwned::to_owned);
    let found: BTreeSet<String> = some.collect();
    found.into_iter().collect()
}

/// The forms of a page that are posted: where to, and what they say of themselves.
fn forms(page: &Reply) -> Vec<(String, String)> {
    let value = |text: &str, name: &str| {
        let (_, rest) = text.split_once(&format!(" {name}=\""))?;
        Some(rest.split('"').next()?.to_owned())
    };
    let posted =
        page.body.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap_or_default());
    let posted = posted.filter(|form| form.contains("method=\"post\""));
    posted
        .map(|form| {
            let mark = form.split("<input").find(|input| input.contains(&format!("name=\"{FIELD}\"")));
            let mark = mark.and_then(|input| value(input, "value"));
            (value(form, "action").expect("an action"), mark.expect("a field for the mark"))
        })
        .collect()
}

fn links(page: &Reply) -> Vec<String> {
    let links = page.body.split(" href=\"/").skip(1).filter_map(|rest| rest.split(['"', '#']).next());
    links.map(|link| format!("/{}", link.replace("&amp;", "&"))).collect()
}

/// An administrator in a house with one of everything that has forms.
async fn house() -> (TestApp, Browser, String) {
    let app = open().await;
    let user = alice(&app).await;
    app.add_group("Everybody", &[&user]).await;
    app.grant(&user, "global_administrator").await;
    let browser = app.session(&user).await;
    app.prove(&user).await;
    (app, browser, user.id.to_string())
}

/// A refused form ends in a page of ours that nobody keeps.
fn assert_page(reply: &Reply, what: &str) {
    assert_eq!(reply.status, 200, "{what}");
    assert_eq!(reply.headers["cache-control"], "no-store", "{what}");
    assert!(reply.headers["content-type"].to_str().unwrap().starts_with("text/html"), "{what}");
}

async fn mark_of_somebody_else(app: &TestApp) -> String {
    app.add_user("bob").await;
    let mut bob = app.browser();
    bob.sign_in("bob").await;
    bob.get("/security-info/change-password").await.input(FIELD)
}

/// Every file below a folder.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn only_one_component_writes_forms_that_are_posted() {
    let app = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let with_forms = files(&app).into_iter().filter(|file| {
        let text = std::fs::read_to_string(file).unwrap();
        text.split("<form").skip(1).any(|form| {
            form.split('>').next().is_some_and(|attributes| attributes.contains("method=\"post\""))
        })
    });
    let names: Vec<String> =
        with_forms.map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["post_form.rs"]);
}

#[tokio::test]
async fn every_form_that_a_page_shows_carries_the_mark_of_its_session() {
    let (_app, mut browser, _) = house().await;
    let mut open: VecDeque<String> =
        ["/admin", "/security-info", "/security-info/add", "/register", "/help"].map(String::from).into();
    let (mut seen, mut posted) = (BTreeSet::new(), BTreeSet::new());
    while let Some(path) = open.pop_front() {
        let bare = path.split('?').next().unwrap_or_default().to_owned();
        if seen.len() > 150 || path.contains("export") || !seen.insert(bare) {
            continue;
        }
        let page = browser.get(&path).await;
        for (action, mark) in forms(&page) {
            let is_named =
                mark.split_once('.').is_some_and(|(page, mark)| !page.is_empty() && mark.len() == 24);
            assert!(is_named || Subject::of(&action) == Subject::New, "{action} on {path}: {mark}");
            posted.insert(action.split('?').next().unwrap_or_default().to_owned());
        }
        open.extend(links(&page).into_iter().filter(|link| !link.contains('.')));
    }
    assert!(posted.len() > 25, "{posted:?}");
    // Whoever writes a form without the component has one that the server refuses.
    for form in posted.iter().filter(|path| Subject::of(path) == Subject::Session) {
        assert!(addresses(Subject::Session).contains(form), "{form} answers no form");
    }
}

#[tokio::test]
async fn a_form_of_another_session_changes_nothing_wherever_it_is_posted() {
    let (app, mut browser, id) = house().await;
    let other = mark_of_somebody_else(&app).await;
    let before = app.content().await;
    let addresses = addresses(Subject::Session);
    assert!(addresses.len() > 50, "{addresses:?}");
    for path in &addresses {
        for mark in [Some(other.as_str()), Some(""), Some("."), Some("a.b"), None] {
            let fields: Vec<(&str, &str)> =
                [("id", id.as_str())].into_iter().chain(mark.map(|mark| (FIELD, mark))).collect();
            let reply = browser.post_unmarked(path, &fields).await;
            assert_page(&reply, &format!("{path} with {mark:?}"));
            reply.assert_shows("In this browser alice@contoso.example is signed in now");
            assert!(reply.body.contains("href=\"/\""), "a way on");
        }
        assert!(app.content().await == before, "{path} changed something");
    }
    // The same page's own mark is no mark of another page.
    let own = browser.get("/security-info").await.input(FIELD);
    let (page, mark) = own.split_once('.').unwrap();
    let moved = format!("{}A.{mark}", &page[..page.len() - 1]);
    let reply = browser.post_unmarked("/signout", &[(FIELD, &moved)]).await;
    assert_page(&reply, "a mark of another page");
    reply.assert_shows("In this browser alice@contoso.example is signed in now");
    assert_eq!(browser.post_unmarked("/signout", &[(FIELD, &own)]).await.location(), "/signin?signed-out");
}

#[tokio::test]
async fn a_form_of_another_reset_changes_nothing_wherever_it_is_posted() {
    let app = open().await;
    alice(&app).await;
    // One that exists and one that does not: the pages are the same.
    for name in ["alice@contoso.example", "nobody@contoso.example"] {
        let (_, first) = Walk::start(&app, "carol@contoso.example").await;
        let (mut walk, _) = Walk::start(&app, name).await;
        let before = app.content().await;
        let addresses = addresses(Subject::Flow);
        assert!(addresses.len() > 8, "{addresses:?}");
        // The page on a phone has a cookie of its own: `authenticator/finish.rs`.
        for path in addresses.iter().filter(|path| path.starts_with("/reset/")) {
            for mark in [Some(first.input(FIELD)), Some("a.b".to_owned()), None] {
                let mark: Vec<(&str, &str)> = mark.iter().map(|mark| (FIELD, mark.as_str())).collect();
                let reply = walk.browser.post_unmarked(path, &mark).await;
                assert_page(&reply, &format!("{path} with {mark:?}"));
                reply.assert_shows(&format!("Another reset was begun in this browser, for {name}."));
                assert!(reply.body.contains("href=\"/reset/why\""), "a way on");
            }
            assert!(app.content().await == before, "{path} changed something");
        }
    }
}

#[tokio::test]
async fn a_form_that_belongs_to_nothing_by_now_is_answered_as_before() {
    let app = open().await;
    let mut browser = app.browser();
    let reply = browser.post_unmarked("/reset/verify", &[("code", "12345678")]).await;
    assert_eq!(reply.location(), "/reset/stopped");
    let reply = browser.post_unmarked("/security-info/rename", &[("id", "1")]).await;
    assert_eq!(reply.location(), "/signin?next=%2Fsecurity%2Dinfo");
    assert_eq!(browser.post_unmarked("/signout", &[]).await.location(), "/signin?signed-out");
}

/// All tables but those that tell what was refused, and where a form led.
async fn effects(app: &TestApp) -> Vec<(String, String)> {
    let told = ["audit", "usage", "counters", "answered_forms"];
    app.content().await.into_iter().filter(|(table, _)| !told.contains(&table.as_str())).collect()
}

/// Browsers of nobody: one that takes no cookies, one without a session or reset, one that made tokens up.
fn strangers(app: &TestApp) -> [Browser; 3] {
    let (mut cookieless, mut forging) = (app.browser(), app.browser());
    cookieless.keeps_cookies = false;
    for name in [SESSION, "__Host-regain_flow"] {
        forging.cookies.insert(name.to_owned(), "A".repeat(43));
    }
    [cookieless, app.browser(), forging]
}

#[tokio::test]
async fn a_right_mark_without_its_cookie_authorises_nothing() {
    let (app, mut browser, id) = house().await;
    let session = browser.get("/security-info").await.input(FIELD);
    ready(&app, "bob", "+14255550101").await;
    let (mut walk, _) = Walk::to_methods(&app, "bob@contoso.example").await;
    let flow = walk.choose("email").await.input(FIELD);
    let code = app.code_for("bob@mail.example").await;
    let before = effects(&app).await;
    for (subject, mark) in [(Subject::Session, &session), (Subject::Flow, &flow)] {
        for path in addresses(subject) {
            for mut stranger in strangers(&app) {
                let fields = [
                    (FIELD, mark.as_str()),
                    ("id", id.as_str()),
                    ("code", code.as_str()),
                    ("new_password", "violet kettle under seven moons"),
                    ("confirm_password", "violet kettle under seven moons"),
                ];
                let reply = stranger.post_unmarked(&path, &fields).await;
                assert!(reply.status < 500, "{path}: {}", reply.status);
                assert!(
                    !stranger.cookies.contains_key(SESSION) || stranger.token() == "A".repeat(43),
                    "{path}"
                );
            }
            assert!(effects(&app).await == before, "{path} changed something");
        }
    }
    // With their cookies the same marks let the same forms through.
    let fields = [(FIELD, flow.as_str()), ("code", code.as_str())];
    assert_eq!(walk.browser.post_unmarked("/reset/verify", &fields).await.location(), "/reset/method");
    let reply = browser.post_unmarked("/signout", &[(FIELD, &session)]).await;
    assert_eq!(reply.location(), "/signin?signed-out");
}
