//! Lists are searched by keys that we fold: the same on both engines, beyond ASCII too.

use regain_core::text::FOLDING;
use regain_store::{AuditFilter, AuditRecord, Group, HardwareToken, Page, TokenFilter, User, UserFilter};

use crate::database::Database;
use crate::make::{NOW, group, id, user};
use crate::scratch::run_statement;

on_both_engines!(any_spelling_finds, keys_from_before_are_folded_anew);

fn first() -> Page {
    Page { after: String::new(), limit: 10 }
}

/// How many users, groups, tokens and audit rows are found.
async fn found(db: &Database, search: &str) -> [usize; 4] {
    let mut tx = db.read().await;
    let users = UserFilter { search: search.to_owned(), ..UserFilter::default() };
    let tokens = TokenFilter { search: search.to_owned(), active: None };
    let audit = AuditFilter { person: search.to_owned(), ..AuditFilter::default() };
    [
        tx.users(&users, &first()).await.unwrap().len(),
        tx.groups(search, &first()).await.unwrap().len(),
        tx.tokens(&tokens, &first()).await.unwrap().len(),
        tx.audit_rows(&audit, i64::MAX, 10).await.unwrap().len(),
    ]
}

async fn keep(db: &Database) {
    let name = "Ömer O’Straße–İnci";
    let owner = User { display_name: name.to_owned(), name_key: "stale".to_owned(), ..user("owner") };
    let named = Group { name: name.to_owned(), ..group("key") };
    let token = HardwareToken {
        id: id(),
        user_id: owner.id,
        method_id: None,
        serial: "S".to_owned(),
        serial_key: "s".to_owned(),
        manufacturer: name.to_owned(),
        model: "M".to_owned(),
        period: 30,
        sealed: None,
        drift: 0,
        created_at: NOW,
    };
    let record = AuditRecord { target_name: name.to_owned(), ..AuditRecord::default() };
    let mut tx = db.write().await;
    tx.add_user(&owner).await.unwrap();
    tx.add_group(&named).await.unwrap();
    assert!(tx.add_token(&token).await.unwrap());
    tx.append(&record).await.unwrap();
    tx.set_search_folding(0).await.unwrap();
    tx.commit().await.unwrap();
    db.store.migrate().await.unwrap();
    assert_eq!(db.read().await.search_folding().await.unwrap(), FOLDING);
}

async fn any_spelling_finds(db: Database) {
    keep(&db).await;
    for search in ["ömer o’straße–İnci", " O\u{308}MER  O'STRASSE-INCI", "ömer o`strasse‐ınci"] {
        assert_eq!(found(&db, search).await, [1, 1, 1, 1], "{search}");
    }
    assert_eq!(found(&db, "öm").await, [1, 1, 1, 0]);
    for search in ["omer", "%", "_mer"] {
        assert_eq!(found(&db, search).await, [0, 0, 0, 0], "{search}");
    }
}

async fn keys_from_before_are_folded_anew(db: Database) {
    keep(&db).await;
    for statement in [
        "UPDATE users SET name_key = 'old'",
        "UPDATE groups SET search_key = ''",
        "UPDATE hardware_tokens SET search_key = ''",
        "UPDATE audit SET actor_key = '', target_key = ''",
        "DELETE FROM search_folding",
    ] {
        run_statement(&db.url, statement).await;
    }
    assert_eq!(found(&db, "ömer o'strasse-inci").await, [0, 0, 0, 0]);
    db.store.migrate().await.unwrap();
    assert_eq!(found(&db, "ömer o'strasse-inci").await, [1, 1, 1, 1]);
}
