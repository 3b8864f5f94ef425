//! Where to wake a phone.

use data_encoding::BASE64URL_NOPAD;
use regain_channels::{PushTo, WebPush};
use regain_store::{Device, Subscription};
use serde::Deserialize;

use super::{Refusal, broken};
use crate::engine::Engine;

/// Longer than any push service's addresses.
const LONGEST: usize = 2_048;

/// A subscription as browsers write it; without an address it is given up.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct SubscribeForm {
    #[serde(default)]
    endpoint: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    auth: String,
}

impl SubscribeForm {
    fn read(self, web_push: &WebPush) -> Option<Subscription> {
        let decoded = |text: &str| BASE64URL_NOPAD.decode(text.trim_end_matches('=').as_bytes()).ok();
        let (key, auth) = (decoded(&self.key)?, decoded(&self.auth)?);
        let to = PushTo { endpoint: self.endpoint, key, auth };
        let takes = to.endpoint.len() <= LONGEST && web_push.takes(&to);
        takes.then_some(Subscription { endpoint: to.endpoint, key: to.key, auth: to.auth })
    }
}

impl Engine {
    /// Keeps it in the place of an earlier one; none is kept while nobody is woken.
    pub(crate) async fn subscribe(&self, device: &Device, form: SubscribeForm) -> Result<(), Refusal> {
        let subscription = match &self.web_push {
            Some(web_push) if !form.endpoint.is_empty() => {
                Some(form.read(web_push).ok_or(Refusal::Malformed)?)
            }
            _ => None,
        };
        let mut tx = self.store.write().await.map_err(broken)?;
        let wakes = self.wakes_phones(&mut *tx).await.map_err(broken)?;
        tx.set_subscription(device.id, subscription.as_ref().filter(|_| wakes)).await.map_err(broken)?;
        tx.commit().await.map_err(broken)
    }
}
