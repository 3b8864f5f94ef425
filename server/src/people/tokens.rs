//! Hardware tokens: uploaded by an administrator, activated with a code, deleted.

mod activate;
mod upload;

use regain_app::text::{Locale, text};
use regain_core::form::FieldProblem;
use regain_core::limits::APPS_PER_USER;
use regain_store::{AuditRecord, HardwareToken, Tx, User};
use uuid::Uuid;

use super::{Actor, MethodKey, Refusal};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::messages::Notice;
use crate::person::Person;

pub use upload::{Uploaded, UploadedRow};

impl Engine {
    /// Deletes a token. One that is activated goes as every method does: its owner is told.
    pub async fn delete_token(&self, actor: &Actor<'_>, id: Uuid) -> Result<(), Refusal> {
        let token = self.store.read().await?.token(id).await?.ok_or(Refusal::NotFound)?;
        if let Some(method) = token.method_id {
            let gone = self.remove_methods(actor, token.user_id, Some(MethodKey::Row(method))).await;
            return gone.map(|_| ());
        }
        let result = self.try_delete_token(actor, &token).await;
        self.note_refusal(actor, activity::ADMIN_UPDATED, token.user_id, &result).await;
        result
    }

    async fn try_delete_token(&self, actor: &Actor<'_>, token: &HardwareToken) -> Result<(), Refusal> {
        let mut tx = self.store.write().await?;
        let user = self.manageable(&mut *tx, actor, token.user_id).await?;
        if !tx.delete_token(token.id).await? {
            return Err(Refusal::NotFound);
        }
        tx.append(&self.token_record(actor, &user, "Hardware token deleted", &token.serial)).await?;
        tx.commit().await?;
        Ok(())
    }

    fn token_record(&self, actor: &Actor<'_>, user: &User, reason: &str, serial: &str) -> AuditRecord {
        let record = audit::success(service::METHODS, activity::ADMIN_UPDATED).to(user);
        actor.sign(self, record.because(reason).detail("serial_number", serial))
    }

    /// Mails the owner of a token what became of it.
    pub(crate) async fn tell_of_token(
        &self,
        tx: &mut dyn Tx,
        person: &Person,
        template: &str,
        serial: &str,
        support_code: &str,
    ) -> regain_store::Result<()> {
        let notice = Notice {
            to: &person.notice_addresses(),
            template,
            params: &[
                ("name", person.user.display_name.clone()),
                ("username", person.user.upn.clone()),
                ("serial", serial.to_owned()),
            ],
            locale: person.user.locale.as_deref().unwrap_or("en"),
            support_code,
        };
        self.enqueue_own_notice(tx, person.user.id, &notice).await
    }
}

/// What a token is called until its owner calls it something else.
fn label(user: &User, serial: &str) -> String {
    let locale = user.locale.as_deref().and_then(Locale::from_tag).unwrap_or_default();
    text(locale, "token-label", &[("serial", serial.to_owned())])
}

/// The person has as many authenticators as there may be (R87).
fn full(field: &str) -> FieldProblem {
    FieldProblem::new(field, "token-user-full").with("most", &APPS_PER_USER)
}
