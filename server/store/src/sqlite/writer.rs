//! The one connection that writes. Transactions that come close together share one commit, and so one sync of the disk
//! (ADR 0019).
//!
//! They run in one open transaction, one after the other, each but the first inside a savepoint. Who is done releases
//! it and hands the connection on; it is acknowledged when the commit of all has returned, never before. The first who is
//! done queues behind those who wait at that moment, and commits when its turn has come: who is alone commits at once.
//! What fails in one, or is given up, undoes its savepoint alone; where SQLite undid everything by itself, all of them
//! hear it.

use std::sync::Arc;
use std::time::Duration;

use futures_core::future::BoxFuture;
use sqlx::{SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};
use tokio::time::timeout;

use super::transaction::{Opened, Place, Transaction};
use crate::outcome::{Outcome, Pending};
use crate::pulse::Pulse;
use crate::{Error, Result, Trouble, repeat};

/// How long to wait for a turn.
pub(super) const WAIT: Duration = Duration::from_secs(5);
/// So many share a commit at most: the first of them waits for the work of all.
const TOGETHER: u64 = 64;
/// How long who is done waits for others that are not, before all of it is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// The open transaction, if there is one. Whoever holds the lock has the turn; the queue is first come, first served.
type Turns = Mutex<Option<Group>>;
type Turn = OwnedMutexGuard<Option<Group>>;

#[derive(Debug)]
pub(super) struct Writer {
    /// Of one connection.
    pool: SqlitePool,
    turns: Arc<Turns>,
    pulse: Arc<Pulse>,
}

impl Writer {
    pub(super) fn new(pool: SqlitePool, pulse: Arc<Pulse>) -> Self {
        Self { pool, turns: Arc::default(), pulse }
    }

    pub(super) const fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// A transaction, when its turn has come.
    pub(super) async fn begin(&self) -> Result<Transaction> {
        let turn = timeout(WAIT, Arc::clone(&self.turns).lock_owned()).await;
        let mut turn = turn.map_err(|_| sqlx::Error::PoolTimedOut)?;
        if let Some(full) = turn.take_if(|group| !group.takes_more()) {
            // Whoever waits here may go away; its members wait on.
            let _ = tokio::spawn(full.commit()).await;
        }
        if turn.is_none() {
            *turn = Some(Group::begin(&self.pool, &self.pulse).await?);
        }
        let mut member = Member(Some(turn));
        if let Some(group) = member.group().filter(|group| group.members > 0) {
            group.opened.run("SAVEPOINT member").await?;
        }
        Ok(Transaction::at(member, true, Some(&self.pulse)))
    }
}

/// The open transaction. Dropped before its commit, all of it is undone, and whoever waits for it hears that.
#[derive(Debug)]
struct Group {
    opened: Opened,
    /// How many are done.
    members: u64,
    outcome: Arc<watch::Sender<Outcome>>,
    pulse: Arc<Pulse>,
}

impl Group {
    async fn begin(pool: &SqlitePool, pulse: &Arc<Pulse>) -> Result<Self> {
        let opened = Opened::begin(pool, "BEGIN IMMEDIATE", Some(pulse)).await?;
        let outcome = Arc::new(watch::Sender::new(Outcome::Open));
        Ok(Self { opened, members: 0, outcome, pulse: Arc::clone(pulse) })
    }

    fn is_open(&self) -> bool {
        *self.outcome.borrow() == Outcome::Open
    }

    fn takes_more(&self) -> bool {
        self.members < TOGETHER && self.is_open()
    }

    fn pending(&self) -> Pending {
        Pending::new(self.outcome.subscribe())
    }

    /// Makes all of it durable, unless its members were told that it is lost.
    async fn commit(mut self) {
        if !decide(&self.outcome, Outcome::Closing) {
            return;
        }
        let outcome = match self.opened.commit(self.members).await {
            Ok(()) => Outcome::Durable,
            // One that the database does not explain is another member's fault.
            Err(error) => Outcome::Lost(Trouble::of(&error).unwrap_or(Trouble::Collision)),
        };
        self.outcome.send_replace(outcome);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // What undid it told the pulse, if it was the database.
        decide(&self.outcome, Outcome::Lost(self.pulse.writing().trouble.unwrap_or(Trouble::Files)));
    }
}

/// Decides what becomes of an open transaction, once; whether it was open.
fn decide(outcome: &watch::Sender<Outcome>, now: Outcome) -> bool {
    outcome.send_if_modified(|outcome| {
        let was_open = *outcome == Outcome::Open;
        if was_open {
            *outcome = now;
        }
        was_open
    })
}

/// Whoever has the turn. The first one needs no savepoint: what is undone with it is nobody else's.
#[derive(Debug)]
struct Member(Option<Turn>);

impl Member {
    fn group(&mut self) -> Option<&mut Group> {
        self.0.as_deref_mut().and_then(Option::as_mut)
    }
}

impl Place for Member {
    fn connection(&mut self) -> Option<&mut SqliteConnection> {
        self.group().and_then(|group| group.opened.connection())
    }

    fn commit(mut self: Box<Self>) -> BoxFuture<'static, Result<()>> {
        let turn = self.0.take();
        Box::pin(async move {
            let Some(turn) = turn else { return Err(Error::Unavailable(Trouble::Busy)) };
            // Whoever waits may go away: what was released is brought to its end, for itself and for the others.
            let done = tokio::spawn(release(turn)).await;
            done.unwrap_or(Err(Error::Unavailable(Trouble::Connection)))
        })
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        if let Some(group) = self.group().filter(|group| group.members > 0) {
            // It may be answered by what it saw here.
            repeat::note_seen(group.pending());
        }
        let Some(mut turn) = self.0.take() else { return };
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(undo(turn))),
            // The process ends, and with it all that is not committed.
            Err(_) => drop(turn.take()),
        }
    }
}

/// Undoes what one did, behind whatever of it still runs. The others stay, unless SQLite undid everything: then there is
/// no savepoint any more.
async fn undo(mut turn: Turn) {
    let Some(group) = turn.as_mut() else { return };
    let lives_on = group.members > 0 && group.is_open();
    if !lives_on || group.opened.run("ROLLBACK TO member; RELEASE member").await.is_err() {
        drop(turn.take());
    }
}

/// Hands the turn on; returns when what was done in it is durable.
async fn release(mut turn: Turn) -> Result<()> {
    let Some(group) = turn.as_mut() else { return Err(Error::Unavailable(Trouble::Busy)) };
    if group.members > 0
        && let Err(error) = group.opened.run("RELEASE member").await
    {
        drop(turn.take());
        return Err(error.into());
    }
    group.members += 1;
    let (pending, is_first, is_open) = (group.pending(), group.members == 1, group.is_open());
    let outcome = Arc::clone(&group.outcome);
    let turns = Arc::clone(Turn::mutex(&turn));
    if !is_open {
        // The others were told meanwhile that it is lost.
        drop(turn.take());
    }
    drop(turn);
    if is_first {
        close(&turns, &outcome).await;
    }
    pending.settled().await
}

/// Commits when everybody who waits now has had their turn.
async fn close(turns: &Turns, outcome: &Arc<watch::Sender<Outcome>>) {
    let Ok(mut turn) = timeout(PATIENCE, turns.lock()).await else {
        // Somebody who does not get on has the turn.
        decide(outcome, Outcome::Lost(Trouble::Busy));
        return;
    };
    // A full one was committed by whoever came after.
    if let Some(group) = turn.take_if(|group| Arc::ptr_eq(&group.outcome, outcome)) {
        group.commit().await;
    }
}
