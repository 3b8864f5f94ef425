//! Implements [`Reports`]: *This wasn’t me*, behind the links of mails.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use regain_app::outcome::{Answer, Failure, Outcome, ended};
use regain_app::pages::report::{DONE, OVER, START};
use regain_app::services::Services;
use regain_app::services::report::{ReportView, Reports};
use regain_app::visit::Visit;
use regain_store::{ReportLink, Result, Tx};

use super::failure;
use crate::account_key::account_key;
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::report::mail::undo_of;
use crate::report::{About, Report};
use crate::verification::Purpose;

/// `POST /report/{token}`. The address is all that counts: nothing of the form is read, and no cookie is needed.
pub(super) async fn post(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    Extension(services): Extension<Services>,
) -> Response {
    let token = visit.path.strip_prefix(START).unwrap_or_default();
    let answer = engine.report(&visit, token).await;
    ended(answer, &*services.cookies, &visit.path).into_response()
}

#[async_trait]
impl Reports for Engine {
    async fn report_page(&self, token: &str) -> std::result::Result<Option<ReportView>, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        let link = tx.report_link(&token_hash(token)).await.map_err(failure)?;
        Ok(link.filter(|link| self.works(link)).map(|link| {
            let undo = undo_of(&link.kind, link.created_at);
            ReportView {
                at: link.created_at,
                ends_sessions: undo.is_some(),
                ends_password: undo.is_some_and(|undo| undo.password),
                kind: link.kind,
            }
        }))
    }

    async fn report(&self, visit: &Visit, token: &str) -> Answer {
        // Whoever guesses is refused by reading alone.
        let mut tx = self.store.read().await.map_err(failure)?;
        let link = tx.report_link(&token_hash(token)).await.map_err(failure)?;
        drop(tx);
        // Pressed twice: it leads where it led.
        if link.as_ref().is_some_and(|link| link.used_at.is_some()) {
            return Ok(Outcome::go(DONE));
        }
        let Some(link) = link.filter(|link| self.works(link)) else { return Ok(Outcome::go(OVER)) };
        let mut tx = self.store.write().await.map_err(failure)?;
        self.report_linked(&mut *tx, visit, &link).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(DONE))
    }
}

impl Engine {
    /// Whether a link still reports something.
    fn works(&self, link: &ReportLink) -> bool {
        link.used_at.is_none() && link.expires_at > self.now()
    }

    /// Reports what a link is about, unless another server did so meanwhile.
    async fn report_linked(&self, tx: &mut dyn Tx, visit: &Visit, link: &ReportLink) -> Result<()> {
        let Some(user) = tx.user(link.user_id).await? else { return Ok(()) };
        self.lock_account(tx, &account_key(&self.keys, &user.upn_key)).await?;
        if !tx.use_report_link(&link.token_hash, self.now()).await? {
            return Ok(());
        }
        let address = visit.address.to_string();
        let report = Report {
            visit: Some(visit),
            locale: visit.locale.tag(),
            support_code: &link.support_code,
            purpose: Purpose::Recovery,
            about: About::Mail(&link.kind),
            address: &address,
            client: &visit.client,
            told: false,
            undo: undo_of(&link.kind, link.created_at),
        };
        self.end_reported_account(tx, &user, &report).await
    }
}
