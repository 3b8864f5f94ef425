//! A transaction, on a connection of the pool.
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
use crate::{Error, Result, Trouble, repeat};

type Row = <Db as Database>::Row;
type Done = <Db as Database>::QueryResult;
type Step = sqlx::Result<Either<Done, Row>>;

/// A statement that takes longer is given up, and its connection with it: nothing here is meant to, and a network that
/// swallows packets says nothing for minutes.
const STATEMENT: Duration = Duration::from_secs(10);
/// How long a connection may take to come back to its pool before it is closed instead.
const RETURN: Duration = Duration::from_secs(3);

/// A connection on which a transaction is open. Dropped before its commit, all of it is undone.
#[derive(Debug)]
pub(crate) struct Opened {
    /// `None` once it was committed.
    connection: Option<PoolConnection<Db>>,
    /// Where a writer tells how it went.
    pulse: Option<Arc<Pulse>>,
}

impl Opened {
    /// Begins one with `statement`. A writer brings the pulse.
    pub(crate) async fn begin(
        pool: &sqlx::Pool<Db>,
        statement: &'static str,
        pulse: Option<&Arc<Pulse>>,
    ) -> Result<Self> {
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
        let mut opened = Self { connection: Some(connection), pulse: pulse.cloned() };
        opened.run(statement).await?;
        Ok(opened)
    }

    /// Runs what neither takes nor gives anything.
    pub(crate) async fn run(&mut self, statement: &'static str) -> sqlx::Result<()> {
        let Some(connection) = &mut self.connection else { return Err(over()) };
        let done = timeout(STATEMENT, connection.execute(statement)).await;
        let done = done.unwrap_or(Err(sqlx::Error::PoolTimedOut));
        if let (Err(error), Some(pulse)) = (&done, &self.pulse) {
            pulse.failed(error);
        }
        done.map(|_| ())
    }

    /// Makes all of it durable at once: of so many transactions.
    pub(crate) async fn commit(&mut self, transactions: u64) -> sqlx::Result<()> {
        self.run("COMMIT").await?;
        if let Some(pulse) = &self.pulse {
            pulse.wrote(transactions);
        }
        if let Some(connection) = self.connection.take() {
            give_back(connection, false);
        }
        Ok(())
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            give_back(connection, true);
        }
    }
}

/// Gives a connection back to its pool, and closes it where that takes too long. The driver alone would wait for ever: it
/// asks a connection that comes back whether it lives, and a network that falls silent just then never answers. Each such
/// wait would keep a place of the pool, and the one place that health has is the first to go.
fn give_back(mut connection: PoolConnection<Db>, transaction_is_open: bool) {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else {
        // The process ends, and its connections with it.
        connection.leak();
        return;
    };
    runtime.spawn(async move {
        let given = timeout(RETURN, async {
            // Behind whatever still runs on this connection. Without a transaction SQLite refuses, and PostgreSQL warns:
            // there the connection is as it should be.
            if transaction_is_open {
                connection.execute("ROLLBACK").await?;
            }
            connection.return_to_pool().await;
            Ok::<_, sqlx::Error>(())
        });
        if !matches!(given.await, Ok(Ok(()))) {
            connection.close_on_drop();
        }
    });
}

/// Where the statements of one transaction run. Dropped before its commit, what they did is undone.
pub(crate) trait Place: std::fmt::Debug + Send {
    /// `None` where nothing more can run.
    fn connection(&mut self) -> Option<&mut <Db as Database>::Connection>;
    /// Returns when what they did is durable.
    fn commit(self: Box<Self>) -> BoxFuture<'static, Result<()>>;
}

impl Place for Opened {
    fn connection(&mut self) -> Option<&mut <Db as Database>::Connection> {
        self.connection.as_deref_mut()
    }

    fn commit(mut self: Box<Self>) -> BoxFuture<'static, Result<()>> {
        Box::pin(async move { Ok(Opened::commit(&mut self, 1).await?) })
    }
}

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
    place: Box<dyn Place>,
    state: State,
    /// Whether statements that were prepared once may be kept on the connection.
    keeps_statements: bool,
    /// Where a writer tells how it went.
    pulse: Option<Arc<Pulse>>,
}

impl Transaction {
    /// One that runs there.
    pub(crate) fn at(
        place: impl Place + 'static,
        keeps_statements: bool,
        pulse: Option<&Arc<Pulse>>,
    ) -> Self {
        Self { place: Box::new(place), state: State::Ready, keeps_statements, pulse: pulse.cloned() }
    }

    /// One with a connection of its own.
    pub(crate) async fn begin(
        pool: &sqlx::Pool<Db>,
        statement: &'static str,
        keeps_statements: bool,
        pulse: Option<&Arc<Pulse>>,
    ) -> Result<Self> {
        Ok(Self::at(Opened::begin(pool, statement, pulse).await?, keeps_statements, pulse))
    }

    /// Makes all of it durable at once.
    pub(crate) async fn end(self) -> Result<()> {
        if self.state != State::Ready {
            return Err(over().into());
        }
        let ended = self.place.commit().await;
        if matches!(ended, Err(Error::Unavailable(Trouble::Collision))) {
            repeat::note_collision();
        }
        ended
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
        let Transaction { place, state, keeps_statements, pulse } = self;
        let steps = match place.connection() {
            Some(connection) if *state == State::Ready => {
                *state = State::Running;
                Some(connection.fetch_many(Prepared { query, kept: *keeps_statements }))
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
            let Transaction { place, state, keeps_statements, pulse } = self;
            let Some(connection) = place.connection().filter(|_| *state == State::Ready) else {
                return Err(over());
            };
            *state = State::Running;
            let query = Prepared { query, kept: *keeps_statements };
            let found = timeout(STATEMENT, connection.fetch_optional(query)).await;
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
        match self.place.connection() {
            Some(connection) => connection.prepare_with(sql, parameters),
            None => Box::pin(std::future::ready(Err(over()))),
        }
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, sqlx::Result<Describe<Db>>>
    where
        'c: 'e,
    {
        match self.place.connection() {
            Some(connection) => connection.describe(sql),
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
