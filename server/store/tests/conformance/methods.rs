//! Methods, answers, enrolments.

use regain_core::time::Timestamp;
use regain_store::{Answer, Enrolment, Method, MethodMix, STEPS_AHEAD, User};
use uuid::Uuid;

use crate::database::Database;
use crate::make::{MINUTE, NOW, id, session};

on_both_engines!(
    methods_come_back_oldest_first,
    a_method_is_its_owners,
    a_time_step_is_taken_once_and_never_an_earlier_one,
    a_step_taken_under_a_clock_that_was_wrong_shuts_nobody_out,
    one_of_many_takes_a_step,
    answers_are_replaced_as_a_whole,
    a_session_has_one_enrolment,
    one_of_many_ends_an_enrolment,
    people_are_counted_by_what_they_have,
);

fn method(user: &User, created_at: Timestamp) -> Method {
    Method {
        id: id(),
        user_id: user.id,
        method: "app_code".to_owned(),
        label: "Phone".to_owned(),
        destination: None,
        sealed: Some(vec![7; 60]),
        last_step: None,
        created_at,
        last_used_at: None,
        codes_left: None,
    }
}

async fn methods_come_back_oldest_first(db: Database) {
    let ana = db.user("ana").await;
    let young = method(&ana, NOW.plus(MINUTE));
    let old = Method { destination: Some("+14255550100".to_owned()), sealed: None, ..method(&ana, NOW) };
    let mut tx = db.write().await;
    tx.add_method(&young).await.unwrap();
    tx.add_method(&old).await.unwrap();
    assert_eq!(tx.methods(ana.id).await.unwrap(), vec![old, young.clone()]);
    tx.touch_method(young.id, NOW).await.unwrap();
    assert_eq!(tx.methods(ana.id).await.unwrap()[1].last_used_at, Some(NOW));
}

async fn a_method_is_its_owners(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let hers = method(&ana, NOW);
    let mut tx = db.write().await;
    tx.add_method(&hers).await.unwrap();
    assert!(!tx.rename_method(bob.id, hers.id, "mine").await.unwrap());
    assert!(!tx.delete_method(bob.id, hers.id).await.unwrap());
    assert!(tx.rename_method(ana.id, hers.id, "Tablet").await.unwrap());
    assert_eq!(tx.methods(ana.id).await.unwrap()[0].label, "Tablet");
    assert!(tx.delete_method(ana.id, hers.id).await.unwrap());
    assert!(!tx.delete_method(ana.id, hers.id).await.unwrap());
}

async fn a_time_step_is_taken_once_and_never_an_earlier_one(db: Database) {
    let ana = db.user("ana").await;
    let app = method(&ana, NOW);
    let mut tx = db.write().await;
    tx.add_method(&app).await.unwrap();
    for (step, taken) in [(100, true), (100, false), (99, false), (101, true)] {
        assert_eq!(tx.take_step(app.id, step, NOW).await.unwrap(), taken, "{step}");
    }
    assert!(!tx.take_step(id(), 1, NOW).await.unwrap());
    assert_eq!(tx.methods(ana.id).await.unwrap()[0].last_step, Some(101));
}

/// Our clock was set forward, a code was taken, and the clock was put right: codes count again, and go on forwards.
async fn a_step_taken_under_a_clock_that_was_wrong_shuts_nobody_out(db: Database) {
    let ana = db.user("ana").await;
    let app = method(&ana, NOW);
    let mut tx = db.write().await;
    tx.add_method(&app).await.unwrap();
    for (step, taken) in [
        (100 + 1_200, true),
        (100, true),
        (100, false),
        (99, false),
        (100 + STEPS_AHEAD, true),
        // As far ahead as a clock may be: nothing that was used in the window is used again.
        (100, false),
        (100 + STEPS_AHEAD - 1, false),
    ] {
        assert_eq!(tx.take_step(app.id, step, NOW).await.unwrap(), taken, "{step}");
    }
}

async fn one_of_many_takes_a_step(db: Database) {
    let ana = db.user("ana").await;
    let app = method(&ana, NOW);
    let mut tx = db.write().await;
    tx.add_method(&app).await.unwrap();
    tx.commit().await.unwrap();
    let taken = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let taken = tx.take_step(app.id, 7, NOW).await.unwrap();
            tx.commit().await.unwrap();
            taken
        })
        .await;
    assert_eq!(taken.into_iter().filter(|taken| *taken).count(), 1);
}

async fn answers_are_replaced_as_a_whole(db: Database) {
    let ana = db.user("ana").await;
    let answer = |question: &str| Answer {
        user_id: ana.id,
        question: question.to_owned(),
        verifier: format!("v-{question}"),
        folding: 2,
    };
    let mut tx = db.write().await;
    tx.set_answers(ana.id, &[answer("pet"), answer("city")]).await.unwrap();
    assert_eq!(tx.answers(ana.id).await.unwrap().len(), 2);
    tx.set_answers(ana.id, &[answer("school")]).await.unwrap();
    assert_eq!(tx.answers(ana.id).await.unwrap(), vec![answer("school")]);
    tx.set_answers(ana.id, &[]).await.unwrap();
    assert!(tx.answers(ana.id).await.unwrap().is_empty());
}

async fn people_are_counted_by_what_they_have(db: Database) {
    let (ana, bob, cleo) = (db.user("ana").await, db.user("bob").await, db.user("cleo").await);
    let (dan, eve) = (db.user("dan").await, db.user("eve").await);
    let mut tx = db.write().await;
    for user in [&ana, &bob] {
        tx.add_method(&method(user, NOW)).await.unwrap();
    }
    let answer =
        Answer { user_id: cleo.id, question: "pet".to_owned(), verifier: "v".to_owned(), folding: 2 };
    tx.set_answers(cleo.id, &[answer]).await.unwrap();
    tx.grant_role(cleo.id, "user_administrator").await.unwrap();
    let entered =
        |user: &User| User { mobile_phone: None, office_phone: None, alternate_email: None, ..user.clone() };
    let line = Some("+14255550101".to_owned());
    let registered =
        Method { method: "office_phone".to_owned(), destination: line, sealed: None, ..method(&eve, NOW) };
    tx.add_method(&registered).await.unwrap();
    for user in [&ana, &bob, &eve] {
        tx.update_user(&entered(user)).await.unwrap();
    }
    let office = Some("+14255550100".to_owned());
    let mail = Some("cleo@mail.example".to_owned());
    tx.update_user(&User { office_phone: office, alternate_email: mail, ..entered(&cleo) }).await.unwrap();
    tx.update_user(&User { blocked: true, ..entered(&dan) }).await.unwrap();
    let with_app = MethodMix {
        app_notification: false,
        app_code: true,
        mobile_phone: false,
        office_phone: false,
        email: false,
        passkey: false,
        recovery_code: false,
        questions: false,
        administrator: false,
        people: 2,
    };
    let administrator = MethodMix {
        app_code: false,
        office_phone: true,
        email: true,
        questions: true,
        administrator: true,
        people: 1,
        ..with_app
    };
    let with_office = MethodMix { app_code: false, office_phone: true, people: 1, ..with_app };
    assert_eq!(tx.method_mix(10).await.unwrap(), vec![with_office, administrator, with_app]);
    assert_eq!(tx.method_mix(1).await.unwrap(), vec![MethodMix { people: 1, ..with_app }]);
}

async fn enrolment(db: &Database) -> Enrolment {
    let ana = db.user("ana").await;
    let session = session(&ana);
    let mut tx = db.write().await;
    tx.add_session(&session).await.unwrap();
    tx.commit().await.unwrap();
    Enrolment {
        id: id(),
        session_id: session.id,
        user_id: ana.id,
        method: "email".to_owned(),
        destination: Some("a@mail.example".to_owned()),
        sealed: None,
        body: "{}".to_owned(),
        created_at: NOW,
        expires_at: NOW.plus(15 * MINUTE),
    }
}

async fn a_session_has_one_enrolment(db: Database) {
    let first = enrolment(&db).await;
    let second = Enrolment { id: id(), sealed: Some(vec![1]), destination: None, ..first.clone() };
    let mut tx = db.write().await;
    assert_eq!(tx.enrolment(first.session_id).await.unwrap(), None);
    tx.begin_enrolment(&first).await.unwrap();
    tx.begin_enrolment(&second).await.unwrap();
    assert_eq!(tx.enrolment(first.session_id).await.unwrap(), Some(second.clone()));
    assert!(!tx.end_enrolment(first.id).await.unwrap());
    assert!(tx.end_enrolment(second.id).await.unwrap());
    assert_eq!(tx.enrolment(first.session_id).await.unwrap(), None);
    assert_eq!(tx.enrolment(Uuid::nil()).await.unwrap(), None);
}

async fn one_of_many_ends_an_enrolment(db: Database) {
    let begun = enrolment(&db).await;
    let mut tx = db.write().await;
    tx.begin_enrolment(&begun).await.unwrap();
    tx.commit().await.unwrap();
    let ended = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let ended = tx.end_enrolment(begun.id).await.unwrap();
            tx.commit().await.unwrap();
            ended
        })
        .await;
    assert_eq!(ended.into_iter().filter(|ended| *ended).count(), 1);
}
