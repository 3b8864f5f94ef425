//! Groups, nested to any depth.

use regain_store::{Error, Group, GroupMember, Page};
use uuid::Uuid;

use crate::database::Database;
use crate::make::{group, id, user};

on_both_engines!(
    a_group_comes_back_as_it_was_kept,
    a_taken_name_is_a_conflict,
    a_search_is_a_part_of_name_or_description,
    members_come_once_and_go_once,
    members_are_listed,
    membership_reaches_through_nested_groups,
    memberships_are_asked_for_several_groups_at_once,
    a_cycle_of_groups_ends,
    a_deleted_group_leaves_its_members,
);

fn first(limit: i64) -> Page {
    Page { after: String::new(), limit }
}

async fn keep(db: &Database, names: &[&str]) -> Vec<Group> {
    let mut tx = db.write().await;
    let mut kept = Vec::new();
    for name in names {
        let group = group(name);
        tx.add_group(&group).await.unwrap();
        kept.push(group);
    }
    tx.commit().await.unwrap();
    kept
}

async fn nest(db: &Database, outer: Uuid, inner: Uuid) {
    let mut tx = db.write().await;
    assert!(tx.add_member(outer, GroupMember::Group(inner)).await.unwrap());
    tx.commit().await.unwrap();
}

async fn a_group_comes_back_as_it_was_kept(db: Database) {
    let sales = keep(&db, &["Sales"]).await.remove(0);
    let mut tx = db.write().await;
    assert_eq!(tx.group(sales.id).await.unwrap().as_ref(), Some(&sales));
    assert_eq!(tx.group_by_key("sales").await.unwrap().as_ref(), Some(&sales));
    assert_eq!(tx.group(id()).await.unwrap(), None);
    assert_eq!(tx.group_by_key("Sales").await.unwrap(), None);
    let renamed = Group {
        name: "Selling".to_owned(),
        name_key: "selling".to_owned(),
        description: String::new(),
        ..sales
    };
    assert!(tx.update_group(&renamed).await.unwrap());
    assert!(!tx.update_group(&group("ghost")).await.unwrap());
    assert_eq!(tx.group_by_key("selling").await.unwrap(), Some(renamed));
}

async fn a_taken_name_is_a_conflict(db: Database) {
    keep(&db, &["Sales"]).await;
    let mut tx = db.write().await;
    assert!(matches!(tx.add_group(&group("SALES")).await, Err(Error::Conflict)));
}

async fn a_search_is_a_part_of_name_or_description(db: Database) {
    keep(&db, &["Sales East", "sales_west", "Legal 100%"]).await;
    let mut tx = db.read().await;
    for (search, expected) in [
        ("", vec!["Legal 100%", "Sales East", "sales_west"]),
        ("SALES", vec!["Sales East", "sales_west"]),
        ("about legal", vec!["Legal 100%"]),
        ("s_e", vec![]),
        ("_", vec!["sales_west"]),
        ("0%", vec!["Legal 100%"]),
        ("\\", vec![]),
    ] {
        let found = tx.groups(search, &first(10)).await.unwrap();
        assert_eq!(found.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), expected, "{search}");
    }
    assert_eq!(tx.groups("", &first(2)).await.unwrap().len(), 2);
    let rest = tx.groups("", &Page { after: "sales east".to_owned(), limit: 10 }).await.unwrap();
    assert_eq!(rest.len(), 1);
}

async fn members_come_once_and_go_once(db: Database) {
    let groups = keep(&db, &["a", "b"]).await;
    let ana = db.user("ana").await;
    let mut tx = db.write().await;
    for member in [GroupMember::User(ana.id), GroupMember::Group(groups[1].id)] {
        assert!(tx.add_member(groups[0].id, member).await.unwrap());
        assert!(!tx.add_member(groups[0].id, member).await.unwrap());
        assert!(tx.remove_member(groups[0].id, member).await.unwrap());
        assert!(!tx.remove_member(groups[0].id, member).await.unwrap());
    }
}

async fn members_are_listed(db: Database) {
    let groups = keep(&db, &["all", "inner"]).await;
    let (bob, ana) = (db.user("bob").await, db.user("ana").await);
    let mut tx = db.write().await;
    for user in [&bob, &ana] {
        tx.add_member(groups[0].id, GroupMember::User(user.id)).await.unwrap();
    }
    tx.add_member(groups[0].id, GroupMember::Group(groups[1].id)).await.unwrap();
    assert_eq!(tx.direct_users(groups[0].id, &first(10)).await.unwrap(), vec![ana.clone(), bob.clone()]);
    let after_ana = Page { after: ana.upn_key.clone(), limit: 10 };
    assert_eq!(tx.direct_users(groups[0].id, &after_ana).await.unwrap(), vec![bob]);
    assert_eq!(tx.direct_groups(groups[0].id).await.unwrap(), vec![groups[1].clone()]);
    assert_eq!(tx.groups_of_user(ana.id).await.unwrap(), vec![groups[0].clone()]);
}

async fn membership_reaches_through_nested_groups(db: Database) {
    let groups = keep(&db, &["outer", "middle", "inner", "other"]).await;
    nest(&db, groups[0].id, groups[1].id).await;
    nest(&db, groups[1].id, groups[2].id).await;
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let mut tx = db.write().await;
    tx.add_member(groups[2].id, GroupMember::User(ana.id)).await.unwrap();
    tx.add_member(groups[0].id, GroupMember::User(ana.id)).await.unwrap();
    tx.add_member(groups[1].id, GroupMember::User(bob.id)).await.unwrap();
    for (group, is_member) in [(0, true), (1, true), (2, true), (3, false)] {
        assert_eq!(tx.is_member(ana.id, groups[group].id).await.unwrap(), is_member, "{group}");
    }
    assert!(!tx.is_member(bob.id, groups[2].id).await.unwrap());
    assert!(!tx.is_member(user("ghost").id, groups[0].id).await.unwrap());
    // Ana is in it twice and counts once.
    assert_eq!(tx.count_members(groups[0].id).await.unwrap(), (2, 1));
    assert_eq!(tx.count_members(id()).await.unwrap(), (0, 0));
}

async fn memberships_are_asked_for_several_groups_at_once(db: Database) {
    let groups = keep(&db, &["outer", "middle", "inner", "other"]).await;
    nest(&db, groups[0].id, groups[1].id).await;
    nest(&db, groups[1].id, groups[2].id).await;
    nest(&db, groups[2].id, groups[0].id).await;
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let mut tx = db.write().await;
    tx.add_member(groups[1].id, GroupMember::User(ana.id)).await.unwrap();
    let ids: Vec<Uuid> = groups.iter().map(|group| group.id).collect();
    let mut expected = ids[..3].to_vec();
    expected.sort_unstable();
    let mut found = tx.memberships(ana.id, &ids).await.unwrap();
    found.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(tx.memberships(ana.id, &[ids[0], id()]).await.unwrap(), [ids[0]], "only what was asked for");
    assert!(tx.memberships(ana.id, &[ids[3]]).await.unwrap().is_empty());
    assert!(tx.memberships(ana.id, &[]).await.unwrap().is_empty());
    assert!(tx.memberships(bob.id, &ids).await.unwrap().is_empty());
}

async fn a_cycle_of_groups_ends(db: Database) {
    let groups = keep(&db, &["a", "b", "c"]).await;
    for (outer, inner) in [(0, 1), (1, 2), (2, 0), (0, 0)] {
        nest(&db, groups[outer].id, groups[inner].id).await;
    }
    let ana = db.user("ana").await;
    let mut tx = db.write().await;
    tx.add_member(groups[2].id, GroupMember::User(ana.id)).await.unwrap();
    for group in &groups {
        assert!(tx.is_member(ana.id, group.id).await.unwrap());
        assert_eq!(tx.count_members(group.id).await.unwrap().0, 1);
    }
}

async fn a_deleted_group_leaves_its_members(db: Database) {
    let groups = keep(&db, &["a"]).await;
    let ana = db.user("ana").await;
    let mut tx = db.write().await;
    tx.add_member(groups[0].id, GroupMember::User(ana.id)).await.unwrap();
    assert!(tx.delete_group(groups[0].id).await.unwrap());
    assert!(!tx.delete_group(groups[0].id).await.unwrap());
    assert!(tx.user(ana.id).await.unwrap().is_some());
    assert!(tx.groups_of_user(ana.id).await.unwrap().is_empty());
}
