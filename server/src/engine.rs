//! What every use case needs, made once at start.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use regain_channels::{Outside, Smtp, WebPush};
use regain_core::contact::EmailAddress;
use regain_core::entropy::Entropy;
use regain_core::secret::Secret;
use regain_core::time::{Clock, Timestamp};
use regain_directory::Hasher;
use regain_store::Store;
use tokio::sync::{Semaphore, watch};
use uuid::Uuid;

use crate::ambient;
use crate::authenticator::Streams;
use crate::captcha::Drawings;
use crate::config::Config;
use crate::crypto::{self, Keys};
use crate::forms::Turns;
use crate::gateways::GatewayCache;
use crate::metrics::Metrics;
use crate::organization::OrganizationCache;
use crate::passkeys::RelyingParty;
use crate::proxies::ProxyNotes;
use crate::refusals::Refusals;

/// Downloads at once: each reads the database for as long as its client takes.
const DOWNLOADS: usize = 2;

/// The server's state.
pub struct Engine {
    /// What is set from outside.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// Keys, outside the database.
    pub keys: Keys,
    /// Passwords.
    pub hasher: Hasher,
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Whether this is demo mode.
    pub demo: bool,
    /// Mail; `None` until a server is set up.
    mail: Option<Smtp>,
    /// Push messages to authenticators.
    pub web_push: Option<WebPush>,
    /// Passkeys; `None` where the public address has no name.
    pub relying_party: Option<RelyingParty>,
    /// Authenticators that listen at the moment.
    pub streams: Streams,
    /// Gateways of text messages and calls, kept for a moment.
    pub gateways: GatewayCache,
    /// Where requests to gateways may go.
    pub outside: Arc<Outside>,
    /// Forms that are being answered at the moment.
    pub forms: Turns,
    /// What every page shows, kept for a moment.
    pub organization: OrganizationCache,
    /// What proxies said that cannot be read.
    pub proxies: ProxyNotes,
    /// Refusals that are written down together.
    pub refusals: Refusals,
    /// Pictures and sounds of CAPTCHAs that are being drawn.
    pub drawings: Drawings,
    /// Counters for monitoring.
    pub metrics: Metrics,
    /// Places of downloads that are under way.
    pub downloads: Arc<Semaphore>,
    /// Whether the server stops: what has no end by itself ends then.
    pub stopping: watch::Sender<bool>,
    /// Whether jobs write a sign of life every few seconds.
    pub beats: AtomicBool,
    /// Whether it was told that this machine's clock is off.
    pub skew_told: AtomicBool,
}

impl Engine {
    /// Puts the parts together.
    pub fn new(
        config: Config,
        store: Store,
        keys: Keys,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        demo: bool,
    ) -> Arc<Self> {
        let permits = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let hasher = Hasher::new(keys.peppers(), permits);
        let organization = OrganizationCache::default();
        let mail = mail(&config);
        let (gateways, outside) = (GatewayCache::default(), Arc::new(config.outside.clone()));
        let web_push = web_push(&config, &keys);
        let relying_party = RelyingParty::new(&config.public_url);
        let streams = Streams::default();
        let (forms, refusals, metrics) = (Turns::default(), Refusals::default(), Metrics::default());
        Arc::new(Self {
            config,
            store,
            keys,
            hasher,
            clock,
            entropy,
            demo,
            mail,
            web_push,
            relying_party,
            streams,
            gateways,
            outside,
            forms,
            organization,
            proxies: ProxyNotes::default(),
            refusals,
            drawings: Drawings::default(),
            metrics,
            downloads: Arc::new(Semaphore::new(DOWNLOADS)),
            stopping: watch::Sender::new(false),
            beats: AtomicBool::new(false),
            skew_told: AtomicBool::new(false),
        })
    }

    /// The way out for mail.
    pub fn mail(&self) -> Option<&Smtp> {
        self.mail.as_ref()
    }

    /// Whether mail to an address can leave at all, as far as the mail server told. What is no address is for others to
    /// judge.
    pub async fn mail_takes(&self, address: &str) -> bool {
        match (&self.mail, EmailAddress::parse(address)) {
            (Some(mail), Ok(address)) if !self.demo => mail.takes(address.local(), self.now()).await,
            _ => true,
        }
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A fresh row id.
    pub fn new_id(&self) -> Uuid {
        ambient::new_id(self.now(), &*self.entropy)
    }

    /// A fresh token for a cookie.
    pub fn new_token(&self) -> Secret {
        crypto::new_token(&*self.entropy)
    }

    /// A fresh token for a link in a mail.
    pub fn new_link_token(&self) -> Secret {
        crypto::new_link_token(&*self.entropy)
    }

    /// Fresh salt.
    pub fn new_salt(&self) -> [u8; 16] {
        let mut salt = [0; 16];
        self.entropy.fill(&mut salt);
        salt
    }

    /// Seals a row's column; see [`Keys::seal`].
    pub fn seal(&self, purpose: &str, row: &[u8], plain: &[u8]) -> Vec<u8> {
        self.keys.seal(purpose, row, plain, &*self.entropy)
    }

    /// Opens a row's column.
    pub fn open(&self, purpose: &str, row: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        self.keys.open(purpose, row, sealed)
    }
}

/// Push services want to know whom to ask when something is wrong with what we send.
fn web_push(config: &Config, keys: &Keys) -> Option<WebPush> {
    let from = config.mail_from.clone().unwrap_or_else(|| format!("regain@{}", config.public_url.host()));
    let (services, proxy) = (config.push_services.clone(), config.outside.proxy.clone());
    WebPush::new(keys.push(), &format!("mailto:{from}"), services, proxy)
}

/// The configuration was checked at start, so a bad address is not met here.
fn mail(config: &Config) -> Option<Smtp> {
    let smtp = config.smtp()?;
    smtp.inspect_err(|error| tracing::error!(%error, "mail cannot be sent")).ok()
}
