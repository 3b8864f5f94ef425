//! Security questions at a reset.

use regain_core::method::Method;
use regain_core::policy::Question;
use regain_core::questions::{FOLDING, PREDEFINED, normalized};
use regain_core::secret::Secret;
use regain_store::{Answer, User};

use super::walk::{Walk, alice, open, ready, shape};
use crate::support::{Reply, TestApp};

const QUESTIONS: [&str; 5] = [PREDEFINED[0], PREDEFINED[1], PREDEFINED[2], PREDEFINED[3], PREDEFINED[4]];

async fn with_questions(app: &TestApp, user: &User, questions: &[&str]) {
    let mut answers = Vec::new();
    for question in questions {
        let verifier = hashed(app, &format!("Answer {question}")).await;
        answers.push(Answer {
            user_id: user.id,
            question: (*question).to_owned(),
            verifier,
            folding: FOLDING,
        });
    }
    set_answers(app, user, &answers).await;
}

async fn hashed(app: &TestApp, answer: &str) -> String {
    app.engine.hasher.hash(&Secret::from(normalized(answer)), app.engine.new_salt()).await.unwrap()
}

async fn set_answers(app: &TestApp, user: &User, answers: &[Answer]) {
    let mut tx = app.engine.store.write().await.unwrap();
    tx.set_answers(user.id, answers).await.unwrap();
    tx.commit().await.unwrap();
}

pub(super) async fn office() -> (TestApp, User) {
    let app = open().await;
    app.set_policy(|policy| {
        policy.methods.insert(Method::SecurityQuestions);
        policy.questions.chosen = QUESTIONS.map(|id| Question::Predefined(id.to_owned())).into();
    })
    .await;
    let user = alice(&app).await;
    with_questions(&app, &user, &QUESTIONS).await;
    (app, user)
}

/// The ids of the questions on the page, in order.
pub(super) fn drawn(page: &Reply) -> Vec<&'static str> {
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    let text = page.text();
    for id in QUESTIONS {
        let question =
            regain_app::text::text(regain_app::text::Locale::English, &format!("question-{id}"), &[]);
        found.extend(text.find(&question).map(|at| (at, id)));
    }
    found.sort_unstable();
    found.into_iter().map(|(_, id)| id).collect()
}

pub(super) async fn answer(walk: &mut Walk<'_>, answers: &[String]) -> Reply {
    let names = ["answer_0", "answer_1", "answer_2", "answer_3", "answer_4"];
    let fields: Vec<(&str, &str)> = names.into_iter().zip(answers.iter().map(String::as_str)).collect();
    walk.browser.post("/reset/questions", &fields).await
}

#[tokio::test]
async fn r47_r48_three_are_drawn_and_all_must_be_right() {
    let (app, _) = office().await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("security_questions").await;
    let questions = drawn(&page);
    assert_eq!(questions.len(), 3);
    let answers: Vec<_> = questions.iter().map(|id| format!(" ANSWER  {id} ")).collect();
    answer(&mut walk, &answers).await.assert_shows("One more check");
}

#[tokio::test]
async fn r49_t59_a_wrong_set_is_drawn_again_and_nobody_says_which_was_wrong() {
    let (app, alice) = office().await;
    let answers = app.engine.store.read().await.unwrap().answers(alice.id).await.unwrap();
    let (mut kept, mut draws) = (0, 0);
    for name in ["una01", "dua02", "tria3", "kvar4"] {
        let user = ready(&app, name, "+14255550142").await;
        set_answers(
            &app,
            &user,
            &answers.iter().map(|answer| Answer { user_id: user.id, ..answer.clone() }).collect::<Vec<_>>(),
        )
        .await;
        let (mut walk, _) = Walk::to_methods(&app, &user.upn).await;
        let mut page = walk.choose("security_questions").await;
        for _ in 0..2 {
            let questions = drawn(&page);
            let mut answers: Vec<_> = questions.iter().map(|id| format!("answer {id}")).collect();
            answers[2] = "wrong".to_owned();
            page = answer(&mut walk, &answers).await;
            page.assert_shows("Not all of your answers are right");
            assert!(!page.body.contains("aria-invalid"), "{}", page.body);
            let again = drawn(&page);
            assert_eq!(again.len(), 3);
            draws += 1;
            kept += usize::from(set_of(&again) == set_of(&questions));
        }
        page = answer(&mut walk, &["a".to_owned(), "b".to_owned(), "c".to_owned()]).await;
        page.assert_shows("Too many wrong answers");
    }
    // Three of five come again by chance once in ten: all eight times, once in a hundred million.
    assert!(kept < draws, "the same questions stand there after every wrong set");
}

#[tokio::test]
async fn an_answer_in_another_spelling_is_right_and_so_is_one_from_before_that() {
    let app = open().await;
    app.set_policy(|policy| {
        policy.methods.insert(Method::SecurityQuestions);
        let chosen = QUESTIONS[..3].iter().map(|id| Question::Predefined((*id).to_owned()));
        policy.questions.chosen = chosen.collect();
        (policy.questions.to_register, policy.questions.to_reset) = (3, 3);
    })
    .await;
    let user = alice(&app).await;
    // The first is as it was hashed when quotation marks, dashes and the two i were still apart.
    let spelled = Secret::from("o’brien – ıstanbul");
    let before = app.engine.hasher.hash(&spelled, app.engine.new_salt());
    let answers = [
        (1, before.await.unwrap()),
        (FOLDING, hashed(&app, "İstanbul").await),
        (FOLDING, hashed(&app, "«O’Brien» – Süd").await),
    ];
    let answers = answers.into_iter().zip(QUESTIONS).map(|((folding, verifier), question)| Answer {
        user_id: user.id,
        question: question.to_owned(),
        verifier,
        folding,
    });
    set_answers(&app, &user, &answers.collect::<Vec<_>>()).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("security_questions").await;
    let page = walk.browser.get("/reset/questions").await;
    let typed = drawn(&page).into_iter().map(|id| {
        let at = QUESTIONS.iter().position(|question| *question == id).unwrap();
        ["O’Brien –  ıstanbul", "ISTANBUL", "\"o'brien\" - SÜD"][at].to_owned()
    });
    let typed = typed.collect::<Vec<_>>();
    answer(&mut walk, &typed).await.assert_hides("Not all of your answers are right");
}

fn set_of(questions: &[&'static str]) -> std::collections::BTreeSet<&'static str> {
    questions.iter().copied().collect()
}

#[tokio::test]
async fn r43_an_own_question_is_asked_exactly_as_typed() {
    let app = open().await;
    let text = "Wie heißt <b>dein</b> Hund & \"Kater\"?";
    app.set_policy(|policy| {
        policy.methods.insert(Method::SecurityQuestions);
        let own = Question::Custom { id: "own-1".to_owned(), text: text.to_owned() };
        let others = QUESTIONS[..2].iter().map(|id| Question::Predefined((*id).to_owned()));
        policy.questions.chosen = others.chain([own]).collect();
        (policy.questions.to_register, policy.questions.to_reset) = (3, 3);
    })
    .await;
    let user = alice(&app).await;
    let mut answers = Vec::new();
    for question in [QUESTIONS[0], QUESTIONS[1], "own-1"] {
        let verifier = hashed(&app, &format!("Answer {question}")).await;
        answers.push(Answer { user_id: user.id, question: question.to_owned(), verifier, folding: FOLDING });
    }
    set_answers(&app, &user, &answers).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    for language in ["", "?mkt=de-de"] {
        walk.choose("security_questions").await;
        let page = walk.browser.get(&format!("/reset/questions{language}")).await;
        page.assert_shows(text);
        assert!(
            page.body.contains("&lt;b&gt;dein&lt;/b&gt;") && !page.body.contains("<b>dein"),
            "{}",
            page.body
        );
    }
}

#[tokio::test]
async fn an_empty_answer_is_told_and_counts_nothing() {
    let (app, _) = office().await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("security_questions").await;
    for _ in 0..6 {
        answer(&mut walk, &[String::new(), "b".to_owned(), "c".to_owned()])
            .await
            .assert_shows("Answer this question");
    }
    let answers: Vec<_> = drawn(&page).iter().map(|id| format!("answer {id}")).collect();
    answer(&mut walk, &answers).await.assert_shows("One more check");
}

#[tokio::test]
async fn t60_r54_administrators_have_no_questions() {
    let (app, user) = office().await;
    app.grant(&user, "user_administrator").await;
    let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_hides("Answer my security questions");
    walk.choose("security_questions").await.assert_shows("Choose a method");
}

#[tokio::test]
async fn t5_a_decoy_is_asked_questions_too() {
    let (app, _) = office().await;
    app.run_jobs().await;
    let mut shapes = Vec::new();
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        let (mut walk, methods) = Walk::to_methods(&app, name).await;
        methods.assert_shows("Answer my security questions");
        let page = walk.choose("security_questions").await;
        assert_eq!(drawn(&page).len(), 3);
        let wrong = answer(&mut walk, &["a".to_owned(), "b".to_owned(), "c".to_owned()]).await;
        wrong.assert_shows("Not all of your answers are right");
        shapes.push(shape(&methods, name));
    }
    assert_eq!(shapes[0], shapes[1]);
}

#[tokio::test]
async fn r50_no_answer_comes_back() {
    let (app, _) = office().await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("security_questions").await;
    let page = answer(&mut walk, &["mine own secret".to_owned(), "b".to_owned(), "c".to_owned()]).await;
    assert!(!page.body.contains("mine own secret"));
}

#[tokio::test]
async fn answers_that_a_busy_machine_could_not_compare_count_nothing() {
    let (app, _) = office().await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("security_questions").await;
    let answers: Vec<_> = drawn(&page).iter().map(|id| format!("answer {id}")).collect();
    let places = app.engine.hasher.fill().await.unwrap();
    for _ in 0..6 {
        assert_eq!(answer(&mut walk, &answers).await.status, 503);
    }
    drop(places);
    answer(&mut walk, &answers).await.assert_shows("One more check");
}
const OWN: [&str; 5] = ["own-0", "own-1", "own-2", "own-3", "own-4"];

/// The policy has these questions of the organisation's own.
async fn ask_own(app: &TestApp, ids: &[&str]) {
    app.set_policy(|policy| {
        let own = |id: &&str| Question::Custom { id: (*id).to_owned(), text: format!("What about {id}?") };
        policy.questions.chosen = ids.iter().map(own).collect();
    })
    .await;
}

/// Which of them are on the page, in order.
fn drawn_own(page: &Reply) -> Vec<&'static str> {
    let text = page.text();
    let mut found: Vec<_> =
        OWN.iter().filter_map(|id| Some((text.find(&format!("What about {id}?"))?, *id))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, id)| id).collect()
}

async fn own_office() -> TestApp {
    let (app, user) = office().await;
    ask_own(&app, &OWN).await;
    with_questions(&app, &user, &OWN).await;
    app
}

#[tokio::test]
async fn r47_only_questions_that_are_still_known_are_drawn_and_always_as_many_as_the_policy_says() {
    let app = own_office().await;
    ask_own(&app, &OWN[..3]).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("security_questions").await;
    let mut questions = drawn_own(&page);
    let answers: Vec<_> = questions.iter().map(|id| format!("answer {id}")).collect();
    questions.sort_unstable();
    assert_eq!(questions, OWN[..3]);
    answer(&mut walk, &answers).await.assert_shows("One more check");
}

#[tokio::test]
async fn r48_with_fewer_known_questions_than_a_reset_asks_they_are_no_method() {
    let app = own_office().await;
    ask_own(&app, &OWN[..2]).await;
    let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_hides("Answer my security questions");
    walk.choose("security_questions").await.assert_shows("Choose a method");
}

#[tokio::test]
async fn r47_a_question_that_goes_while_it_is_asked_is_drawn_anew() {
    let app = own_office().await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let before = drawn_own(&walk.choose("security_questions").await);
    let left: Vec<&str> = OWN.into_iter().filter(|id| *id != before[0]).collect();
    ask_own(&app, &left).await;
    let answers: Vec<_> = before.iter().map(|id| format!("answer {id}")).collect();
    let page = answer(&mut walk, &answers).await;
    let now = drawn_own(&page);
    assert!(now.len() == 3 && !now.contains(&before[0]), "{now:?}");
    ask_own(&app, &now[..2]).await;
    let answers: Vec<_> = now.iter().map(|id| format!("answer {id}")).collect();
    answer(&mut walk, &answers).await.assert_hides("One more check").assert_hides("What about");
    assert!(
        !app.audit().await.iter().any(|(.., reason)| reason.contains("completed the security questions"))
    );
}
