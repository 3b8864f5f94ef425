//! One connection: each question within its time, and after the first that fails no other.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ldap3::{Ldap, LdapError, LdapResult};
use regain_core::time::{Clock, Duration};
use tokio::time::{Instant, timeout};
use tokio_rustls::rustls::ClientConfig;

use super::breaker::Breaker;
use super::limits::Limits;
use super::server::Server;
use super::wire::dial::{self, Line};
use crate::outcome::{Away, Failure};

/// A connection to a server.
pub(crate) struct Connection {
    ldap: Ldap,
    limits: Limits,
    breaker: Arc<Breaker>,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

struct State {
    line: Option<tokio::task::JoinSet<()>>,
    /// Why it ended.
    ended: Option<Away>,
    /// When the present piece of work must be done.
    until: Instant,
}

impl Connection {
    /// Connects to `server`.
    pub(crate) async fn open(
        server: &Server,
        config: &Arc<ClientConfig>,
        limits: Limits,
        breaker: Arc<Breaker>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Away> {
        match dial::dial(server, config, limits.connect).await {
            Ok(line) => {
                breaker.reached();
                Ok(Self::on(line, limits, breaker, clock))
            }
            Err(away) => {
                breaker.failed(clock.now());
                Err(away)
            }
        }
    }

    /// On a line that is there.
    pub(crate) fn on(line: Line, limits: Limits, breaker: Arc<Breaker>, clock: Arc<dyn Clock>) -> Self {
        let Line { ldap, tasks } = line;
        let state = State { line: Some(tasks), ended: None, until: Instant::now() + limits.overall };
        Self { ldap, limits, breaker, clock, state: Mutex::new(state) }
    }

    /// A new piece of work begins, which may take as long as all of them may.
    pub(crate) fn begin(&self) {
        self.state().until = Instant::now() + self.limits.overall;
    }

    /// Signs in. The answer, whatever it is; the question is not part of a piece of work.
    pub(crate) async fn bind(&self, name: &str, password: &str) -> Result<LdapResult, Away> {
        let mut ldap = self.ldap.clone();
        ldap.with_controls(super::ppolicy::request());
        self.ask_within(self.limits.bind, ldap.simple_bind(name, password)).await
    }

    /// A handle for one question, which goes through [`Self::ask`] or [`Self::write`].
    pub(crate) fn handle(&self) -> Ldap {
        self.ldap.clone()
    }

    /// Asks something that changes nothing.
    pub(crate) async fn ask<T>(
        &self,
        question: impl Future<Output = Result<T, LdapError>>,
    ) -> Result<T, Away> {
        let answer = self.ask_within(self.limits.operation, question).await?;
        self.breaker.answered();
        Ok(answer)
    }

    /// The server answered a bind.
    pub(crate) fn answered(&self) {
        self.breaker.answered();
    }

    /// Sends something that changes an entry. Once it has left, no answer means [`Failure::Unknown`].
    pub(crate) async fn write<T>(
        &self,
        request: impl Future<Output = Result<T, LdapError>>,
    ) -> Result<T, Failure> {
        if let Some(away) = self.ended() {
            return Err(Failure::Away(away));
        }
        if self.left().is_zero() {
            return Err(Failure::Away(self.end(Away::Silent)));
        }
        self.ask(request).await.map_err(|_| Failure::Unknown)
    }

    async fn ask_within<T>(
        &self,
        limit: Duration,
        question: impl Future<Output = Result<T, LdapError>>,
    ) -> Result<T, Away> {
        if let Some(away) = self.ended() {
            return Err(away);
        }
        match timeout(limit.min(self.left()), question).await {
            Ok(Ok(answer)) => Ok(answer),
            // The library has no other errors for what it is asked here: its task ended, or the stream did.
            Ok(Err(_)) => Err(self.end(Away::Garbled)),
            Err(_) => Err(self.end(Away::Silent)),
        }
    }

    /// What is left of the time for the present piece of work.
    fn left(&self) -> Duration {
        self.state().until.saturating_duration_since(Instant::now())
    }

    /// Why nothing can be asked any more.
    fn ended(&self) -> Option<Away> {
        let ended = self.state().ended.clone();
        // The server may have hung up between two questions.
        ended.or_else(|| self.ldap.clone().is_closed().then(|| self.end(Away::Garbled)))
    }

    /// Closes the connection for good: an answer that comes late must not be taken for that of the next question.
    pub(crate) fn end(&self, why: Away) -> Away {
        let mut state = self.state();
        state.line = None;
        if state.ended.is_none() {
            state.ended = Some(why.clone());
            self.breaker.failed(self.clock.now());
        }
        why
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Connection {
    /// The tasks end by themselves once the handle is gone, and say goodbye.
    fn drop(&mut self) {
        if let Some(mut tasks) = self.state().line.take() {
            tasks.detach_all();
        }
    }
}
