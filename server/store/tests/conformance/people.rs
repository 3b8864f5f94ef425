//! Users, passwords, roles, known places.

use regain_core::time::Timestamp;
use regain_store::{Error, Page, User, UserFilter};

use crate::database::Database;
use crate::make::{MINUTE, NOW, id, password, session, user};

on_both_engines!(
    a_user_comes_back_as_it_was_kept,
    a_taken_name_is_a_conflict,
    a_user_is_changed_and_deleted_with_all_that_is_theirs,
    users_are_listed_by_key_in_pages,
    a_search_is_the_beginning_of_a_name_in_any_case,
    a_password_is_replaced_and_upgraded_only_from_the_old_one,
    imported_passwords_are_found,
    roles_are_given_once_and_taken_once,
    blocked_holders_of_a_role_do_not_count,
    places_are_remembered,
    nothing_stays_of_a_transaction_that_is_dropped,
    an_old_password_expires_and_an_exception_outlives_it,
);

async fn a_user_comes_back_as_it_was_kept(db: Database) {
    let kept = User { registered_at: Some(NOW), office_phone: Some("+1 5".to_owned()), ..user("Ünal") };
    let mut tx = db.write().await;
    tx.add_user(&kept).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.read().await;
    assert_eq!(tx.user(kept.id).await.unwrap().as_ref(), Some(&kept));
    assert_eq!(tx.user_by_key("ünal@contoso.example").await.unwrap(), Some(kept));
    assert_eq!(tx.user(id()).await.unwrap(), None);
    assert_eq!(tx.user_by_key("nobody@contoso.example").await.unwrap(), None);
}

async fn a_taken_name_is_a_conflict(db: Database) {
    db.user("ana").await;
    let mut tx = db.write().await;
    assert!(matches!(tx.add_user(&user("ANA")).await, Err(Error::Conflict)));
}

async fn a_user_is_changed_and_deleted_with_all_that_is_theirs(db: Database) {
    let ana = db.user("ana").await;
    let changed = User { display_name: "Ana B".to_owned(), mail: None, blocked: true, ..ana.clone() };
    let mut tx = db.write().await;
    assert!(tx.update_user(&changed).await.unwrap());
    assert!(!tx.update_user(&user("ghost")).await.unwrap());
    assert_eq!(tx.user(ana.id).await.unwrap(), Some(changed));
    tx.set_password(&password(&ana, "v")).await.unwrap();
    tx.grant_role(ana.id, "reports_reader").await.unwrap();
    tx.add_session(&session(&ana)).await.unwrap();
    assert!(tx.delete_user(ana.id).await.unwrap());
    assert!(!tx.delete_user(ana.id).await.unwrap());
    assert_eq!(tx.password(ana.id).await.unwrap(), None);
    assert!(tx.roles(ana.id).await.unwrap().is_empty());
    assert!(tx.sessions_of(ana.id).await.unwrap().is_empty());
}

async fn users_are_listed_by_key_in_pages(db: Database) {
    // Not the order of an English dictionary: keys are compared byte by byte, so that pages neither skip nor repeat.
    for name in ["zoe", "a_b", "a-c", "ab", "Ünal"] {
        db.user(name).await;
    }
    let mut tx = db.read().await;
    let (mut after, mut seen) = (String::new(), Vec::new());
    loop {
        let page = tx.users(&UserFilter::default(), &Page { after, limit: 2 }).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.upn_key.clone();
        seen.extend(page.iter().map(|user| user.display_name.clone()));
    }
    assert_eq!(seen, ["a-c", "a_b", "ab", "zoe", "Ünal"]);
}

async fn a_search_is_the_beginning_of_a_name_in_any_case(db: Database) {
    let (ana, bob) = (db.user("Ana").await, db.user("Bob").await);
    let mut tx = db.write().await;
    tx.grant_role(bob.id, "user_administrator").await.unwrap();
    tx.update_user(&User { blocked: true, ..ana }).await.unwrap();
    tx.commit().await.unwrap();
    let all = UserFilter::default();
    let search = |text: &str| UserFilter { search: text.to_owned(), ..UserFilter::default() };
    for (filter, expected) in [
        (all.clone(), vec!["Ana", "Bob"]),
        (search("AN"), vec!["Ana"]),
        (search("of b"), vec!["Bob"]),
        (search(" bob@contoso "), vec!["Bob"]),
        (search("na"), vec![]),
        (search("%"), vec![]),
        (UserFilter { administrators: true, ..all.clone() }, vec!["Bob"]),
        (UserFilter { blocked: true, ..all }, vec!["Ana"]),
    ] {
        let mut tx = db.read().await;
        let page = Page { after: String::new(), limit: 10 };
        let found: Vec<_> = tx.users(&filter, &page).await.unwrap();
        let names: Vec<_> = found.iter().map(|user| user.display_name.as_str()).collect();
        assert_eq!(names, expected, "{filter:?}");
        assert_eq!(tx.count_users(&filter, 10).await.unwrap(), i64::try_from(expected.len()).unwrap());
    }
    assert_eq!(db.read().await.count_users(&UserFilter::default(), 1).await.unwrap(), 1);
}

async fn a_password_is_replaced_and_upgraded_only_from_the_old_one(db: Database) {
    let ana = db.user("ana").await;
    let mut tx = db.write().await;
    assert_eq!(tx.password(ana.id).await.unwrap(), None);
    tx.set_password(&password(&ana, "first")).await.unwrap();
    let second = regain_store::Password { temporary: true, ..password(&ana, "second") };
    tx.set_password(&second).await.unwrap();
    assert_eq!(tx.password(ana.id).await.unwrap(), Some(second));
    assert!(!tx.upgrade_password(ana.id, "first", &password(&ana, "third")).await.unwrap());
    assert!(tx.upgrade_password(ana.id, "second", &password(&ana, "third")).await.unwrap());
    assert_eq!(tx.password(ana.id).await.unwrap().unwrap().verifier, "third");
}

async fn imported_passwords_are_found(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let mut tx = db.write().await;
    let imported = regain_store::Password { imported: true, ..password(&ana, "import$x") };
    tx.set_password(&imported).await.unwrap();
    tx.set_password(&password(&bob, "v")).await.unwrap();
    assert_eq!(tx.imported_passwords(5).await.unwrap(), vec![imported]);
    assert!(tx.imported_passwords(0).await.unwrap().is_empty());
    assert!(tx.upgrade_password(ana.id, "import$x", &password(&ana, "argon")).await.unwrap());
    assert!(tx.imported_passwords(5).await.unwrap().is_empty());
}

async fn roles_are_given_once_and_taken_once(db: Database) {
    let ana = db.user("ana").await;
    let mut tx = db.write().await;
    assert!(tx.grant_role(ana.id, "user_administrator").await.unwrap());
    assert!(!tx.grant_role(ana.id, "user_administrator").await.unwrap());
    assert!(tx.grant_role(ana.id, "reports_reader").await.unwrap());
    assert_eq!(tx.roles(ana.id).await.unwrap(), ["reports_reader", "user_administrator"]);
    let rows = tx.role_assignments().await.unwrap();
    let reader = ("reports_reader".to_owned(), ana.upn.clone(), ana.display_name.clone());
    assert_eq!((rows.len(), &rows[0]), (2, &reader));
    assert!(tx.revoke_role(ana.id, "reports_reader").await.unwrap());
    assert!(!tx.revoke_role(ana.id, "reports_reader").await.unwrap());
}

async fn blocked_holders_of_a_role_do_not_count(db: Database) {
    let mut users = Vec::new();
    for name in ["cy", "ana", "bob"] {
        users.push(db.user(name).await);
    }
    let mut tx = db.write().await;
    for user in &users {
        tx.grant_role(user.id, "helpdesk_administrator").await.unwrap();
    }
    tx.update_user(&User { blocked: true, ..users[2].clone() }).await.unwrap();
    let holders = tx.role_holders("helpdesk_administrator", 10).await.unwrap();
    assert_eq!(holders.iter().map(|user| user.display_name.as_str()).collect::<Vec<_>>(), ["ana", "cy"]);
    assert_eq!(tx.role_holders("helpdesk_administrator", 1).await.unwrap().len(), 1);
}

async fn places_are_remembered(db: Database) {
    let ana = db.user("ana").await;
    let later = Timestamp(NOW.0 + 1);
    let mut tx = db.write().await;
    assert!(!tx.knows_place(ana.id, "here", NOW).await.unwrap());
    tx.remember_place(ana.id, "here", NOW).await.unwrap();
    assert!(tx.knows_place(ana.id, "here", NOW).await.unwrap());
    assert!(!tx.knows_place(ana.id, "here", later).await.unwrap());
    assert!(!tx.knows_place(ana.id, "there", NOW).await.unwrap());
    tx.remember_place(ana.id, "here", later).await.unwrap();
    assert!(tx.knows_place(ana.id, "here", later).await.unwrap());
    tx.remember_place(ana.id, "there", NOW).await.unwrap();
    assert_eq!(tx.sweep_places(later).await.unwrap(), 1);
    assert!(tx.knows_place(ana.id, "here", NOW).await.unwrap());
    assert!(!tx.knows_place(ana.id, "there", NOW).await.unwrap());
}

async fn nothing_stays_of_a_transaction_that_is_dropped(db: Database) {
    let ana = user("ana");
    let mut tx = db.write().await;
    tx.add_user(&ana).await.unwrap();
    drop(tx);
    assert_eq!(db.write().await.user(ana.id).await.unwrap(), None);
}

async fn an_old_password_expires_and_an_exception_outlives_it(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let mut tx = db.write().await;
    let first = password(&ana, "first");
    tx.set_password(&first).await.unwrap();
    assert!(!tx.expire_password(ana.id, NOW.plus(MINUTE)).await.unwrap(), "it is another one now");
    assert!(tx.expire_password(ana.id, NOW).await.unwrap());
    assert!(tx.password(ana.id).await.unwrap().unwrap().temporary);
    assert!(!tx.password_never_expires(ana.id).await.unwrap());
    assert!(tx.set_password_never_expires(ana.id, true).await.unwrap());
    tx.set_password(&password(&ana, "second")).await.unwrap();
    assert!(tx.password_never_expires(ana.id).await.unwrap());
    assert!(!tx.set_password_never_expires(bob.id, true).await.unwrap(), "who has no password");
    assert!(!tx.password_never_expires(bob.id).await.unwrap());
}
