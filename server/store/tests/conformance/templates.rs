//! Texts of messages: one for each message and language.

use regain_store::TemplateRow;

use crate::database::Database;
use crate::make::{MINUTE, NOW, id};

on_both_engines!(
    a_text_is_of_one_message_in_one_language,
    a_save_takes_the_place_of_the_one_before,
    a_deleted_text_is_gone_once,
);

fn row(kind: &str, locale: &str, body: &str) -> TemplateRow {
    TemplateRow {
        kind: kind.to_owned(),
        locale: locale.to_owned(),
        revision: id(),
        subject: "Über {organization}: „Code“".to_owned(),
        body: body.to_owned(),
        changed_at: NOW,
    }
}

async fn a_text_is_of_one_message_in_one_language(db: Database) {
    let rows =
        [row("a-code", "de", "zwei"), row("a-code", "en", "one"), row("b-notice", "en", "three\n\n{x}")];
    let mut tx = db.write().await;
    for row in rows.iter().rev() {
        tx.save_template(row).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = db.store.read().await.unwrap();
    assert_eq!(tx.templates().await.unwrap(), rows);
    assert_eq!(tx.template("a-code", "de").await.unwrap().as_ref(), Some(&rows[0]));
    assert_eq!(tx.template("b-notice", "de").await.unwrap(), None);
    assert_eq!(tx.template("A-code", "en").await.unwrap(), None);
}

async fn a_save_takes_the_place_of_the_one_before(db: Database) {
    let (first, other) = (row("a-code", "en", "one"), row("a-code", "de", "eins"));
    let second = TemplateRow { changed_at: NOW.plus(MINUTE), ..row("a-code", "en", "two") };
    let mut tx = db.write().await;
    for row in [&first, &other, &second] {
        tx.save_template(row).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(db.store.read().await.unwrap().templates().await.unwrap(), [other, second]);
}

async fn a_deleted_text_is_gone_once(db: Database) {
    let (gone, stays) = (row("a-code", "en", "one"), row("a-code", "de", "eins"));
    let mut tx = db.write().await;
    tx.save_template(&gone).await.unwrap();
    tx.save_template(&stays).await.unwrap();
    assert!(tx.delete_template("a-code", "en").await.unwrap());
    assert!(!tx.delete_template("a-code", "en").await.unwrap());
    assert!(!tx.delete_template("a-code", "fr").await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(db.store.read().await.unwrap().templates().await.unwrap(), [stays]);
}
