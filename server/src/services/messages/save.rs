//! Saving a text, and going back to the catalogue's.

use regain_app::outcome::{Answer, Outcome};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::policy::Change;
use regain_core::template::Edited;
use regain_store::{AuditRecord, Result, TemplateRow, Tx};

use super::{PAGE, Subject};
use crate::audit::{self, Build as _};
use crate::engine::Engine;
use crate::services::failure;

/// What holds the texts still while one is changed.
const LOCK: &str = "message-templates";

/// Sends this text from now on. The catalogue's own is no text of an administrator's: no row is kept of it.
pub(super) async fn save(
    engine: &Engine,
    visit: &Visit,
    subject: &Subject,
    revision: &str,
    edited: Edited,
    typed: FormState,
) -> Answer {
    let mut tx = engine.store.write().await.map_err(failure)?;
    let row = current(&mut *tx, subject).await.map_err(failure)?;
    let default = subject.default()?;
    let changes = changes(&texts_of(row.as_ref(), &default), &edited);
    let now = row.as_ref().map(|row| row.revision.to_string()).unwrap_or_default();
    if revision != now && !changes.is_empty() {
        let form = typed.with_problem(FieldProblem::new("", "template-changed"));
        return PAGE.refuse(engine, visit, tx, subject.path(), form).await;
    }
    let written = if edited == default {
        tx.delete_template(subject.kind.name, subject.locale.tag()).await.map(|_| ())
    } else if changes.is_empty() {
        Ok(())
    } else {
        tx.save_template(&new_row(engine, subject, edited)).await
    };
    written.map_err(failure)?;
    tx.append(&record(engine, visit, subject, &changes)).await.map_err(failure)?;
    tx.commit().await.map_err(failure)?;
    Ok(Outcome::go(format!("{}&saved", subject.path())))
}

/// Sends the catalogue's text from now on. What was there stays readable in the audit log.
pub(super) async fn restore(engine: &Engine, visit: &Visit, subject: &Subject) -> Answer {
    let mut tx = engine.store.write().await.map_err(failure)?;
    let row = current(&mut *tx, subject).await.map_err(failure)?;
    if row.is_some() {
        let default = subject.default()?;
        let changes = changes(&texts_of(row.as_ref(), &default), &default);
        tx.delete_template(subject.kind.name, subject.locale.tag()).await.map_err(failure)?;
        let record = record(engine, visit, subject, &changes).because("The default was restored");
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
    }
    Ok(Outcome::go(format!("{}&restored", subject.path())))
}

async fn current(tx: &mut dyn Tx, subject: &Subject) -> Result<Option<TemplateRow>> {
    tx.lock(LOCK).await?;
    tx.template(subject.kind.name, subject.locale.tag()).await
}

fn texts_of(row: Option<&TemplateRow>, default: &Edited) -> Edited {
    row.map_or_else(|| default.clone(), |row| Edited { subject: row.subject.clone(), text: row.body.clone() })
}

fn new_row(engine: &Engine, subject: &Subject, edited: Edited) -> TemplateRow {
    TemplateRow {
        kind: subject.kind.name.to_owned(),
        locale: subject.locale.tag().to_owned(),
        revision: engine.new_id(),
        subject: edited.subject,
        body: edited.text,
        changed_at: engine.now(),
    }
}

fn changes(old: &Edited, new: &Edited) -> Vec<Change> {
    let parts = [("message_subject", &old.subject, &new.subject), ("message_text", &old.text, &new.text)];
    let differ = parts.into_iter().filter(|(_, old, new)| old != new);
    differ
        .map(|(property, old, new)| Change {
            property: property.to_owned(),
            old: old.clone(),
            new: new.clone(),
        })
        .collect()
}

fn record(engine: &Engine, visit: &Visit, subject: &Subject, changes: &[Change]) -> AuditRecord {
    let (kind, lang) = (subject.kind.name, subject.locale.tag());
    audit::success(PAGE.service, PAGE.activity)
        .seen(engine, visit)
        .on("message", &format!("{kind}.{lang}"), kind)
        .detail("language", lang)
        .detail("changes", serde_json::json!(changes))
}
