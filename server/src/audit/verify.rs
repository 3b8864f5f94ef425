//! Whether the audit log is as it was written.

use regain_store::{AuditRow, Result};

use super::export::hex;
use crate::engine::Engine;

/// Rows that are read at once.
const BATCH: i64 = 1_000;

/// The end of a chain: kept elsewhere, it tells later whether rows before it were changed or rows after it removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Number of the last row; 0 for an empty log.
    pub seq: i64,
    /// Its hash, in hexadecimal; empty for an empty log.
    pub hash: String,
}

impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl std::str::FromStr for Head {
    type Err = &'static str;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        const SHAPE: &str = "a head is a number, a colon and a hash, as `regain audit verify` prints it";
        let (seq, hash) = text.trim().split_once(':').ok_or(SHAPE)?;
        let seq = seq.parse().map_err(|_| SHAPE)?;
        Ok(Self { seq, hash: hash.to_owned() })
    }
}

/// What the check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written.
    Whole(Head),
    /// The first row that is not.
    Broken {
        /// Its number, or the number that is missing.
        seq: i64,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl Engine {
    /// Checks the whole chain, from where it was last cut on, and, if one is given, that it still runs through a head
    /// that was kept elsewhere. A head that is older than the cut cannot be compared.
    pub async fn verify_audit(&self, kept: Option<&Head>) -> Result<Verdict> {
        let (mut head, mut previous) = match self.beginning().await? {
            Ok(beginning) => beginning,
            Err(broken) => return Ok(broken),
        };
        if kept.is_some_and(|kept| kept.seq == head.seq && head.seq > 0 && *kept != head) {
            return Ok(Verdict::Broken { seq: head.seq, why: "it differs from the head that was kept" });
        }
        loop {
            let rows = self.store.read().await?.audit_chain(head.seq, BATCH).await?;
            for row in &rows {
                if let Some(why) = wrong(row, head.seq + 1, &previous) {
                    return Ok(Verdict::Broken { seq: head.seq + 1, why });
                }
                head = Head { seq: row.seq, hash: hex(&row.hash) };
                if kept.is_some_and(|kept| kept.seq == head.seq && *kept != head) {
                    return Ok(Verdict::Broken {
                        seq: head.seq,
                        why: "it differs from the head that was kept",
                    });
                }
                previous.clone_from(&row.hash);
            }
            if rows.is_empty() {
                break;
            }
        }
        match kept {
            Some(kept) if kept.seq > head.seq => Ok(Verdict::Broken {
                seq: head.seq + 1,
                why: "it was there when the head was kept, and is gone",
            }),
            _ => Ok(Verdict::Whole(head)),
        }
    }

    /// What the first row that is there continues.
    async fn beginning(&self) -> Result<std::result::Result<(Head, Vec<u8>), Verdict>> {
        let mut tx = self.store.read().await?;
        let Ok(mark) = self.audit_cut(&mut *tx).await? else {
            return Ok(Err(Verdict::Broken { seq: 1, why: "the mark of a cut before it is forged" }));
        };
        let Some(mark) = mark else { return Ok(Ok((Head::default(), vec![0; 32]))) };
        let first = tx.audit_chain(0, 1).await?.first().map(|row| row.seq);
        Ok(match first {
            Some(seq) if seq <= mark.seq => {
                Err(Verdict::Broken { seq, why: "it was cut, and is there again" })
            }
            _ => Ok((Head { seq: mark.seq, hash: hex(&mark.hash) }, mark.hash)),
        })
    }

    /// The end of the chain.
    pub async fn audit_head(&self) -> Result<Head> {
        let rows = self.store.read().await?.audit_rows(&Default::default(), i64::MAX, 1).await?;
        Ok(rows.first().map(|row| Head { seq: row.seq, hash: hex(&row.hash) }).unwrap_or_default())
    }
}

/// What is wrong with a row in this place.
pub(super) fn wrong(row: &AuditRow, seq: i64, previous: &[u8]) -> Option<&'static str> {
    if row.seq != seq {
        return Some("it is missing");
    }
    if row.previous != previous {
        return Some("it does not continue the row before it");
    }
    (row.hash != row.expected_hash()).then_some("it was changed")
}
