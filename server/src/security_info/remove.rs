//! Removing and renaming.

use regain_app::services::security_info::QUESTIONS;
use regain_app::visit::Visit;
use regain_core::method::Method;
use regain_store::{Result, Tx};

use super::Inventory;
use super::notice::Happened;
use crate::audit;
use crate::engine::Engine;
use crate::person::Change;

impl Engine {
    /// Removes a method for good; codes that are under way for it die with it (T109). False when there is none.
    pub(crate) async fn remove_own(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        had: &Inventory,
        id: &str,
    ) -> Result<bool> {
        let Some(known) = had.known_by(id) else { return Ok(false) };
        let user_id = had.person.user.id;
        let row = had.row(id);
        if id == QUESTIONS {
            tx.set_answers(user_id, &[]).await?;
            // A proof by answers does not say which ones: what was proved with these must not stand for others.
            tx.close_flows(user_id, None, "methods_changed", self.now()).await?;
        } else if let Some(row) = row {
            tx.delete_method(user_id, row.id).await?;
        }
        Change::Removed(known.method).note(tx, user_id, self.now()).await?;
        tx.void_challenges(user_id, self.now()).await?;
        if let Some(serial) = &known.token {
            let template = "notice-token-removed";
            self.tell_of_token(tx, &had.person, template, serial, &visit.support_code).await?;
        } else {
            let destination = row.and_then(|row| row.destination.as_deref());
            let what = (Happened::Removed, known.method, destination);
            self.tell_of_method(tx, visit, &had.person, what, None).await?;
        }
        self.record_method(tx, visit, had, audit::activity::DELETED, known.method).await?;
        Ok(true)
    }

    /// Gives a method another name. False when there is none.
    pub(crate) async fn rename_own(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        had: &Inventory,
        id: &str,
        label: &str,
    ) -> Result<bool> {
        let Some(row) = had.row(id) else { return Ok(false) };
        let method: Option<Method> = row.method.parse().ok();
        let (Some(method), true) = (method, tx.rename_method(row.user_id, row.id, label).await?) else {
            return Ok(false);
        };
        self.record_method(tx, visit, had, audit::activity::UPDATED, method).await?;
        Ok(true)
    }
}
