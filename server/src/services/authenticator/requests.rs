//! What there is to answer, and what was approved lately. Never the number: that is on the other screen.

use regain_app::pages::security_info::client::name as client_name;
use regain_app::text::text;
use regain_app::visit::Visit;
use regain_core::authenticator::Asked;
use regain_core::limits::PUSH_APPROVED_REPORT_LIFE;
use regain_core::network::Source;
use regain_store::{Device, PushRequest, Tx};
use serde::Serialize;

use super::report::can_be_reported;
use super::{Refusal, broken};
use crate::audit::written;
use crate::browser;
use crate::engine::Engine;
use crate::services::Next;

/// A request, as the phone shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct OpenRequest {
    pub(crate) id: String,
    /// `reset`, `unlock`, `sign_in`, `register`.
    asked: String,
    /// The question in words.
    question: String,
    /// The account that it is about.
    account: String,
    /// Who asks: the address,
    address: String,
    /// what that tells of the network, if anything,
    network: String,
    /// browser and system,
    client: String,
    /// and whether it is this phone, as far as cookies show it.
    place: String,
    /// RFC 3339, UTC.
    at: String,
    /// Seconds until it is over.
    seconds: u64,
    /// What the field for the number is called.
    number_label: String,
    /// What nobody ever asks for.
    warning: String,
}

/// A request that was approved, for as long as it can still be reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ApprovedRequest {
    id: String,
    /// What was approved, in words.
    title: String,
    account: String,
    address: String,
    client: String,
    /// When: RFC 3339, UTC.
    at: String,
    /// `choose`: the new password is chosen on this phone now; `wait`: it will be, after other gates. Nothing otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'static str>,
    /// The same in words.
    next_text: String,
}

impl Engine {
    /// Oldest first.
    pub(crate) async fn open_requests(
        &self,
        device: &Device,
        visit: &Visit,
    ) -> Result<Vec<OpenRequest>, Refusal> {
        let mut tx = self.store.read().await.map_err(broken)?;
        let requests = tx.device_requests(device, self.now()).await.map_err(broken)?;
        let user = tx.user(device.user_id).await.map_err(broken)?;
        drop(tx);
        let words = self.words(device, visit, user.map(|user| user.upn).unwrap_or_default()).await;
        Ok(requests.iter().map(|request| self.shown(request, &words)).collect())
    }

    /// What this person's phones approved and can still say *It wasn’t me* to, newest first.
    pub(crate) async fn approved_requests(
        &self,
        device: &Device,
        visit: &Visit,
    ) -> Result<Vec<ApprovedRequest>, Refusal> {
        if device.method_id.is_none() {
            return Ok(Vec::new());
        }
        let now = self.now();
        let mut tx = self.store.read().await.map_err(broken)?;
        let since = now.minus(PUSH_APPROVED_REPORT_LIFE);
        let mut requests = tx.approved_push_requests(device.user_id, since).await.map_err(broken)?;
        requests.retain(|request| can_be_reported(request, now));
        let user = tx.user(device.user_id).await.map_err(broken)?;
        let mut next = Vec::new();
        for request in &requests {
            next.push(self.next_of(&mut *tx, request, device).await.map_err(broken)?);
        }
        drop(tx);
        let words = self.words(device, visit, user.map(|user| user.upn).unwrap_or_default()).await;
        let with_next = requests.iter().zip(next);
        Ok(with_next.map(|(request, next)| approved(request, next, &words)).collect())
    }

    /// What this phone is to do next about the reset that it approved.
    async fn next_of(
        &self,
        tx: &mut dyn Tx,
        request: &PushRequest,
        device: &Device,
    ) -> regain_store::Result<Option<Next>> {
        if request.answered_by != Some(device.id) {
            return Ok(None);
        }
        let challenge = tx.challenge_by_id(request.challenge_id).await?;
        match challenge.and_then(|challenge| challenge.flow_id) {
            Some(flow_id) => self.next_on_phone(tx, flow_id, device).await,
            None => Ok(None),
        }
    }

    async fn words<'a>(&self, device: &'a Device, visit: &'a Visit, account: String) -> Words<'a> {
        Words { device, visit, account, organization: self.organization().await.name }
    }

    fn shown(&self, request: &PushRequest, words: &Words<'_>) -> OpenRequest {
        let is_call = request.asked == Asked::HelpDesk.as_str();
        let of_reset = [Asked::Reset, Asked::Unlock, Asked::Drill].map(Asked::as_str);
        let on = if of_reset.contains(&request.asked.as_str()) { "reset" } else { "other" };
        OpenRequest {
            id: request.id.to_string(),
            asked: request.asked.clone(),
            question: words.of_asked("asked", request),
            account: words.account.clone(),
            address: request.address.clone(),
            network: words.network(request),
            client: client_name(words.visit.locale, &request.client),
            place: words.place(request),
            at: written(request.created_at),
            seconds: request.expires_at.since(self.now()).as_secs(),
            number_label: words.text(&format!("authenticator-number-{on}")),
            warning: words.text(if is_call { "authenticator-warning-call" } else { "authenticator-warning" }),
        }
    }
}

fn approved(request: &PushRequest, next: Option<Next>, words: &Words<'_>) -> ApprovedRequest {
    let next = next.map(Next::as_str);
    ApprovedRequest {
        id: request.id.to_string(),
        title: words.of_asked("did", request),
        account: words.account.clone(),
        address: request.address.clone(),
        client: client_name(words.visit.locale, &request.client),
        at: written(request.answered_at.unwrap_or(request.created_at)),
        next,
        next_text: next.map(|next| words.text(&format!("authenticator-next-{next}"))).unwrap_or_default(),
    }
}

/// What requests are told with.
struct Words<'a> {
    device: &'a Device,
    visit: &'a Visit,
    account: String,
    organization: String,
}

impl Words<'_> {
    fn text(&self, key: &str) -> String {
        text(self.visit.locale, key, &[("organization", self.organization.clone())])
    }

    fn of_asked(&self, stem: &str, request: &PushRequest) -> String {
        self.text(&format!("authenticator-{stem}-{}", request.asked.replace('_', "-")))
    }

    /// The same address is the same network. Another one tells nothing: a phone has two networks itself. Neither do two
    /// that are unknown.
    fn network(&self, request: &PushRequest) -> String {
        let here = self.visit.address;
        let same = here != Source::Unknown && here.to_string() == request.address;
        if same { self.text("authenticator-network-same") } else { String::new() }
    }

    /// By cookies alone: a browser without one may be anywhere.
    fn place(&self, request: &PushRequest) -> String {
        let here = browser::of(self.visit).or_else(|| self.device.browser.clone());
        let key = match (here, &request.browser) {
            (Some(here), Some(asking)) if here == *asking => "this",
            (Some(_), Some(_)) => "other",
            _ => "unknown",
        };
        self.text(&format!("authenticator-place-{key}"))
    }
}
