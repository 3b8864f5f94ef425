//! How long records are kept. What is older is cut from the beginning of the chain, and a sealed mark says where it
//! begins since then.

use regain_core::form::FieldProblem;
use regain_core::policy::{Change, audit_field};
use regain_core::time::{Duration, Timestamp};
use regain_store::{AuditCut, Result, Tx};
use serde::{Deserialize, Serialize};

use super::verify::wrong;
use super::{activity, service, success};
use crate::audit::Build as _;
use crate::engine::Engine;
use crate::policy;

/// The name under which the setting is stored, and its name on the command line.
pub const SETTINGS: &str = audit_field::KEPT_DAYS;
/// Rows that are cut in one transaction: nobody waits long for it.
const BATCH: i64 = 500;
/// Transactions in one round; a log that was never cut is cut over many.
const ROUND: usize = 20;
const DAY: Duration = Duration::from_hours(24);
/// What the seal is for.
const SEAL: &str = "audit cut";
/// Who cuts.
const BY: &str = "regain";

/// For how many days a record is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeptDays(u32);

impl Default for KeptDays {
    fn default() -> Self {
        Self(365)
    }
}

impl KeptDays {
    /// Fewer would cut what a help desk still asks for; more is no retention.
    pub const ALLOWED: std::ops::RangeInclusive<u32> = 30..=3_650;

    /// A number of days as it is typed.
    pub fn parse(text: &str) -> std::result::Result<Self, FieldProblem> {
        let days = text.trim().parse().ok().filter(|days| Self::ALLOWED.contains(days));
        days.map(Self).ok_or_else(|| {
            FieldProblem::new(SETTINGS, "number-range")
                .with("min", Self::ALLOWED.start())
                .with("max", Self::ALLOWED.end())
        })
    }

    /// The change to another number, if it is another one.
    pub fn change_to(self, new: Self) -> Option<Change> {
        let (property, text) = (SETTINGS.to_owned(), |kept: Self| kept.0.to_string());
        (self != new).then(|| Change { property, old: text(self), new: text(new) })
    }

    /// The number.
    pub const fn days(self) -> u32 {
        self.0
    }

    fn time(self) -> Duration {
        DAY * self.0
    }
}

/// A mark that the key does not confirm: somebody who has the database alone wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forged;

impl Engine {
    /// Where the log begins, if anything was ever cut.
    pub async fn audit_cut(&self, tx: &mut dyn Tx) -> Result<std::result::Result<Option<AuditCut>, Forged>> {
        let Some(mark) = tx.audit_cut().await? else { return Ok(Ok(None)) };
        let sealed = self.open(SEAL, &[], &mark.seal);
        let is_ours = sealed.is_some_and(|sealed| sealed == content(&mark));
        Ok(if is_ours { Ok(Some(mark)) } else { Err(Forged) })
    }

    /// Cuts what is older than the setting says, by whole days, so that one record tells of each day's cut.
    pub async fn cut_audit(&self) -> Result<()> {
        let (kept, _): (KeptDays, i64) = policy::document(&mut *self.store.read().await?, SETTINGS).await?;
        let before = self.now().minus(kept.time());
        if !self.oldest_is_before(before.minus(DAY)).await? {
            return Ok(());
        }
        let mut cut = 0;
        for _ in 0..ROUND {
            let rows = self.cut_some(before).await?;
            cut += rows;
            if rows < BATCH {
                break;
            }
            tokio::task::yield_now().await;
        }
        if cut == 0 {
            return Ok(());
        }
        let mut record = success(service::DIRECTORY, activity::CUT_AUDIT)
            .because("Older than records are kept")
            .detail("records", cut)
            .detail("keptDays", kept.days());
        record.at = self.now();
        BY.clone_into(&mut record.actor_name);
        let mut tx = self.store.write().await?;
        tx.append(&record).await?;
        tx.commit().await
    }

    async fn oldest_is_before(&self, before: Timestamp) -> Result<bool> {
        let mut tx = self.store.read().await?;
        let after = tx.audit_cut().await?.map_or(0, |mark| mark.seq);
        Ok(tx.audit_chain(after, 1).await?.first().is_some_and(|row| row.record.at < before))
    }

    /// Cuts a batch, if it is as it was written: a cut must not hide that it was not. The newest row always stays.
    async fn cut_some(&self, before: Timestamp) -> Result<i64> {
        let mut tx = self.store.write().await?;
        tx.lock("audit").await?;
        let Ok(mark) = self.audit_cut(&mut *tx).await? else {
            tracing::error!(
                "the audit log's mark of a cut is forged: nothing is cut; see regain audit verify"
            );
            return Ok(0);
        };
        let (mut seq, mut hash, already) =
            mark.map_or((0, vec![0; 32], 0), |mark| (mark.seq, mark.hash, mark.rows));
        let rows = tx.audit_chain(seq, BATCH + 1).await?;
        let newest = rows.len().saturating_sub(1);
        let mut cut = 0;
        for row in rows.iter().take(newest).take_while(|row| row.record.at < before) {
            if let Some(why) = wrong(row, seq + 1, &hash) {
                tracing::error!(row = seq + 1, why, "the audit log is not as it was written: nothing is cut");
                return Ok(0);
            }
            (seq, hash, cut) = (row.seq, row.hash.clone(), cut + 1);
        }
        if cut > 0 {
            let mark = AuditCut {
                seq,
                hash,
                rows: already + cut,
                at: self.now(),
                cut_by: BY.to_owned(),
                seal: Vec::new(),
            };
            tx.cut_audit(&self.sealed(mark)).await?;
            tx.commit().await?;
        }
        Ok(cut)
    }

    /// Seals the mark with the current key, in a rotation.
    pub(crate) async fn reseal_audit_cut(&self) -> Result<()> {
        let mut tx = self.store.write().await?;
        tx.lock("audit").await?;
        if let Ok(Some(mark)) = self.audit_cut(&mut *tx).await? {
            tx.cut_audit(&self.sealed(mark)).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    fn sealed(&self, mark: AuditCut) -> AuditCut {
        let seal = self.seal(SEAL, &[], &content(&mark));
        AuditCut { seal, ..mark }
    }
}

/// All that the mark says.
fn content(mark: &AuditCut) -> Vec<u8> {
    let AuditCut { seq, hash, rows, at, cut_by, seal: _ } = mark;
    [&seq.to_be_bytes()[..], &rows.to_be_bytes(), &at.0.to_be_bytes(), hash, cut_by.as_bytes()].concat()
}
