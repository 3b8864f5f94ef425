//! Adding, changing, ordering and removing gateways.

use regain_app::outcome::{Answer, Outcome};
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::secret::Secret;
use regain_store::{AuditRecord, GatewayRow, Tx};

use super::{PAGE, PATH};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::gateways::edit;
use crate::people::Actor;
use crate::services::failure;
use crate::services::settings::tell_of_weaker;

/// What holds the order still while it is changed.
const LOCK: &str = "gateways";

impl Engine {
    pub(super) async fn save_gateway_row(
        &self,
        visit: &Visit,
        id: &str,
        typed: FormState,
        secret: &Secret,
    ) -> Answer {
        let mut tx = self.store.write().await.map_err(failure)?;
        tx.lock(LOCK).await.map_err(failure)?;
        let rows = tx.gateways().await.map_err(failure)?;
        let saved = rows.iter().find(|row| row.id.to_string() == id);
        if saved.is_none() && !id.is_empty() {
            return Ok(Outcome::go(PATH));
        }
        let last = rows.iter().map(|row| row.position).max().unwrap_or_default();
        let mut row = saved.cloned().unwrap_or_else(|| self.new_gateway(last + 1));
        let before = saved.map(edit::fields_of).unwrap_or_default();
        let problems = edit::edit(&mut row, saved.is_none(), &typed, secret, &self.outside);
        if !problems.is_empty() {
            let form = FormState { problems, ..typed };
            let path = if id.is_empty() {
                format!("{PATH}/gateway")
            } else {
                format!("{PATH}/gateway?id={}", row.id)
            };
            return PAGE.refuse(self, visit, tx, path, form).await;
        }
        if !secret.is_empty() {
            row.sealed = self.seal_gateway_secret(row.id, secret);
        }
        // What was changed deserves another chance.
        row = GatewayRow { changed_at: self.now(), failures: 0, broken_until: None, ..row };
        let done = Outcome::go(format!("{PATH}?saved"));
        if saved.is_none() {
            self.remember_made(&mut *tx, visit, &done).await.map_err(failure)?;
        }
        tx.save_gateway(&row).await.map_err(failure)?;
        let changes = edit::changes(&before, &edit::fields_of(&row), secret);
        let record = self.gateway_record(visit, &row).detail("changes", serde_json::json!(changes));
        self.conclude_gateways(visit, tx, &rows, record, done).await
    }

    pub(super) async fn raise_gateway_row(&self, visit: &Visit, id: &str) -> Answer {
        let mut tx = self.store.write().await.map_err(failure)?;
        tx.lock(LOCK).await.map_err(failure)?;
        let rows = tx.gateways().await.map_err(failure)?;
        let pair =
            rows.windows(2).find(|pair| pair[1].id.to_string() == id && pair[0].channel == pair[1].channel);
        let Some([first, second]) = pair else { return Ok(Outcome::go(PATH)) };
        let (up, down) = (
            GatewayRow { position: first.position, ..second.clone() },
            GatewayRow { position: second.position, ..first.clone() },
        );
        for row in [&up, &down] {
            tx.save_gateway(row).await.map_err(failure)?;
        }
        let record = self.gateway_record(visit, second).because("Moved up in the order");
        self.conclude_gateways(visit, tx, &rows, record, Outcome::go(format!("{PATH}?moved"))).await
    }

    pub(super) async fn remove_gateway_row(&self, visit: &Visit, id: &str) -> Answer {
        let mut tx = self.store.write().await.map_err(failure)?;
        tx.lock(LOCK).await.map_err(failure)?;
        let rows = tx.gateways().await.map_err(failure)?;
        let Some(row) = rows.iter().find(|row| row.id.to_string() == id) else {
            return Ok(Outcome::go(PATH));
        };
        tx.delete_gateway(row.id).await.map_err(failure)?;
        let record = self.gateway_record(visit, row).because("Removed");
        self.conclude_gateways(visit, tx, &rows, record, Outcome::go(format!("{PATH}?removed"))).await
    }

    /// Who carries codes can read them: another gateway, or another order, is told to every Global Administrator.
    async fn conclude_gateways(
        &self,
        visit: &Visit,
        mut tx: Box<dyn Tx>,
        before: &[GatewayRow],
        record: AuditRecord,
        done: Outcome,
    ) -> Answer {
        let after = tx.gateways().await.map_err(failure)?;
        let changes = edit::changes_of_order(before, &after);
        tell_of_weaker(self, &mut *tx, &changes, &Actor::Administrator(visit)).await.map_err(failure)?;
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        self.refresh_gateways().await.map_err(failure)?;
        Ok(done)
    }

    pub(super) fn gateway_record(&self, visit: &Visit, row: &GatewayRow) -> AuditRecord {
        let record = audit::success(service::PASSWORD, activity::GATEWAY).seen(self, visit);
        record.on("gateway", &row.id.to_string(), &row.name)
    }

    fn new_gateway(&self, position: i64) -> GatewayRow {
        GatewayRow {
            id: self.new_id(),
            channel: String::new(),
            position,
            kind: String::new(),
            name: String::new(),
            url: String::new(),
            account: String::new(),
            sender: String::new(),
            sealed: Vec::new(),
            cost: 0,
            changed_at: self.now(),
            failures: 0,
            broken_until: None,
            last_error: None,
            last_error_at: None,
            last_sent_at: None,
        }
    }
}
