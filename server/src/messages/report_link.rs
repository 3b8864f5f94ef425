//! The link of a mail by which people say that what was done to their account was not them.

use regain_app::pages::report;
use regain_core::limits::REPORT_LINK_LIFE;
use regain_core::secret::Secret;
use regain_core::template::Kind;
use regain_store::{ReportLink, Result, Tx};
use uuid::Uuid;

use super::Notice;
use crate::crypto::token_hash;
use crate::engine::Engine;

impl Engine {
    /// Makes the link of a notice: the end of its address. `None` where there is nothing to report, or nobody to tell.
    pub(super) async fn make_report_link(
        &self,
        tx: &mut dyn Tx,
        user_id: Uuid,
        notice: &Notice<'_>,
    ) -> Result<Option<Secret>> {
        let can_be = Kind::named(notice.template).is_some_and(Kind::reportable);
        if !can_be || notice.to.is_empty() {
            return Ok(None);
        }
        let (token, now) = (self.new_link_token(), self.now());
        let link = ReportLink {
            token_hash: token_hash(token.expose()),
            user_id,
            kind: notice.template.to_owned(),
            support_code: notice.support_code.to_owned(),
            created_at: now,
            expires_at: now.plus(REPORT_LINK_LIFE),
            used_at: None,
        };
        tx.add_report_link(&link).await?;
        Ok(Some(token))
    }

    /// The whole address.
    pub(crate) fn report_address(&self, token: &str) -> String {
        self.config.public_url.link(&report::path_of(token))
    }
}
