//! What there is to answer. Never the number: that is on the other screen.

use regain_app::pages::security_info::client::name as client_name;
use regain_app::text::{Locale, text};
use regain_store::{Device, PushRequest};
use serde::Serialize;

use super::{Refusal, broken};
use crate::audit::written;
use crate::engine::Engine;

/// A request, as the phone shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct OpenRequest {
    pub(crate) id: String,
    /// `reset`, `unlock`, `sign_in`, `register`.
    asked: String,
    /// The question in words.
    question: String,
    /// Address
    address: String,
    /// and browser of who asks.
    client: String,
    /// RFC 3339, UTC.
    at: String,
    /// Seconds until it is over.
    seconds: u64,
}

impl Engine {
    /// Oldest first.
    pub(crate) async fn open_requests(
        &self,
        device: &Device,
        locale: Locale,
    ) -> Result<Vec<OpenRequest>, Refusal> {
        let mut tx = self.store.read().await.map_err(broken)?;
        let requests = tx.device_requests(device, self.now()).await.map_err(broken)?;
        drop(tx);
        let organization = self.organization().await.name;
        Ok(requests.iter().map(|request| self.shown(request, locale, &organization)).collect())
    }

    fn shown(&self, request: &PushRequest, locale: Locale, organization: &str) -> OpenRequest {
        let key = format!("authenticator-asked-{}", request.asked.replace('_', "-"));
        OpenRequest {
            id: request.id.to_string(),
            asked: request.asked.clone(),
            question: text(locale, &key, &[("organization", organization.to_owned())]),
            address: request.address.clone(),
            client: client_name(locale, &request.client),
            at: written(request.created_at),
            seconds: request.expires_at.since(self.now()).as_secs(),
        }
    }
}
