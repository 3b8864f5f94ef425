//! How many people are in scope, registered, ready: counted by what decides about each, not by rules of its own. The
//! overview, the tabs and the report show these numbers and no others.

use regain_app::services::usage::Covered;
use regain_core::coverage::Coverage;
use regain_core::method::Method;
use regain_core::time::{Duration, Timestamp};
use regain_store::{Page, Result, UserFilter};
use serde::{Deserialize, Serialize};

use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::person::{Person, Rules};
use crate::policy;
use crate::roster;

/// The name under which the last count is stored.
const SETTINGS: &str = "coverage";
/// People who are read at once. So many are counted whenever somebody looks.
const BATCH: i64 = 1_000;
/// So many are counted while somebody waits who looks before the job has come by after a change of a policy.
const WAITED_FOR: i64 = 20_000;
/// Another node's count is as good as one's own for this long.
const FRESH: Duration = Duration::from_mins(9);

/// The document `coverage`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Counted {
    at: Timestamp,
    /// What held when it was counted.
    under: String,
    users: u64,
    in_scope: u64,
    registered: u64,
    ready: u64,
    methods: Vec<(Method, u64)>,
}

/// The numbers to show, under the policies in force: where people are few they are counted now, else as the job last
/// counted them. `None`: a policy changed since, and the many people are being counted.
pub(crate) async fn latest(engine: &Engine) -> Result<Option<Covered>> {
    let mut tx = engine.store.read().await?;
    let users = tx.count_users(&UserFilter::default(), WAITED_FOR + 1).await?;
    let (known, _): (Counted, i64) = policy::document(&mut *tx, SETTINGS).await?;
    let holds = known.under == fingerprint(&Rules::load(engine, &mut *tx).await?);
    drop(tx);
    let counted = if users <= BATCH {
        count_all(engine).await?
    } else if holds {
        known
    } else if users <= WAITED_FOR {
        // Kept, so that the next who looks need not wait.
        count(engine).await?;
        let mut tx = engine.store.read().await?;
        policy::document(&mut *tx, SETTINGS).await?.0
    } else {
        return Ok(None);
    };
    let Counted { at, users, in_scope, registered, ready, methods, .. } = counted;
    Ok(Some(Covered { at, users, in_scope, registered, ready, methods }))
}

/// Counts and keeps the numbers, unless that was just done and nothing changed since.
pub(crate) async fn count(engine: &Engine) -> Result<()> {
    let mut tx = engine.store.read().await?;
    let (known, version): (Counted, i64) = policy::document(&mut *tx, SETTINGS).await?;
    let holds = known.under == fingerprint(&Rules::load(engine, &mut *tx).await?);
    drop(tx);
    if version > 0 && holds && engine.now().since(known.at) < FRESH {
        return Ok(());
    }
    let counted = count_all(engine).await?;
    let mut tx = engine.store.write().await?;
    tx.lock(SETTINGS).await?;
    let (_, version): (Counted, i64) = policy::document(&mut *tx, SETTINGS).await?;
    policy::save_document(&mut *tx, SETTINGS, &counted, version, engine.now()).await?;
    tx.commit().await
}

/// Tells whether anything that decides about everybody has changed: a policy, or what works here.
fn fingerprint(rules: &Rules<'_>) -> String {
    data_encoding::HEXLOWER.encode(&token_hash(&rules.as_text()))
}

async fn count_all(engine: &Engine) -> Result<Counted> {
    let mut counted = Counted { at: engine.now(), ..Counted::default() };
    counted.methods = Method::LISTED.map(|method| (method, 0)).into();
    let mut after = String::new();
    loop {
        // A reader for each batch: a long count holds none open.
        let mut tx = engine.store.read().await?;
        let users = tx.users(&UserFilter::default(), &Page { after, limit: BATCH }).await?;
        let rules = Rules::load(engine, &mut *tx).await?;
        let under = fingerprint(&rules);
        if counted.under != under {
            // What changes while people are counted leaves the count to be done again.
            counted.under = if counted.users == 0 { under } else { String::new() };
        }
        let Some(last) = users.last() else { return Ok(counted) };
        after = last.upn_key.clone();
        let people = roster::people(&mut *tx, &rules, users).await?;
        for (person, coverage) in people.iter().zip(engine.coverage_of(&mut *tx, &people).await?) {
            counted.add(person, coverage);
        }
    }
}

impl Counted {
    fn add(&mut self, person: &Person, coverage: Coverage) {
        self.users += 1;
        self.in_scope += u64::from(coverage.in_scope);
        self.registered += u64::from(coverage.registered);
        self.ready += u64::from(coverage.ready.is_ok());
        let has = person.methods();
        for (method, people) in &mut self.methods {
            *people += u64::from(has.contains(method));
        }
    }
}
