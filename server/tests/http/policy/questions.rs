//! *Select security questions*.

use regain_core::policy::{Question, QuestionSettings};
use regain_core::questions::PREDEFINED;

use super::{address, admin, assert_refused, assert_saved, is_checked, post, save, save_at, stored};
use crate::support::{Browser, Reply, TestApp};

const PATH: &str = "/admin/password-reset/security-questions";

async fn choose(browser: &mut Browser, chosen: &[&str], own: &str) -> Reply {
    let page = browser.get(PATH).await;
    let mut fields: Vec<(&str, &str)> = chosen.iter().map(|id| ("questions[]", *id)).collect();
    let kept: Vec<String> = kept(&page);
    fields.extend(kept.iter().map(|id| ("kept[]", id.as_str())));
    fields.push(("own_question", own));
    post(browser, PATH, &page.input("version"), &fields).await
}

/// The ids of the own questions on a page.
fn kept(page: &Reply) -> Vec<String> {
    let tags = page.body.split('<').filter(|tag| tag.starts_with("input") && tag.contains("name=\"kept[]\""));
    tags.filter_map(|tag| tag.split("value=\"").nth(1)?.split('"').next().map(str::to_owned)).collect()
}

async fn questions(app: &TestApp) -> QuestionSettings {
    stored(app).await.questions
}

async fn tick(browser: &mut Browser, register: &str, reset: &str) -> Reply {
    let fields = [
        ("methods_required", "2"),
        ("methods[]", "email"),
        ("methods[]", "mobile_phone"),
        ("methods[]", "security_questions"),
        ("questions_to_register", register),
        ("questions_to_reset", reset),
    ];
    save(browser, "authentication-methods", &fields).await
}

#[tokio::test]
async fn r38_r39_r40_questions_need_enough_of_them_and_sound_numbers() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let reply = tick(&mut browser, "5", "3").await;
    assert_refused(&reply, "Choose at least 5 questions");
    assert!(reply.body.contains("href=\"#questions\"") && reply.body.contains("id=\"questions\""));
    assert_saved(&choose(&mut browser, &PREDEFINED[..4], "").await);
    assert_refused(&tick(&mut browser, "5", "3").await, "Choose at least 5 questions");
    assert_saved(&tick(&mut browser, "4", "3").await);
    for (register, reset) in [("2", "2"), ("6", "3"), ("x", "3"), ("", ""), ("5", "0")] {
        assert_refused(&tick(&mut browser, register, reset).await, "Choose 3, 4 or 5 questions");
    }
    assert_refused(&tick(&mut browser, "3", "4").await, "cannot be asked more questions than they register");
    assert_eq!((questions(&app).await.to_register, questions(&app).await.to_reset), (4, 3));
    // While the method is on, taking questions away below the number is refused, too.
    assert_refused(&choose(&mut browser, &PREDEFINED[..3], "").await, "Choose at least 4 questions");
    assert_eq!(questions(&app).await.chosen.len(), 4);
}

#[tokio::test]
async fn r42_r43_own_questions_are_kept_as_typed_and_bounded() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let longest = "猫".repeat(200);
    for own in ["Wie heißt <b>Ünïcode</b> 猫?", &longest, "abc"] {
        assert_saved(&choose(&mut browser, &PREDEFINED[..1], own).await);
    }
    let texts = questions(&app).await.chosen.into_iter().filter_map(|question| match question {
        Question::Custom { text, .. } => Some(text),
        Question::Predefined(_) => None,
    });
    assert_eq!(texts.collect::<Vec<_>>(), ["Wie heißt <b>Ünïcode</b> 猫?", &longest, "abc"]);
    for own in ["ab", &"猫".repeat(201), "line\u{7}bell"] {
        let reply = choose(&mut browser, &PREDEFINED[..1], own).await;
        assert_refused(&reply, "3 to 200 characters");
        assert!(reply.body.contains("href=\"#own-question\""));
    }
    assert_refused(&choose(&mut browser, &PREDEFINED[..1], "ABC").await, "The same question is there twice");
    let page = browser.get(PATH).await;
    let fields = [("questions[]", PREDEFINED[0]), ("add", "yes"), ("own_question", "")];
    assert_refused(&post(&mut browser, PATH, &page.input("version"), &fields).await, "3 to 200 characters");
    assert_eq!(questions(&app).await.chosen.len(), 4);
    // Unticked, an own question goes.
    let kept = &kept(&page)[0];
    assert_saved(&save_at(&mut browser, PATH, &[("questions[]", PREDEFINED[0]), ("kept[]", kept)]).await);
    assert_eq!(questions(&app).await.chosen.len(), 2);
}

#[tokio::test]
async fn r41_at_most_twenty_questions() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_saved(&choose(&mut browser, &PREDEFINED[..19], "The twentieth?").await);
    assert_refused(&choose(&mut browser, &PREDEFINED[..19], "One too many?").await, "At most 20 questions");
    assert_refused(&choose(&mut browser, &PREDEFINED[..20], "").await, "At most 20 questions");
    assert_eq!(questions(&app).await.chosen.len(), 20);
}

#[tokio::test]
async fn an_unknown_question_is_refused() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_refused(&choose(&mut browser, &["favorite-password"], "").await, "does not exist");
    assert_refused(&choose(&mut browser, &[PREDEFINED[0], PREDEFINED[0]], "").await, "there twice");
    let forged = [("questions[]", PREDEFINED[0]), ("kept[]", "own-00000000-0000-0000-0000-000000000000")];
    assert_saved(&save_at(&mut browser, PATH, &forged).await);
    assert_eq!(questions(&app).await.chosen.len(), 1, "an own question that does not exist is none");
}

#[tokio::test]
async fn what_is_typed_on_the_tab_survives_the_trip_and_the_save() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let version = browser.get(&address("authentication-methods")).await.input("version");
    let typed =
        "methods_required=1&methods%5B%5D=email&methods%5B%5D=security_questions&questions_to_register=3";
    let page = browser.get(&format!("{PATH}?version={version}&{typed}")).await;
    let draft = page.input("draft");
    let fields = [("questions[]", PREDEFINED[0]), ("draft", &draft)];
    let reply = post(&mut browser, PATH, &page.input("version"), &fields).await;
    assert_saved(&reply);
    let href = reply.body.split("href=\"").map(|rest| rest.split('"').next().unwrap_or_default());
    let back =
        href.filter(|href| href.starts_with("/admin/password-reset/authentication-methods?")).last().unwrap();
    let page = browser.get(&back.replace("&amp;", "&")).await;
    assert!(
        is_checked(&page, "methods_required", "1") && is_checked(&page, "methods[]", "security_questions")
    );
    assert!(!is_checked(&page, "methods[]", "mobile_phone"));
    assert_ne!(
        page.input("version"),
        version,
        "it goes on from the version that the questions were saved as"
    );
    page.assert_shows("1 security questions chosen");
}

#[tokio::test]
async fn a_forged_draft_leads_nowhere_else() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    for draft in [
        "//evil.example",
        "x=y\r\nSet-Cookie: a=b",
        "methods_required=1%0d%0aX:y&scope=all",
        "q=https://evil.example",
    ] {
        let page = browser.get(PATH).await;
        let fields = [("version", page.input("version")), ("draft", draft.to_owned())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let reply = browser.post_raw(PATH, &fields).await;
        assert_eq!(reply.location(), format!("{PATH}?saved"), "{draft:?}");
    }
}
