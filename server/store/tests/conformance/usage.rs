//! Counts by hour, and many people's methods at once.

use regain_core::time::{Duration, Timestamp};
use regain_store::{Answer, AuditRecord, GroupMember, Method, UsageCount};

use crate::database::Database;
use crate::make::{NOW, group, id, record, user};

on_both_engines!(
    records_are_counted_with_the_log,
    what_is_not_committed_is_not_counted,
    counts_written_at_once_all_count,
    other_services_are_not_counted,
    counts_come_by_spans_and_are_swept_by_age,
    a_roster_tells_groups_apart,
    a_roster_tells_people_apart,
);

const HOUR: Duration = Duration::from_hours(1);

fn about(method: &str) -> AuditRecord {
    AuditRecord { details: format!(r#"{{"method":"{method}","intent":"reset"}}"#), ..record("a") }
}

async fn keep(db: &Database, records: &[AuditRecord]) {
    let mut tx = db.write().await;
    tx.append_all(records).await.unwrap();
    tx.commit().await.unwrap();
}

/// Spans, activities, methods and counts since a moment.
async fn read(db: &Database, since: Timestamp, hours: i64) -> Vec<(i64, String, String, i64)> {
    let counts = db.read().await.usage(since, hours).await.unwrap();
    counts
        .into_iter()
        .map(|UsageCount { span, activity, method, count, .. }| (span, activity, method, count))
        .collect()
}

async fn records_are_counted_with_the_log(db: Database) {
    let failed = AuditRecord { result: "failure".to_owned(), ..about("email") };
    let unreadable = AuditRecord { details: "[]".to_owned(), ..record("a") };
    keep(&db, &[about("email"), about("email"), failed, record("a"), unreadable]).await;
    let mut counts = db.read().await.usage(NOW, 1).await.unwrap();
    counts.sort_by(|a, b| (&a.method, &a.result).cmp(&(&b.method, &b.result)));
    let seen: Vec<_> =
        counts.iter().map(|row| (row.method.as_str(), row.result.as_str(), row.count)).collect();
    assert_eq!(seen, [("", "success", 2), ("email", "failure", 1), ("email", "success", 2)]);
    assert!(counts.iter().all(|row| row.reason == "because"));
}

async fn what_is_not_committed_is_not_counted(db: Database) {
    let mut tx = db.write().await;
    tx.append(&record("a")).await.unwrap();
    drop(tx);
    assert!(read(&db, NOW, 1).await.is_empty());
}

async fn counts_written_at_once_all_count(db: Database) {
    db.at_once(20, |store| async move {
        let mut tx = store.write().await.unwrap();
        tx.append(&record("a")).await.unwrap();
        tx.append(&record("b")).await.unwrap();
        tx.commit().await.unwrap();
    })
    .await;
    let counts = read(&db, NOW, 1).await;
    let expected = ["a", "b"].map(|activity| (0, activity.to_owned(), String::new(), 20));
    assert_eq!(counts, expected);
}

async fn other_services_are_not_counted(db: Database) {
    keep(&db, &[AuditRecord { service: "Sign-in".to_owned(), ..record("a") }]).await;
    assert!(read(&db, NOW, 1).await.is_empty());
}

async fn counts_come_by_spans_and_are_swept_by_age(db: Database) {
    let at = |hours: u32| AuditRecord { at: NOW.plus(hours * HOUR), ..record("a") };
    keep(&db, &[at(0), at(1), at(23), at(24), at(49)]).await;
    let days = |rows: Vec<(i64, String, String, i64)>| -> Vec<_> {
        rows.into_iter().map(|(span, .., count)| (span, count)).collect()
    };
    assert_eq!(days(read(&db, NOW, 24).await), [(0, 3), (1, 1), (2, 1)]);
    assert_eq!(days(read(&db, NOW.plus(HOUR), 1).await), [(0, 1), (22, 1), (23, 1), (48, 1)]);
    let mut tx = db.write().await;
    assert_eq!(tx.sweep_usage(NOW.plus(24 * HOUR)).await.unwrap(), 3);
    tx.commit().await.unwrap();
    assert_eq!(days(read(&db, NOW, 24).await), [(1, 1), (2, 1)]);
}

async fn a_roster_tells_groups_apart(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let (outer, inner, other) = (group("outer"), group("inner"), group("other"));
    let mut tx = db.write().await;
    for group in [&outer, &inner, &other] {
        tx.add_group(group).await.unwrap();
    }
    tx.add_member(outer.id, GroupMember::Group(inner.id)).await.unwrap();
    // Twice, which counts once.
    tx.add_member(outer.id, GroupMember::User(ana.id)).await.unwrap();
    tx.add_member(inner.id, GroupMember::User(ana.id)).await.unwrap();
    tx.add_member(other.id, GroupMember::User(bob.id)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.read().await;
    let groups = [outer.id, other.id, id()];
    let mut members = tx.roster(&[ana.id, bob.id], &groups).await.unwrap().members;
    members.sort();
    let mut wanted = vec![(ana.id, outer.id), (bob.id, other.id)];
    wanted.sort();
    assert_eq!(members, wanted, "nobody asked for the inner group");
    let members = tx.roster(&[ana.id], &[inner.id, outer.id]).await.unwrap().members;
    assert_eq!(members.len(), 2, "in both");
}

async fn a_roster_tells_people_apart(db: Database) {
    let (ana, bob, cy) = (db.user("ana").await, db.user("bob").await, user("cy"));
    let (outer, inner) = (group("outer"), group("inner"));
    let email = Method {
        id: id(),
        user_id: ana.id,
        method: "email".to_owned(),
        label: String::new(),
        destination: Some("a@mail.example".to_owned()),
        sealed: None,
        last_step: None,
        created_at: NOW,
        last_used_at: None,
        codes_left: None,
    };
    let answer = |question: &str| Answer {
        user_id: bob.id,
        question: question.to_owned(),
        verifier: "x".to_owned(),
        folding: 2,
    };
    let mut tx = db.write().await;
    tx.add_user(&cy).await.unwrap();
    for group in [&outer, &inner] {
        tx.add_group(group).await.unwrap();
    }
    // In a circle, which must end.
    tx.add_member(outer.id, GroupMember::Group(inner.id)).await.unwrap();
    tx.add_member(inner.id, GroupMember::Group(outer.id)).await.unwrap();
    tx.add_member(inner.id, GroupMember::User(ana.id)).await.unwrap();
    tx.add_member(outer.id, GroupMember::User(cy.id)).await.unwrap();
    tx.add_method(&email).await.unwrap();
    tx.set_answers(bob.id, &[answer("pet"), answer("town")]).await.unwrap();
    tx.grant_role(bob.id, "reports_reader").await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.read().await;
    let roster = tx.roster(&[ana.id, bob.id], &[outer.id]).await.unwrap();
    assert_eq!(roster.methods, vec![email]);
    let answered = ["pet", "town"].map(|question| (bob.id, question.to_owned()));
    assert_eq!(roster.answers, answered);
    assert_eq!(roster.roles, vec![(bob.id, "reports_reader".to_owned())]);
    assert_eq!(roster.members, vec![(ana.id, outer.id)], "cy was not asked for");
    assert!(tx.roster(&[], &[outer.id]).await.unwrap().members.is_empty());
    assert!(tx.roster(&[ana.id], &[]).await.unwrap().members.is_empty());
}
