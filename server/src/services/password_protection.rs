//! Implements [`PasswordProtection`].

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::password_protection::{PasswordProtection, Protection};
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::role::Right;
use regain_store::Tx;
use uuid::Uuid;

use super::failure;
use super::settings::{SettingsPage, conflict, tell_of_weaker};
use crate::engine::Engine;
use crate::password_protection::edit::{self, field};
use crate::password_protection::{self as settings, SETTINGS};
use crate::people::Actor;
use crate::policy;

const PATH: &str = "/admin/password-protection";
const PAGE: SettingsPage = SettingsPage::new("password-protection", PATH, Right::EditBannedWords);
/// Stands in the form's state for a list that is kept as a draft: a thousand terms do not fit into a cookie.
const DRAFT: &str = "draft";

#[async_trait]
impl PasswordProtection for Engine {
    async fn settings(&self, visit: &Visit) -> Result<Protection, Failure> {
        self.admin_gate(visit, Right::ReadPolicy)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let (saved, version): (settings::PasswordProtection, i64) =
            policy::document(&mut *tx, SETTINGS).await.map_err(failure)?;
        let draft = match session_id(visit) {
            Some(id) if !visit.form.value(DRAFT).is_empty() => {
                tx.draft(id, SETTINGS).await.map_err(failure)?
            }
            _ => None,
        };
        Ok(Protection {
            profile: saved.profile,
            expiry_days: saved.expiry_days,
            enforce_custom_list: saved.enforce_custom_list,
            terms: draft.unwrap_or_else(|| saved.custom_terms.join("\n")),
            lockout: saved.lockout,
            version,
            may_save: visit.may(PAGE.right),
        })
    }

    async fn save(&self, visit: &Visit, version: &str, typed: FormState) -> Answer {
        PAGE.gate(self, visit).await?;
        let mut tx = self.store.write().await.map_err(failure)?;
        tx.lock(SETTINGS).await.map_err(failure)?;
        let (saved, current): (settings::PasswordProtection, i64) =
            policy::document(&mut *tx, SETTINGS).await.map_err(failure)?;
        let mut wanted = saved.clone();
        let mut problems = edit::edit(&mut wanted, &typed);
        let changes = edit::changes(&saved, &wanted);
        if version != current.to_string() && !(changes.is_empty() && problems.is_empty()) {
            problems = conflict(visit, &changes);
        }
        if !problems.is_empty() {
            let form = keep_list(&mut *tx, visit, FormState { problems, ..typed }).await.map_err(failure)?;
            return PAGE.refuse(self, visit, tx, PATH.to_owned(), form).await;
        }
        if !changes.is_empty() {
            let now = self.now();
            policy::save_document(&mut *tx, SETTINGS, &wanted, current, now).await.map_err(failure)?;
        }
        if let Some(id) = session_id(visit) {
            tx.drop_draft(id, SETTINGS).await.map_err(failure)?;
        }
        let actor = Actor::Administrator(visit);
        tell_of_weaker(self, &mut *tx, &changes, &actor).await.map_err(failure)?;
        let record = PAGE.saved(self, &actor, &changes);
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(format!("{PATH}?saved")))
    }
}

fn session_id(visit: &Visit) -> Option<Uuid> {
    visit.session.as_ref().and_then(|session| session.id.parse().ok())
}

/// Moves the typed list from the form's state into the session's draft.
async fn keep_list(tx: &mut dyn Tx, visit: &Visit, mut form: FormState) -> regain_store::Result<FormState> {
    let Some(id) = session_id(visit) else { return Ok(form) };
    let list = form.values.remove(field::LIST).unwrap_or_default().concat();
    // PostgreSQL stores no zero characters.
    tx.keep_draft(id, SETTINGS, &list.replace('\0', "\u{FFFD}")).await?;
    Ok(form.with_value(DRAFT, "yes"))
}
