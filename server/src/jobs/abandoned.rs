//! Closes reset flows that ran out, and writes down where they were left (R231).

use regain_core::flow::Step;
use regain_store::{AuditRecord, Flow, Result};

use crate::account_key::account_lock;
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::services::{EXPIRED, Standing, in_truth, method_name};

/// So many are looked for at once.
const AT_ONCE: i64 = 50;

/// Closes until none is left.
pub async fn close(engine: &Engine) -> Result<()> {
    loop {
        let due = engine.store.read().await?.abandoned_flows(engine.now(), AT_ONCE).await?;
        if due.is_empty() {
            return Ok(());
        }
        for flow in due {
            close_one(engine, flow).await?;
        }
    }
}

/// One flow in a transaction: nobody waits long for it, and no two accounts are locked at once.
async fn close_one(engine: &Engine, flow: Flow) -> Result<()> {
    let now = engine.now();
    let mut tx = engine.store.write().await?;
    tx.lock(&account_lock(&flow.account)).await?;
    let standing = engine.standing_at(&mut *tx, flow.clone(), flow.created_at).await?;
    if !tx.close_flow(flow.id, EXPIRED, now).await? {
        return Ok(());
    }
    let reason = reason(&standing);
    let record = AuditRecord {
        at: now,
        address: flow.address.clone(),
        client: flow.client.clone(),
        ..in_truth(&standing, audit::failure(service::PASSWORD, activity::PROGRESS, &reason))
    };
    let record = record.in_flow(&flow.support_code);
    let record = match flow.user_id {
        Some(_) => record.to(&standing.person.user),
        None => record.on("user", "", &flow.typed),
    };
    tx.append(&record).await?;
    tx.commit().await
}

/// Where it was left, in the model's words.
fn reason(standing: &Standing) -> String {
    let tried =
        standing.challenge.as_ref().and_then(|challenge| challenge.method.parse().ok()).map(method_name);
    let passed = standing.frame().passed.last().copied().map(method_name);
    match (standing.step(), tried, passed) {
        (Step::NewPassword, ..) => "Abandoned before selecting a new password".to_owned(),
        (Step::Unlock, ..) => "Abandoned before unlocking".to_owned(),
        (_, Some(method), _) if standing.method().is_some() => {
            format!("Abandoned after starting the {method} verification option")
        }
        (_, _, Some(method)) => format!("Abandoned after completing the {method} verification option"),
        (_, Some(method), None) => format!("Abandoned after starting the {method} verification option"),
        (_, None, None) => "Abandoned after entering the user ID".to_owned(),
    }
}
