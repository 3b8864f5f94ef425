//! A source over its limit pays with work, each further wrong answer twice as much, and is never refused.

use std::time::Duration;

use regain_core::limits;
use regain_core::pow;

use super::walk::{Walk, alice, letters, open, shape, wrong};
use crate::support::{Reply, TestApp};

/// The check that stands before an answer.
const ASKED: &str = "There were many wrong answers from your network";

/// As many wrong answers of this source as are let pass, and so many more.
async fn fail_from(app: &TestApp, address: &str, more: u32) {
    let rate = limits::FAILED_PROOFS_BY_SOURCE;
    let mut tx = app.engine.store.write().await.unwrap();
    for _ in 0..rate.times + more {
        tx.count_recent(&format!("source:{address}:failed"), rate.within, app.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

const OFFICE: &str = "203.0.113.1";

fn bits(page: &Reply) -> u8 {
    let rest = page.body.split("bits&quot;:").nth(1).expect("the work has a price").to_owned();
    rest.split([',', '}']).next().unwrap().parse().unwrap()
}

fn seed(page: &Reply) -> String {
    page.body.split("seed&quot;:&quot;").nth(1).unwrap().split("&quot;").next().unwrap().to_owned()
}

fn worked(page: &Reply) -> String {
    pow::solve_from(&seed(page), bits(page), 0, u64::MAX).expect("a solution").to_string()
}

/// What the page's form sends back, with this code and what was solved.
async fn send(walk: &mut Walk<'_>, code: &str, page: &Reply, characters: &str, solution: &str) -> Reply {
    let token = page.input("captcha");
    let fields = [("code", code), ("captcha", &token), ("characters", characters), ("solution", solution)];
    walk.browser.post("/reset/verify", &fields).await
}

#[tokio::test]
async fn right_codes_pass_from_an_office_in_which_many_were_wrong() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await.assert_hides(ASKED);
    let code = app.code_for("alice@mail.example").await;
    // Others fail while the page is open: what was typed is not lost, and no try either.
    fail_from(&app, OFFICE, 0).await;
    let page = walk.enter(&code).await;
    page.assert_shows(ASKED).assert_shows("Do the check below first");
    assert_eq!(page.status, 200);
    assert!(!page.body.contains(&code), "a code is never shown again");
    // A wrong check, a new picture: another one.
    let page = send(&mut walk, &code, &page, "XXXXXX", "").await;
    page.assert_shows("Those were not the characters");
    let fields = [("another", "yes"), ("code", &code)];
    let page = walk.browser.post("/reset/verify", &fields).await;
    page.assert_shows(ASKED).assert_hides("There is a problem");
    let details = page.body.split('<').find(|tag| tag.contains("captcha-instead")).expect("the other ways");
    assert!(details.contains(" open"), "who asks for a picture wants to see it");
    // By the picture, as without scripts; a wrong code counts as ever, and the next one costs a check again.
    let read = letters(&app, &page.input("captcha"));
    let page = send(&mut walk, &wrong(&code), &page, &read, "").await;
    page.assert_shows("That code is not right").assert_shows("You have 2 tries left").assert_shows(ASKED);
    // By work.
    let solution = worked(&page);
    send(&mut walk, &code, &page, "", &solution).await.assert_shows("One more check");
    // Nobody else pays.
    let (mut elsewhere, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    elsewhere.browser.address = "198.51.100.1".to_owned();
    elsewhere.browser.get("/reset/method").await.assert_hides(ASKED);
}

#[tokio::test]
async fn work_doubles_with_each_wrong_answer_up_to_a_cap_and_for_unknown_names_alike() {
    let app = open().await;
    alice(&app).await;
    app.run_jobs().await;
    let mut prices = Vec::new();
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        app.execute("DELETE FROM counters").await;
        fail_from(&app, OFFICE, 0).await;
        let (mut walk, _) = Walk::to_methods(&app, name).await;
        let mut pages = vec![walk.choose("email").await];
        for _ in 0..3 {
            let page = pages.last().unwrap().clone();
            let read = letters(&app, &page.input("captcha"));
            pages.push(send(&mut walk, "00000000", &page, &read, "").await);
        }
        let read = letters(&app, &pages[3].input("captcha"));
        let shapes: Vec<_> =
            pages.iter().map(|page| (page.status, page.text().replace(name, "NAME"))).collect();
        let shapes: Vec<_> = shapes
            .into_iter()
            .map(|(status, text)| (status, text.split("Support code").next().unwrap_or_default().to_owned()))
            .collect();
        prices.push((pages.iter().map(bits).collect::<Vec<_>>(), shapes, read.len()));
        app.advance(Duration::from_mins(16));
    }
    assert_eq!(prices[0].0, [18, 19, 20, 21]);
    assert_eq!(prices[0], prices[1]);
    fail_from(&app, OFFICE, 200).await;
    let (mut walk, _) = Walk::to_methods(&app, "ghost@contoso.example").await;
    assert_eq!(bits(&walk.choose("email").await), 18 + limits::SOURCE_EXTRA_BITS);
}

#[tokio::test]
async fn t141_a_check_counts_once_for_its_own_purpose_and_at_the_price_of_now() {
    let app = open().await;
    alice(&app).await;
    fail_from(&app, OFFICE, 0).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    let refused = |page: &Reply| {
        page.assert_shows(ASKED).assert_hides("That code is not right").assert_hides("One more check");
    };
    // Nothing, the token alone, another purpose's, a changed one.
    for fields in [vec![], vec![("captcha", page.input("captcha"))]] {
        let mut all: Vec<(&str, &str)> = vec![("code", &code)];
        all.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
        refused(&walk.browser.post("/reset/verify", &all).await);
    }
    let start = app.browser().get("/reset").await;
    let read = letters(&app, &start.input("captcha"));
    refused(&send(&mut walk, &code, &start, &read, "").await);
    let read = letters(&app, &page.input("captcha"));
    let mut changed = page.input("captcha");
    changed.replace_range(40..41, if &changed[40..41] == "A" { "B" } else { "A" });
    let fields = [("code", code.as_str()), ("captcha", &changed), ("characters", &read)];
    refused(&walk.browser.post("/reset/verify", &fields).await);
    // A first page's check is no answer's, and the other way round.
    let fields = [("username", "ghost"), ("captcha", &page.input("captcha")), ("characters", &read)];
    app.browser().post("/reset", &fields).await.assert_shows("Get back into your account");
    // Once; and what was tried and wrong is spent as well.
    send(&mut walk, &wrong(&code), &page, &read, "").await.assert_shows("That code is not right");
    refused(&send(&mut walk, &code, &page, &read, "").await);
    let page = walk.browser.get("/reset/verify").await;
    let read = letters(&app, &page.input("captcha"));
    refused(&send(&mut walk, &code, &page, "XXXXXX", "").await);
    refused(&send(&mut walk, &code, &page, &read, "").await);
    // Work that was cheap when it was begun is not enough by now; the picture is.
    let page = walk.browser.get("/reset/verify").await;
    let (read, solution) = (letters(&app, &page.input("captcha")), worked(&page));
    fail_from(&app, OFFICE, 0).await;
    let dearer = send(&mut walk, &code, &page, "", &solution).await;
    refused(&dearer);
    dearer.assert_shows("this check takes longer now");
    assert!(bits(&dearer) > bits(&page));
    refused(&send(&mut walk, &code, &page, &read, "").await);
    let read = letters(&app, &dearer.input("captcha"));
    send(&mut walk, &code, &dearer, &read, "").await.assert_shows("One more check");
    // Out of date.
    let (mut late, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    app.advance(Duration::from_secs(31));
    let page = late.choose("email").await;
    let read = letters(&app, &page.input("captcha"));
    app.advance(Duration::from_mins(10));
    send(&mut late, "00000000", &page, &read, "").await.assert_shows("The picture was too old");
}

#[tokio::test]
async fn numbers_and_answers_cost_a_check_as_codes_do() {
    let app = open().await;
    alice(&app).await;
    fail_from(&app, OFFICE, 0).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("mobile_phone").await;
    page.assert_shows(ASKED);
    let page = walk.type_number("+14255550100").await;
    page.assert_shows(ASKED);
    assert_eq!(page.input("phone"), "+14255550100", "what was typed is kept");
    assert!(app.messages_to("+1425").await.is_empty());
    let fields = [("phone", "+14255550100"), ("another", "yes")];
    let page = walk.browser.post("/reset/phone", &fields).await;
    assert_eq!(page.input("phone"), "+14255550100");
    let (token, read) = (page.input("captcha"), letters(&app, &page.input("captcha")));
    let fields = [("phone", "+14255550100"), ("captcha", &token), ("characters", &read)];
    walk.browser.post("/reset/phone", &fields).await.assert_shows("Enter your verification code");
    assert_eq!(app.messages_to("+1425").await.len(), 1);
}

#[tokio::test]
async fn a_source_that_begins_very_often_pays_with_work_and_is_not_refused() {
    let app = open().await;
    for number in 0..35 {
        let mut walk = Walk { app: &app, browser: app.browser() };
        // By the picture, as ever.
        let reply = walk.start_raw(&format!("ghost{number}")).await;
        assert_eq!((reply.status, reply.location()), (303, "/reset/why"), "{number}");
    }
    let mut browser = app.browser();
    let page = browser.get("/reset").await;
    let token = page.input("captcha");
    let fields = [("username", "ghost"), ("captcha", &token), ("solution", &worked(&page))];
    let dearer = browser.post("/reset", &fields).await;
    dearer.assert_shows("this check takes longer now");
    assert_eq!(dearer.input("username"), "ghost");
    assert_eq!(bits(&dearer), 18 + limits::SOURCE_EXTRA_BITS);
    // Nobody else pays more.
    let mut other = app.browser();
    other.address = "198.51.100.1".to_owned();
    let page = other.get("/reset").await;
    let token = page.input("captcha");
    let fields = [("username", "ghost"), ("captcha", &token), ("solution", &worked(&page))];
    assert_eq!(other.post_raw("/reset", &fields).await.location(), "/reset/why");
    assert!(shape(&page, "x").contains("bits"));
}

/// Many at once from one address: some are drawn, some are asked to come again, and somebody elsewhere gets theirs.
#[tokio::test]
async fn pictures_and_sounds_of_one_source_take_turns_and_leave_room_for_others() {
    let app = open().await;
    let token = app.browser().get("/reset").await.input("captcha");
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..60 {
        let (mut browser, token) = (app.browser(), token.clone());
        let kind = if number % 2 == 0 { "png" } else { "wav" };
        tasks.spawn(
            async move { browser.get_raw(&format!("/reset/captcha.{kind}?token={token}")).await.status },
        );
    }
    let mut other = app.browser();
    other.address = "198.51.100.1".to_owned();
    let page = other.get("/reset").await;
    let picture = other.get_raw(&format!("/reset/captcha.png?token={}", page.input("captcha"))).await;
    assert_eq!(picture.status, 200);
    let statuses = tasks.join_all().await;
    assert!(statuses.contains(&200));
    assert!(statuses.iter().all(|status| [200, 503].contains(status)), "{statuses:?}");
}
