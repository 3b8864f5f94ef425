//! A request for help, from the form to the outbox.

use std::collections::BTreeMap;

use regain_app::services::toll::Solved;
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::limits::{self, Rate};
use regain_store::{AuditRecord, Flow, OutboxMessage, Result, Tx, User};
use uuid::Uuid;

use super::flow_of;
use super::recipients::{address, recipients};
use crate::account_key::{account_key, account_lock, counter_key, key_of_name};
use crate::audit::{self, Build as _, activity, service};
use crate::captcha::{Action, Effort};
use crate::engine::Engine;
use crate::messages::{Channel, Notice};
use crate::person;
use crate::policy;
use crate::refusals::Kind;

/// The channel of a request in the outbox: none that a message leaves by.
pub(crate) const REQUEST: &str = "help";

const TEMPLATE: &str = "contact-request";

/// What became of a request.
pub(super) enum Sent {
    /// It is on its way, if there is an account.
    Taken,
    /// This account or everybody together asked too often.
    TooMany,
    /// This source asked often: it solves this first. The problem with what it solved, if it did.
    Unpaid(Effort, Option<&'static str>),
    /// The organisation named its own place for help, so no mail is sent (R206).
    Elsewhere,
}

/// Takes a request. For an unknown name the same is written as for a known one; a job finds out whom to tell.
pub(super) async fn send(engine: &Engine, visit: &Visit, name: &Username, solved: &Solved) -> Result<Sent> {
    let account = account_key(&engine.keys, name.key());
    let mut tx = engine.store.write().await?;
    tx.lock(&account_lock(&account)).await?;
    if policy::current(&mut *tx).await?.policy.helpdesk.link().is_some() {
        return Ok(Sent::Elsewhere);
    }
    let rate = limits::CONTACT_REQUESTS_BY_SOURCE;
    let asked = tx.counter(&source_of(visit), rate.within, engine.now()).await?;
    if let Some(price) = Effort::beyond(asked.map_or(0, |counter| counter.count), rate.times) {
        if solved.another {
            return Ok(Sent::Unpaid(price, None));
        }
        let problem = engine.judge_toll(&mut *tx, visit, Action::Help, solved, price).await?;
        if problem.is_some() {
            tx.commit().await?;
            return Ok(Sent::Unpaid(price, problem));
        }
    }
    let flow = flow_of(&mut *tx, visit).await?;
    let user = tx.user_by_key(name.key()).await?;
    let record = record(engine, &mut *tx, visit, name, flow.as_ref(), user.as_ref()).await?;
    let account = key_of_name(&engine.keys, name.key(), user.is_some());
    if too_many(engine, &mut *tx, visit, &account).await? {
        let record = AuditRecord { result: "failure".to_owned(), ..record };
        let record = record.because("Asked for help too often");
        if engine.is_first_refusal(visit, Kind::Help, &record) {
            tx.append(&record).await?;
        }
        tx.commit().await?;
        return Ok(Sent::TooMany);
    }
    let asked_for = user.as_ref().map(|user| user.id.to_string());
    let params = [("address", visit.address.to_string())];
    let row = engine.row(Channel::Email, asked_for.as_slice(), TEMPLATE, &params, "en", &record.correlation);
    tx.enqueue(&OutboxMessage { channel: REQUEST.to_owned(), ..row }).await?;
    tx.append(&record).await?;
    tx.commit().await?;
    Ok(Sent::Taken)
}

/// *Contacted an administrator*, with the method that was tried last (R207).
async fn record(
    engine: &Engine,
    tx: &mut dyn Tx,
    visit: &Visit,
    name: &Username,
    flow: Option<&Flow>,
    user: Option<&User>,
) -> Result<AuditRecord> {
    let mut record = audit::success(service::PASSWORD, activity::PROGRESS).seen(engine, visit);
    record = match user {
        Some(user) => record.to(user),
        None => record.on("user", "", name.as_typed()),
    };
    let Some(flow) = flow else { return Ok(record.because("Contacted an administrator")) };
    let tried = tx.flow_challenge(flow.id).await?.map(|challenge| challenge.method).or(flow.method.clone());
    let record = record.in_flow(&flow.support_code);
    Ok(match tried {
        None => record.because("Contacted an administrator before trying a method"),
        Some(method) => {
            let reason = format!("Contacted an administrator after trying {}", method.replace('_', " "));
            record.because(&reason).detail("method", method)
        }
    })
}

fn source_of(visit: &Visit) -> String {
    format!("source:{}:help", visit.address.key())
}

/// Counts the request against its source, which pays for the next one with work if it has many; the account, known or not;
/// and everybody together.
async fn too_many(engine: &Engine, tx: &mut dyn Tx, visit: &Visit, account: &str) -> Result<bool> {
    tx.count(&source_of(visit), limits::CONTACT_REQUESTS_BY_SOURCE.within, engine.now()).await?;
    let mut over = false;
    for (key, Rate { times, within }) in [
        (counter_key(account, "help"), limits::CONTACT_REQUESTS),
        ("system:help".to_owned(), limits::CONTACT_REQUESTS_OF_ALL),
    ] {
        // What was asked for one account too often must not use up what others may ask.
        over = over || tx.count(&key, within, engine.now()).await?.count > i64::from(times);
    }
    Ok(over)
}

/// Turns a request that was taken into a mail for each administrator who may help, however many there are: done beside
/// the request itself, whose time would tell a known name from an unknown one.
pub(crate) async fn tell(engine: &Engine, request: &OutboxMessage) -> Result<()> {
    let mut tx = engine.store.write().await?;
    let asked_for: Vec<Uuid> = serde_json::from_str(&request.recipients).unwrap_or_default();
    for id in asked_for {
        if let Some(user) = tx.user(id).await? {
            tell_about(engine, &mut *tx, &user, request).await?;
        }
    }
    tx.mark_sent(request.id, engine.now()).await?;
    tx.commit().await
}

async fn tell_about(engine: &Engine, tx: &mut dyn Tx, user: &User, request: &OutboxMessage) -> Result<()> {
    let params: BTreeMap<String, String> = serde_json::from_str(&request.params).unwrap_or_default();
    let asked_at = params.get("address").cloned().unwrap_or_default();
    let roles = person::roles(tx, user.id).await?;
    let administrators = recipients(tx, user, &roles).await?;
    if administrators.is_empty() {
        tracing::warn!("nobody can be asked for help: no administrator may manage this account");
    }
    for administrator in administrators {
        let notice = Notice {
            to: &[address(&administrator)],
            template: TEMPLATE,
            params: &[
                ("name", administrator.display_name.clone()),
                ("person", user.display_name.clone()),
                ("upn", user.upn.clone()),
                ("address", asked_at.clone()),
            ],
            locale: administrator.locale.as_deref().unwrap_or("en"),
            support_code: &request.support_code,
        };
        engine.enqueue_notice(tx, &notice).await?;
    }
    Ok(())
}
