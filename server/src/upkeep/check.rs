//! Whether an installation can work: configuration, key, database, channels.

use std::sync::Arc;

use regain_core::time::{Clock, Duration};
use regain_store::Store;

use super::single::database_file;
use crate::audit::written;
use crate::config::Config;
use crate::engine::Engine;
use crate::jobs::heartbeat;
use crate::messages::Channel;
use crate::proxies::Noted;
use crate::serve;

/// What a proxy did less than this ago it still does.
const STILL: Duration = Duration::from_hours(1);

/// How a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It works.
    Well,
    /// It is not set up, which may be meant.
    Absent,
    /// It does not work.
    Ill,
}

/// One part and what is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which part.
    pub part: &'static str,
    /// How it is.
    pub health: Health,
    /// What is to say: for an ill part, what to do.
    pub text: String,
}

fn found(part: &'static str, health: Health, text: impl Into<String>) -> Finding {
    Finding { part, health, text: text.into() }
}

/// Looks at every part. Changes nothing but the sign of life that a server writes, too.
pub async fn check(config: Config, clock: Arc<dyn Clock>) -> Vec<Finding> {
    let address = format!("listens on {}, known as {}", config.listen, config.public_url.origin());
    let mut findings = vec![found("configuration", Health::Well, address)];
    findings.push(mail(&config).await);
    findings.extend(database(config, clock).await);
    findings
}

async fn mail(config: &Config) -> Finding {
    match config.smtp() {
        None => found("mail", Health::Absent, "no mail server is named: REGAIN_SMTP_URL"),
        Some(Err(error)) => found("mail", Health::Ill, error.to_string()),
        Some(Ok(smtp)) => match smtp.check().await {
            Ok(()) => found("mail", Health::Well, "the mail server answers and accepts us"),
            Err(error) => found("mail", Health::Ill, error),
        },
    }
}

async fn database(config: Config, clock: Arc<dyn Clock>) -> Vec<Finding> {
    if database_file(&config).is_some_and(|file| !file.exists()) {
        return vec![found("database", Health::Absent, "there is none yet; `regain serve` makes it")];
    }
    let pending = match pending(&config).await {
        Ok(pending) => pending,
        Err(error) => return vec![found("database", Health::Ill, format!("{error:#}"))],
    };
    if pending > 0 {
        let text = match pending {
            1 => "1 migration is to be run; `regain migrate` runs it".to_owned(),
            _ => format!("{pending} migrations are to be run; `regain migrate` runs them"),
        };
        return vec![found("database", Health::Ill, text)];
    }
    match serve::open(config, false, false, clock).await {
        // The schema is right, so what is wrong is the key.
        Err(error) => vec![
            found("database", Health::Well, "it answers, and its schema is up to date"),
            found("key", Health::Ill, format!("{error:#}")),
        ],
        Ok(engine) => parts(&engine).await,
    }
}

/// The parts that an opened database lets look at.
pub async fn parts(engine: &Engine) -> Vec<Finding> {
    let (waiting, parked) = match engine.store.read().await {
        Ok(mut tx) => tx.outbox_counts().await.unwrap_or_default(),
        Err(_) => (0, 0),
    };
    let written = match heartbeat::beat(engine).await {
        Ok(()) => found("database", Health::Well, "it answers, takes writes, and its schema is up to date"),
        Err(error) => found("database", Health::Ill, format!("it can be read, but not written: {error}")),
    };
    let clock = match heartbeat::skew_text(&*engine.clock) {
        None => found("clock", Health::Well, "it agrees with what servers here saw"),
        Some(text) => found("clock", Health::Ill, text),
    };
    let text = format!("waiting messages: {waiting}; given up in the last day: {parked}");
    vec![
        written,
        clock,
        found("key", Health::Well, "it is the database's"),
        gateways(engine),
        proxies(engine).await,
        found("outbox", if parked > 0 { Health::Absent } else { Health::Well }, text),
    ]
}

/// Nothing is sent: a gateway is asked by *Send test* alone, because each message costs.
fn gateways(engine: &Engine) -> Finding {
    let rows: Vec<_> =
        [Channel::Sms, Channel::Voice].into_iter().flat_map(|channel| engine.gateways_of(channel)).collect();
    if rows.is_empty() {
        return found("gateways", Health::Absent, "none is set up: nobody can be texted or called");
    }
    let now = engine.now();
    let mut ill = Vec::new();
    for row in &rows {
        let state = match engine.gateway(row) {
            None => Some("its secret cannot be read; type it again under Channels".to_owned()),
            Some(_) if engine.outside.target(&row.url).is_err() => {
                Some("requests may not go to its address; see REGAIN_GATEWAY_NETWORKS".to_owned())
            }
            Some(_) if row.broken_until.is_some_and(|until| until > now) => row.last_error.clone(),
            Some(_) => None,
        };
        ill.extend(state.map(|state| format!("{}: {state}", row.name)));
    }
    if ill.is_empty() {
        found("gateways", Health::Well, format!("{} set up", rows.len()))
    } else {
        found("gateways", Health::Ill, ill.join("; "))
    }
}

/// What the running servers met. It was mended if it stopped: an hour later it is no failure any more.
async fn proxies(engine: &Engine) -> Finding {
    let noted = async { engine.unreadable(&mut *engine.store.read().await?).await };
    match noted.await {
        Ok(Some(Noted { proxy, said, at })) => {
            let health = if engine.now().since(at) < STILL { Health::Ill } else { Health::Absent };
            let when = written(at);
            let text = format!(
                "{proxy} sends clients’ addresses that cannot be read, last {when}: `{said}`; it must put the address, \
                 and nothing else, into X-Forwarded-For"
            );
            found("proxies", health, text)
        }
        Ok(None) if engine.config.trusted_proxies.is_empty() => {
            found("proxies", Health::Absent, "none is trusted: REGAIN_TRUSTED_PROXIES")
        }
        Ok(None) => found("proxies", Health::Well, "what they sent could be read"),
        Err(error) => found("proxies", Health::Ill, error.to_string()),
    }
}

async fn pending(config: &Config) -> anyhow::Result<usize> {
    let store = Store::open(config.database_url.expose()).await?;
    let pending = store.pending_migrations().await;
    store.close().await;
    Ok(pending?)
}
