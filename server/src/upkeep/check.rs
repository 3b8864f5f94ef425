//! Whether an installation can work: configuration, key, database, channels.

use std::sync::Arc;

use regain_core::time::Clock;
use regain_store::Store;

use super::single::database_file;
use crate::config::Config;
use crate::serve;

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

/// Looks at every part. Changes nothing.
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
        let text = format!("{pending} migrations are to be run; `regain migrate` runs them");
        return vec![found("database", Health::Ill, text)];
    }
    match serve::open(config, false, false, clock).await {
        // The schema is right, so what is wrong is the key.
        Err(error) => vec![
            found("database", Health::Well, "it answers, and its schema is up to date"),
            found("key", Health::Ill, format!("{error:#}")),
        ],
        Ok(engine) => {
            let (waiting, parked) = match engine.store.read().await {
                Ok(mut tx) => tx.outbox_counts().await.unwrap_or_default(),
                Err(_) => (0, 0),
            };
            let text = format!("{waiting} messages wait, {parked} were given up in the last day");
            vec![
                found("database", Health::Well, "it answers, and its schema is up to date"),
                found("key", Health::Well, "it is the database's"),
                found("outbox", if parked > 0 { Health::Absent } else { Health::Well }, text),
            ]
        }
    }
}

async fn pending(config: &Config) -> anyhow::Result<usize> {
    let store = Store::open(config.database_url.expose()).await?;
    let pending = store.pending_migrations().await;
    store.close().await;
    Ok(pending?)
}
