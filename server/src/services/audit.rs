//! Implements [`AuditLog`].

mod download;
mod filter;
mod keeping;
mod shown;

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure};
use regain_app::services::audit::{AuditLog, AuditPage, Entry, RetentionView, Story, filter as name};
use regain_app::visit::Visit;
use regain_core::code::SupportCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::role::Right;
use regain_store::AuditFilter;

use super::failure;
use crate::audit::retention::{self, KeptDays};
use crate::audit::{activity, service};
use crate::engine::Engine;
use crate::policy;

pub(super) use download::{csv, json};

/// Rows on a page.
const PAGE: usize = 50;
/// Rows of one support code that are shown: more than any flow can make.
const STORY: usize = 500;

#[async_trait]
impl AuditLog for Engine {
    async fn page(&self, visit: &Visit) -> Result<AuditPage, Failure> {
        self.admin_gate(visit, Right::ReadAudit)?;
        let asked = filter::asked(visit);
        let before = visit.query_value(name::BEFORE).and_then(|before| before.parse().ok());
        let mut tx = self.store.read().await.map_err(failure)?;
        let (kept, _): (KeptDays, i64) =
            policy::document(&mut *tx, retention::SETTINGS).await.map_err(failure)?;
        let mut rows = if asked.form.is_refused() {
            Vec::new()
        } else {
            tx.audit_rows(&asked.filter, before.unwrap_or(i64::MAX), rows_and_one(PAGE))
                .await
                .map_err(failure)?
        };
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let older = rows.last().filter(|_| more).map(|last| filter::page_query(&asked.query, last.seq));
        Ok(AuditPage {
            entries: rows.iter().map(shown::entry).collect(),
            older,
            paged: before.is_some(),
            query: asked.query,
            form: asked.form,
            kept_days: kept.days(),
            services: service::ALL,
            activities: activity::ALL,
        })
    }

    async fn entry(&self, visit: &Visit, seq: &str) -> Result<Entry, Failure> {
        self.admin_gate(visit, Right::ReadAudit)?;
        let seq: i64 = seq.parse().ok().filter(|seq| *seq > 0).ok_or(Failure::NotFound)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let rows = tx.audit_chain(seq - 1, 1).await.map_err(failure)?;
        rows.first().filter(|row| row.seq == seq).map(shown::entry).ok_or(Failure::NotFound)
    }

    async fn retention(&self, visit: &Visit) -> Result<RetentionView, Failure> {
        keeping::read(self, visit).await
    }

    async fn save_retention(&self, visit: &Visit, version: &str, typed: FormState) -> Answer {
        keeping::save(self, visit, version, typed).await
    }

    async fn story(&self, visit: &Visit) -> Result<Story, Failure> {
        self.support_gate(visit)?;
        let typed = visit.query_value(name::CODE).unwrap_or_default();
        if typed.trim().is_empty() {
            return Ok(Story::default());
        }
        let form = FormState::default().with_value(name::CODE, typed.as_str());
        let Some(code) = SupportCode::parse(&typed) else {
            let problem = FieldProblem::new(name::CODE, "support-code-malformed");
            return Ok(Story { form: form.with_problem(problem), ..Story::default() });
        };
        let code = code.as_str().to_owned();
        let filter = AuditFilter { correlation: code.clone(), ..AuditFilter::default() };
        let mut tx = self.store.read().await.map_err(failure)?;
        let mut rows = tx.audit_rows(&filter, i64::MAX, rows_and_one(STORY)).await.map_err(failure)?;
        let more = rows.len() > STORY;
        rows.truncate(STORY);
        let entries = rows.iter().rev().map(shown::without_values).collect();
        Ok(Story { form, code, entries, more })
    }
}

impl Engine {
    /// Lets pass who may look a support code up: the help desk, and who may read the whole log.
    fn support_gate(&self, visit: &Visit) -> Result<(), Failure> {
        let right =
            if visit.may(Right::ReadSupportCodes) { Right::ReadSupportCodes } else { Right::ReadAudit };
        self.admin_gate(visit, right).map(|_| ())
    }
}

/// One more than is shown tells whether there are more.
fn rows_and_one(rows: usize) -> i64 {
    i64::try_from(rows + 1).unwrap_or(i64::MAX)
}
