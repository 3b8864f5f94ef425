//! A transaction on one connection of the pool.
//!
//! Two promises that the driver alone does not give. A connection never goes back to the pool with a transaction open,
//! or with one that the driver believes to be open: what did not end in a commit is rolled back, and where that fails
//! the connection is closed. And nothing runs in a transaction after one of its statements failed: SQLite undoes the
//! whole transaction by itself when the disk is full, so that a later statement would be durable on its own, and
//! PostgreSQL answers a `COMMIT` after a failure with a rollback, without an error.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::future::BoxFuture;
use futures_core::stream::{BoxStream, Stream};
use sqlx::error::BoxDynError;
use sqlx::pool::PoolConnection;
use sqlx::{Database, Describe, Either, Execute, Executor, SqlStr};
use tokio::time::{Sleep, sleep, timeout};

use super::Db;
use crate::pulse::Pulse;
use crate::{Result, Trouble, repeat};

type Row = <Db as Database>::Row;
type Done = <Db as Database>::QueryResult;
type Step = sqlx::Result<Either<Done, Row>>;

/// A statement that takes longer is given up, and its connection with it: nothing here is meant to, and a network that
/// swallows packets says nothing for minutes.
const STATEMENT: Duration = Duration::from_secs(10);
/// How long a rollback may take before the connection is closed instead.
const ROLLBACK: Duration = Duration::from_secs(3);

/// Whether the next statement may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ready,
    /// A statement runs, or was given up half-way by whoever waited for it.
    Running,
    Failed,
}

/// Dropped without [`Transaction::end`] it changes nothing.
#[derive(Debug)]
pub(crate) struct Transaction {
    /// `None` once it was committed.
    connection: Option<PoolConnection<Db>>,
    state: State,
    /// Whether statements that were prepared once may be kept on the connection.
    keeps_statements: bool,
    /// Where a writer tells how it went.
    pulse: Option<Arc<Pulse>>,
}

impl Transaction {
    /// Begins one with `statement`. A writer brings the pulse.
    pub(crate) async fn begin(
        pool: &sqlx::Pool<Db>,
        statement: &'static str,
        keeps_statements: bool,
        pulse: Option<&Arc<Pulse>>,
    ) -> Result<Box<Self>> {
        let acquired = pool.acquire().await.map_err(|error| match error {
            // More could be opened if anything took them.
            sqlx::Error::PoolTimedOut if pool.size() < pool.options().get_max_connections() => {
                sqlx::Error::Io(std::io::ErrorKind::NotConnected.into())
            }
            error => error,
        });
        // Who waits too long here waits for others of this process: that says nothing about the database.
        let connection = acquired.inspect_err(|error| match pulse {
            Some(pulse) if !matches!(error, sqlx::Error::PoolTimedOut) => pulse.failed(error),
            _ => {}
        })?;
        let (state, pulse) = (State::Ready, pulse.cloned());
        let mut begun = Box::new(Self { connection: Some(connection), state, keeps_statements, pulse });
        begun.execute(statement).await?;
        Ok(begun)
    }

    /// Makes all of it durable at once.
    pub(crate) async fn end(mut self: Box<Self>) -> Result<()> {
        self.execute("COMMIT").await?;
        if let Some(pulse) = &self.pulse {
            pulse.wrote();
        }
        // Nothing is left to roll back: it goes back to the pool as it is.
        drop(self.connection.take());
        Ok(())
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            // The process ends, and its connections with it.
            connection.leak();
            return;
        };
        runtime.spawn(async move {
            // Behind whatever still runs on this connection. Without a transaction SQLite refuses, and PostgreSQL
            // warns: there the connection is as it should be.
            if !matches!(timeout(ROLLBACK, connection.execute("ROLLBACK")).await, Ok(Ok(_))) {
                connection.close_on_drop();
            }
        });
    }
}

/// What a statement hears after another one failed, or after the commit.
fn over() -> sqlx::Error {
    sqlx::Error::Protocol("the transaction ended with an earlier failure".to_owned())
}

fn fail(state: &mut State, pulse: Option<&Arc<Pulse>>, error: &sqlx::Error) {
    *state = State::Failed;
    if Trouble::of(error) == Some(Trouble::Collision) {
        repeat::note_collision();
    }
    if let Some(pulse) = pulse {
        pulse.failed(error);
    }
}

impl<'c> Executor<'c> for &'c mut Transaction {
    type Database = Db;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Step>
    where
        'c: 'e,
        E: 'q + Execute<'q, Db>,
    {
        let Transaction { connection, state, pulse, keeps_statements } = self;
        let steps = match connection {
            Some(connection) if *state == State::Ready => {
                *state = State::Running;
                Some((**connection).fetch_many(Prepared { query, kept: *keeps_statements }))
            }
            _ => None,
        };
        let refused = steps.is_none();
        Box::pin(Watched { steps, refused, state, pulse: pulse.as_ref(), limit: Box::pin(sleep(STATEMENT)) })
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, sqlx::Result<Option<Row>>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Db>,
    {
        Box::pin(async move {
            let Transaction { connection, state, pulse, keeps_statements } = self;
            let Some(connection) = connection.as_mut().filter(|_| *state == State::Ready) else {
                return Err(over());
            };
            *state = State::Running;
            let query = Prepared { query, kept: *keeps_statements };
            let found = timeout(STATEMENT, (**connection).fetch_optional(query)).await;
            let found = found.unwrap_or(Err(sqlx::Error::PoolTimedOut));
            match &found {
                Ok(_) => *state = State::Ready,
                Err(error) => fail(state, pulse.as_ref(), error),
            }
            found
        })
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [<Db as Database>::TypeInfo],
    ) -> BoxFuture<'e, sqlx::Result<<Db as Database>::Statement>>
    where
        'c: 'e,
    {
        match &mut self.connection {
            Some(connection) => (**connection).prepare_with(sql, parameters),
            None => Box::pin(std::future::ready(Err(over()))),
        }
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, sqlx::Result<Describe<Db>>>
    where
        'c: 'e,
    {
        match &mut self.connection {
            Some(connection) => (**connection).describe(sql),
            None => Box::pin(std::future::ready(Err(over()))),
        }
    }
}

/// A statement, and whether it may be kept on the connection once it is prepared.
struct Prepared<E> {
    query: E,
    kept: bool,
}

impl<'q, E: Execute<'q, Db>> Execute<'q, Db> for Prepared<E> {
    fn sql(self) -> SqlStr {
        self.query.sql()
    }

    fn statement(&self) -> Option<&<Db as Database>::Statement> {
        self.query.statement()
    }

    fn take_arguments(&mut self) -> std::result::Result<Option<<Db as Database>::Arguments>, BoxDynError> {
        self.query.take_arguments()
    }

    fn persistent(&self) -> bool {
        self.kept && self.query.persistent()
    }
}

/// What a statement gives, watched.
struct Watched<'e> {
    /// `None` once it ended, or where it never began.
    steps: Option<BoxStream<'e, Step>>,
    refused: bool,
    state: &'e mut State,
    pulse: Option<&'e Arc<Pulse>>,
    limit: Pin<Box<Sleep>>,
}

impl Stream for Watched<'_> {
    type Item = Step;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Step>> {
        let this = self.get_mut();
        if std::mem::take(&mut this.refused) {
            return Poll::Ready(Some(Err(over())));
        }
        let Some(steps) = &mut this.steps else { return Poll::Ready(None) };
        let step = match steps.as_mut().poll_next(context) {
            Poll::Pending => {
                if this.limit.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                Some(Err(sqlx::Error::PoolTimedOut))
            }
            Poll::Ready(step) => step,
        };
        match &step {
            None => {
                *this.state = State::Ready;
                this.steps = None;
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                fail(this.state, this.pulse, error);
                this.steps = None;
            }
        }
        Poll::Ready(step)
    }
}
