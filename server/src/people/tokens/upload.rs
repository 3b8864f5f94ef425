//! Reading the file that came with tokens. Rows are written in transactions of a few hundred, so that a running server
//! gets its turn to write; a bad row stops nothing.

use std::io::Read;

use regain_app::outcome::Outcome;
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::form::FieldProblem;
use regain_core::hardware_token::{COLUMNS, TokenDetails, TypedToken};
use regain_core::limits::APPS_PER_USER;
use regain_core::role::Role;
use regain_core::secret::Secret;
use regain_store::{AuditRecord, HardwareToken, Tx, User};
use uuid::Uuid;

use super::{Actor, full};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::people::bulk_file::{BulkFile, BulkRow};
use crate::people::{NOT_ALLOWED, Refusal};
use crate::person;
use crate::security_info::authenticators;

const BATCH: usize = 250;
/// The columns that must be there; the last two only describe.
const REQUIRED: usize = 4;

/// A row that was not taken: its line in the file, from 1, and why.
pub type UploadedRow = (u64, FieldProblem);

/// How an upload ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uploaded {
    /// Tokens that are there now.
    pub done: usize,
    /// Rows that are not, in the order of the file.
    pub refused: Vec<UploadedRow>,
}

/// A row that can be read.
struct Row {
    line: u64,
    upn: String,
    token: TokenDetails,
}

impl Engine {
    /// Keeps a token for each row of Entra's file for hardware tokens. The same form again is led to `made`: that is
    /// kept with the first rows, so that of two servers one takes the file.
    pub(crate) async fn upload_tokens(
        &self,
        visit: &Visit,
        input: impl Read + Send,
        made: &Outcome,
    ) -> Result<Uploaded, Refusal> {
        let actor = &Actor::Administrator(visit);
        let unreadable = |_| Refusal::Problems(vec![FieldProblem::new("file", "token-file-unreadable")]);
        let mut file = BulkFile::open(input, COLUMNS.split_at(REQUIRED).0).map_err(unreadable)?;
        let mut report = Uploaded::default();
        let mut is_first = true;
        loop {
            let mut batch = Vec::with_capacity(BATCH);
            let mut refused = Vec::new();
            while batch.len() + refused.len() < BATCH
                && let Some(row) = file.next_row().map_err(unreadable)?
            {
                match row {
                    Err((line, code)) => refused.push((line, FieldProblem::new("", code))),
                    Ok(row) => match read(&row) {
                        Ok(row) => batch.push(row),
                        Err(problem) => refused.push((row.line, problem)),
                    },
                }
            }
            if batch.is_empty() && refused.is_empty() {
                return Ok(report);
            }
            let mut tx = self.store.write().await?;
            // Two uploads at once must not count one person's tokens side by side.
            tx.lock("hardware-tokens").await?;
            if std::mem::take(&mut is_first) {
                self.remember_made(&mut *tx, visit, made).await?;
            }
            report.done += self.keep_tokens(&mut *tx, actor, &batch, &mut refused).await?;
            tx.commit().await?;
            refused.sort_by_key(|(line, _)| *line);
            report.refused.append(&mut refused);
        }
    }

    async fn keep_tokens(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        batch: &[Row],
        refused: &mut Vec<UploadedRow>,
    ) -> Result<usize, Refusal> {
        let mut records = Vec::new();
        let mut done = 0;
        for row in batch {
            match self.keep_token(tx, actor, row, &mut records).await? {
                Ok(()) => done += 1,
                Err(problem) => refused.push((row.line, problem)),
            }
        }
        tx.append_all(&records).await?;
        Ok(done)
    }

    async fn keep_token(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        row: &Row,
        records: &mut Vec<AuditRecord>,
    ) -> Result<Result<(), FieldProblem>, Refusal> {
        let Some(user) = owner(tx, &row.upn).await? else {
            return Ok(Err(FieldProblem::new("upn", "token-user-unknown").with("upn", &row.upn)));
        };
        let roles: Vec<Role> = person::roles(tx, user.id).await?;
        if !actor.may_manage(&roles) {
            let record = audit::failure(service::METHODS, activity::ADMIN_UPDATED, NOT_ALLOWED).to(&user);
            records.push(actor.sign(self, record.detail("serial_number", row.token.serial.clone())));
            return Ok(Err(FieldProblem::new("upn", "token-user-forbidden").with("upn", &user.upn)));
        }
        if count(tx, user.id).await? >= APPS_PER_USER {
            return Ok(Err(full("upn")));
        }
        if !tx.add_token(&self.new_token_row(user.id, &row.token)).await? {
            let taken = FieldProblem::new("serial number", "token-serial-taken");
            return Ok(Err(taken.with("serial", &row.token.serial)));
        }
        records.push(self.token_record(actor, &user, "Hardware token uploaded", &row.token.serial));
        Ok(Ok(()))
    }

    fn new_token_row(&self, user_id: Uuid, token: &TokenDetails) -> HardwareToken {
        let id = self.new_id();
        HardwareToken {
            id,
            user_id,
            method_id: None,
            serial: token.serial.clone(),
            serial_key: token.serial_key.clone(),
            manufacturer: token.manufacturer.clone(),
            model: token.model.clone(),
            period: i64::from(token.period),
            sealed: Some(self.seal_seed(id, user_id, &token.seed)),
            drift: 0,
            created_at: self.now(),
        }
    }
}

fn read(row: &BulkRow<'_>) -> Result<Row, FieldProblem> {
    let typed = TypedToken {
        serial: row.cell("serial number"),
        secret: &Secret::from(row.cell("secret key")),
        interval: row.cell("time interval"),
        manufacturer: row.cell("manufacturer"),
        model: row.cell("model"),
    };
    let upn = row.cell("upn");
    if upn.is_empty() {
        return Err(FieldProblem::new("upn", "token-upn-empty"));
    }
    Ok(Row { line: row.line, upn: upn.to_owned(), token: typed.parse()? })
}

async fn owner(tx: &mut dyn Tx, upn: &str) -> regain_store::Result<Option<User>> {
    match Username::parse(upn) {
        Ok(name) => tx.user_by_key(name.key()).await,
        Err(_) => Ok(None),
    }
}

/// What the person has, and what waits to be activated.
async fn count(tx: &mut dyn Tx, user_id: Uuid) -> regain_store::Result<usize> {
    let waiting = tx.tokens_of(user_id).await?.iter().filter(|token| token.method_id.is_none()).count();
    Ok(waiting + authenticators(&tx.methods(user_id).await?, &tx.devices(user_id).await?))
}
