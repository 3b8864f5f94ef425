//! Security questions.

use regain_core::method::Method;
use regain_directory::Verdict;

use super::{choose, register_email};
use crate::support::TestApp;

const IDS: [&str; 5] = ["first-pet", "first-car", "first-film", "first-concert", "favorite-food"];

/// The whole form, with an answer and a question for each place.
fn form<'a>(questions: [&'a str; 5], answers: &'a [String; 5]) -> Vec<(&'static str, &'a str)> {
    const QUESTION: [&str; 5] = ["question_0", "question_1", "question_2", "question_3", "question_4"];
    const ANSWER: [&str; 5] = ["answer_0", "answer_1", "answer_2", "answer_3", "answer_4"];
    (0..5)
        .flat_map(|index| [(QUESTION[index], questions[index]), (ANSWER[index], answers[index].as_str())])
        .collect()
}

fn answers() -> [String; 5] {
    std::array::from_fn(|index| format!("Ünïcode  Answer {index}"))
}

#[tokio::test]
async fn r44_r45_r46_r50_answers_are_judged_and_only_their_hashes_kept() {
    let app = TestApp::start().await;
    app.questions_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    choose(&mut browser, Method::SecurityQuestions)
        .await
        .assert_shows("Question 5")
        .assert_shows("your first pet");

    for bad in ["ab", &"x".repeat(41)] {
        let mut answers = answers();
        answers[0] = bad.to_owned();
        let reply = browser.post("/register/questions", &form(IDS, &answers)).await;
        reply.assert_shows("There is a problem").assert_shows("3 to 40 characters");
        assert!(!reply.body.contains("Answer 1\""), "an answer came back");
        assert!(reply.body.contains("value=\"first-car\" selected"), "the choice is kept");
    }
    let same = std::array::from_fn(|_| "the same answer".to_owned());
    browser.post("/register/questions", &form(IDS, &same)).await.assert_shows("different answer");
    let twice = ["first-pet"; 5];
    browser.post("/register/questions", &form(twice, &answers())).await.assert_shows("There is a problem");
    let unknown = ["first-pet", "first-car", "first-film", "first-concert", "mother-maiden-name"];
    browser.post("/register/questions", &form(unknown, &answers())).await.assert_shows("Choose a question");
    assert!(app.engine.store.read().await.unwrap().answers(user.id).await.unwrap().is_empty());

    browser
        .post("/register/questions", &form(IDS, &answers()))
        .await
        .assert_shows("Security questions added");
    let stored = app.engine.store.read().await.unwrap().answers(user.id).await.unwrap();
    assert_eq!(stored.len(), 5);
    let pet = stored.iter().find(|answer| answer.question == "first-pet").unwrap();
    assert!(pet.verifier.starts_with("$argon2id$"));
    let normal = regain_core::secret::Secret::from(regain_core::questions::normalized(" ünïcode answer 0"));
    let verdict = app.engine.hasher.verify(&normal, Some(pet.verifier.clone())).await.unwrap();
    assert_eq!(verdict, Verdict::Right);
}

#[tokio::test]
async fn r52_questions_are_removed_as_a_whole_before_new_ones() {
    let app = TestApp::start().await;
    app.questions_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    register_email(&app, &mut browser, "ana@mail.example").await;
    choose(&mut browser, Method::SecurityQuestions).await;
    browser
        .post("/register/questions", &form(IDS, &answers()))
        .await
        .assert_shows("That is everything you need");
    let page = browser.get("/security-info/add").await;
    assert!(!page.body.contains("value=\"security_questions\""));
    browser.post("/register/questions", &form(IDS, &answers())).await;
    assert_eq!(app.engine.store.read().await.unwrap().answers(user.id).await.unwrap().len(), 5);
    let id = "security_questions";
    browser.get(&format!("/security-info/remove?id={id}")).await.assert_shows("Remove Security questions?");
    browser.post("/security-info/remove", &[("id", id)]).await.assert_shows("The method was removed");
    assert!(app.engine.store.read().await.unwrap().answers(user.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn r43_an_own_question_is_offered_exactly_as_typed() {
    let app = TestApp::start().await;
    app.questions_policy().await;
    let text = "Wie heißt <b>dein</b> Hund & \"Kater\"?";
    app.set_policy(|policy| {
        let own = regain_core::policy::Question::Custom { id: "own-1".to_owned(), text: text.to_owned() };
        policy.questions.chosen.push(own);
    })
    .await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let page = choose(&mut browser, Method::SecurityQuestions).await;
    page.assert_shows(text).assert_shows("your first pet");
    assert!(page.body.contains("&lt;b&gt;dein&lt;/b&gt;") && !page.body.contains("<b>dein"), "{}", page.body);
    let questions = ["own-1", "first-pet", "first-car", "first-film", "first-concert"];
    browser
        .post("/register/questions", &form(questions, &answers()))
        .await
        .assert_shows("Security questions added");
    let stored = app.engine.store.read().await.unwrap().answers(user.id).await.unwrap();
    assert!(stored.iter().any(|answer| answer.question == "own-1"));
}

#[tokio::test]
async fn r53_answers_alone_are_no_second_factor() {
    let app = TestApp::start().await;
    app.questions_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    choose(&mut browser, Method::SecurityQuestions).await;
    browser
        .post("/register/questions", &form(IDS, &answers()))
        .await
        .assert_shows("Security questions added");
    let mut later = app.browser();
    later.try_sign_in("ana", crate::support::PASSWORD).await;
    let reply = later.get_raw("/signin/verify").await;
    assert_eq!(reply.location(), "/register?next=%2F", "nothing to verify with");
    assert!(!later.get("/signin/verify").await.text().contains("your first pet"));
    let page = later.get_raw("/security-info").await;
    assert_eq!(page.status, 200, "and nothing to ask for: {}", page.location());
    page.assert_shows("Security questions");
    for factor in ["security_questions", ""] {
        let fields = [("factor", factor), ("code", "Ünïcode Answer 0"), ("answer_0", "Ünïcode Answer 0")];
        later.post("/signin/verify", &fields).await;
        later.post("/signin/verify/send", &fields).await;
    }
    let mut tx = app.engine.store.read().await.unwrap();
    let sessions = tx.sessions_of(user.id).await.unwrap();
    let hash = regain_server::crypto::token_hash(&later.token());
    let session = sessions.iter().find(|session| session.token_hash == hash).unwrap();
    assert_eq!(session.proved_at, None);
}
