//! The reverse proxies in front: who asks, by what the trusted ones say, and what of it cannot be read.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use http::HeaderMap;
use regain_core::network::{Source, Unreadable, client};
use regain_core::time::{Duration, Timestamp};
use regain_store::{Result, Tx};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::policy;

/// Other headers with addresses in them (`Forwarded`, `X-Real-IP`) are ignored: two sources could disagree.
const FORWARDED_FOR: &str = "x-forwarded-for";
const DOCUMENT: &str = "unreadable_addresses";
/// It is written down at most this often: the one who sends it must not fill the log.
const QUIET: Duration = Duration::from_mins(1);
/// The portal and `regain check` tell of it so long.
const TOLD: Duration = Duration::from_hours(24);

/// When a trusted proxy last named its client in words that cannot be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Noted {
    /// The proxy.
    pub proxy: IpAddr,
    /// What it said: printable, at most 64 characters.
    pub said: String,
    /// When.
    pub at: Timestamp,
}

/// What this process met, until a job has kept it.
#[derive(Debug, Default)]
pub struct ProxyNotes(Mutex<Notes>);

#[derive(Debug, Default)]
struct Notes {
    last: Option<Timestamp>,
    to_keep: Option<Noted>,
}

impl ProxyNotes {
    fn with<T>(&self, act: impl FnOnce(&mut Notes) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Engine {
    /// Who asks. A request whose peer is not known comes from nowhere that is trusted.
    pub fn source_of(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Source {
        let Some(peer) = peer else { return Source::Unknown };
        let lines = headers.get_all(FORWARDED_FOR).iter().map(http::HeaderValue::as_bytes);
        client(peer, lines, &self.config.trusted_proxies).unwrap_or_else(|unreadable| {
            self.note_unreadable(unreadable);
            Source::Unknown
        })
    }

    /// Tells the log. The database hears of it from a job: a request writes nothing for this.
    fn note_unreadable(&self, Unreadable { proxy, said }: Unreadable) {
        let at = self.now();
        let is_news = self.proxies.with(|notes| {
            let is_news = notes.last.is_none_or(|last| at.since(last) >= QUIET);
            if is_news {
                notes.last = Some(at);
                notes.to_keep = Some(Noted { proxy, said: said.clone(), at });
            }
            is_news
        });
        if is_news {
            tracing::warn!(%proxy, said, "a proxy sends a client’s address that cannot be read");
        }
    }

    /// Keeps what was met for the portal and for `regain check`.
    pub async fn keep_unreadable(&self) -> Result<()> {
        let Some(noted) = self.proxies.with(|notes| notes.to_keep.take()) else { return Ok(()) };
        let mut tx = self.store.write().await?;
        let (_, version): (Option<Noted>, i64) = policy::document(&mut *tx, DOCUMENT).await?;
        policy::save_document(&mut *tx, DOCUMENT, &noted, version, self.now()).await?;
        tx.commit().await
    }

    /// What was met in the last day, by any node.
    pub async fn unreadable(&self, tx: &mut dyn Tx) -> Result<Option<Noted>> {
        let (noted, _): (Option<Noted>, i64) = policy::document(tx, DOCUMENT).await?;
        Ok(noted.filter(|noted| self.now().since(noted.at) < TOLD))
    }
}
