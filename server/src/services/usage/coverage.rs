//! How many people can help themselves: counted by the rules that decide about each, not by rules of its own.

use regain_app::services::usage::Coverage;
use regain_core::method::Method;
use regain_core::time::{Duration, Timestamp};
use regain_store::{Page, Result, UserFilter};
use serde::{Deserialize, Serialize};

use super::roster;
use crate::engine::Engine;
use crate::person::Rules;
use crate::policy;

/// The name under which the last count is stored.
const SETTINGS: &str = "coverage";
/// People who are read at once.
const BATCH: i64 = 1_000;
/// Another node's count is as good as one's own for this long.
const FRESH: Duration = Duration::from_mins(9);

/// The document `coverage`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Counted {
    at: Timestamp,
    users: u64,
    enabled: u64,
    registered: u64,
    capable: u64,
    methods: Vec<(Method, u64)>,
}

/// The numbers to show: where people are few they are counted now, else as the job last counted them.
pub(super) async fn latest(engine: &Engine) -> Result<Option<Coverage>> {
    let mut tx = engine.store.read().await?;
    let few = tx.count_users(&UserFilter::default(), BATCH + 1).await? <= BATCH;
    let (known, version): (Counted, i64) = policy::document(&mut *tx, SETTINGS).await?;
    drop(tx);
    let counted = if few {
        count_all(engine).await?
    } else if version == 0 {
        return Ok(None);
    } else {
        known
    };
    let Counted { at, users, enabled, registered, capable, methods } = counted;
    Ok(Some(Coverage { at, users, enabled, registered, capable, methods }))
}

/// Counts and keeps the numbers, unless that was just done.
pub(crate) async fn count(engine: &Engine) -> Result<()> {
    let mut tx = engine.store.read().await?;
    let (known, version): (Counted, i64) = policy::document(&mut *tx, SETTINGS).await?;
    drop(tx);
    if version > 0 && engine.now().since(known.at) < FRESH {
        return Ok(());
    }
    let counted = count_all(engine).await?;
    let mut tx = engine.store.write().await?;
    tx.lock(SETTINGS).await?;
    let (_, version): (Counted, i64) = policy::document(&mut *tx, SETTINGS).await?;
    policy::save_document(&mut *tx, SETTINGS, &counted, version, engine.now()).await?;
    tx.commit().await
}

async fn count_all(engine: &Engine) -> Result<Counted> {
    let mut counted = Counted { at: engine.now(), ..Counted::default() };
    counted.methods = Method::LISTED.map(|method| (method, 0)).into();
    let mut after = String::new();
    loop {
        // A reader for each batch: a long count holds none open.
        let mut tx = engine.store.read().await?;
        let users = tx.users(&UserFilter::default(), &Page { after, limit: BATCH }).await?;
        let Some(last) = users.last() else { return Ok(counted) };
        after = last.upn_key.clone();
        let rules = Rules::load(engine, &mut *tx).await?;
        for person in roster::people(&mut *tx, &rules, users).await? {
            counted.add(&roster::row(&person));
        }
    }
}

impl Counted {
    fn add(&mut self, row: &regain_app::services::usage::RegistrationRow) {
        self.users += 1;
        self.enabled += u64::from(row.enabled);
        self.registered += u64::from(row.registered);
        self.capable += u64::from(row.capable);
        for (method, people) in &mut self.methods {
            *people += u64::from(row.methods.contains(method));
        }
    }
}
