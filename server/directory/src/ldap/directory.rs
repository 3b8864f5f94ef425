//! A directory of the organisation: its servers, and the way to one that answers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use regain_core::secret::Secret;
use regain_core::time::{Clock, Duration, Timestamp};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::rustls::ClientConfig;

use super::breaker::Breaker;
use super::connection::Connection;
use super::limits::Limits;
use super::people::privileged::Privileged;
use super::refusals::{self, Answer};
use super::server::Server;
use super::session::Session;
use super::settings::{BadSettings, Settings};
use super::wire::tls;
use crate::outcome::{Away, BindVerdict};

/// A directory of the organisation. Copies are the same directory, with the same memory of servers that fail.
#[derive(Clone)]
pub struct Directory(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) settings: Settings,
    pub(crate) limits: Limits,
    pub(crate) clock: Arc<dyn Clock>,
    tls: Arc<ClientConfig>,
    /// One for each server.
    breakers: Vec<Arc<Breaker>>,
    /// The groups that rule the directory, and since when that is known.
    privileged: Mutex<Option<(Timestamp, Arc<Privileged>)>>,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The service account signs in.
    Session,
    /// Somebody else’s password is tried, once.
    OneBind,
}

impl Directory {
    /// A directory with these settings. Nobody is asked yet.
    pub fn new(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, BadSettings> {
        Self::with_limits(settings, clock, Limits::default())
    }

    /// The same, where servers may take another time.
    pub fn with_limits(
        settings: Settings,
        clock: Arc<dyn Clock>,
        limits: Limits,
    ) -> Result<Self, BadSettings> {
        settings.check()?;
        let tls = tls::config(settings.authority.as_deref()).ok_or(BadSettings::Authority)?;
        let breakers = settings.servers.iter().map(|_| Arc::default()).collect();
        Ok(Self(Arc::new(Inner { settings, limits, clock, tls, breakers, privileged: Mutex::default() })))
    }

    /// What was set up.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// A session of the service account, at the first server in order that answers. Where none does, the reason is that of
    /// the first that was asked.
    pub async fn connect(&self) -> Result<Session, Away> {
        let (place, connection) = self.0.first(Purpose::Session).await?;
        Ok(Session::new(Arc::clone(&self.0), place, connection))
    }

    /// The same at one of the servers, whether or not it is being left alone: to test what somebody sets up.
    pub async fn connect_to(&self, server: &Server) -> Result<Session, Away> {
        let place =
            self.0.settings.servers.iter().position(|known| known == server).ok_or(Away::NotReached)?;
        let connection = self.0.open(place, Purpose::Session).await?;
        Ok(Session::new(Arc::clone(&self.0), place, connection))
    }

    /// Whether `password` is that of `name`, a DN or for Active Directory a `userPrincipalName`. The connection is used for
    /// nothing else. An empty password, or one with a null character, is wrong before anybody is asked: to servers a bind
    /// without a password is an anonymous one, which succeeds (RFC 4513, 5.1.2).
    pub async fn check_password(&self, name: &str, password: &Secret) -> Result<BindVerdict, Away> {
        if !can_be_asked(name, password) {
            return Ok(BindVerdict::Wrong);
        }
        let (_, connection) = self.0.first(Purpose::OneBind).await?;
        bind(self.0.settings.kind, &connection, name, password).await
    }
}

/// Whether a bind with these can mean anything.
pub(crate) fn can_be_asked(name: &str, password: &Secret) -> bool {
    let password = password.expose();
    !password.is_empty() && !password.contains('\0') && !name.trim().is_empty() && !name.contains('\0')
}

/// Binds, and judges the answer.
pub(crate) async fn bind(
    kind: crate::Kind,
    connection: &Connection,
    name: &str,
    password: &Secret,
) -> Result<BindVerdict, Away> {
    let answer = connection.bind(name, password.expose()).await?;
    let verdict = refusals::bind::verdict(kind, Answer::from(&answer))?;
    connection.answered();
    Ok(verdict)
}

impl Inner {
    /// A session over `stream`, on which nobody needs to sign in, for tests.
    #[cfg(test)]
    pub(crate) async fn over(directory: &Directory, stream: tokio::net::UnixStream) -> Session {
        let inner = Arc::clone(&directory.0);
        let line = super::wire::dial::over(stream).await.unwrap();
        let clock = Arc::clone(&inner.clock);
        let connection = Connection::on(line, inner.limits, Arc::clone(&inner.breakers[0]), clock);
        Session::new(inner, 0, connection)
    }

    /// The groups that rule the directory, as they were read last. Never held while a server is asked.
    pub(crate) fn privileged(&self) -> MutexGuard<'_, Option<(Timestamp, Arc<Privileged>)>> {
        self.privileged.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection to the first server in order that gives one, and the server’s place.
    pub(crate) async fn first(&self, purpose: Purpose) -> Result<(usize, Connection), Away> {
        let until = Instant::now() + self.limits.overall;
        let mut why = None;
        let mut rest: Option<Duration> = None;
        for (place, breaker) in self.breakers.iter().enumerate() {
            if let Err(time) = breaker.ask(self.clock.now()) {
                rest = Some(rest.map_or(time, |shortest| shortest.min(time)));
                continue;
            }
            match timeout_at(until, self.open(place, purpose)).await {
                Ok(Ok(connection)) => return Ok((place, connection)),
                // The next server knows no other password of the service account.
                Ok(Err(Away::ServiceAccount)) => return Err(Away::ServiceAccount),
                Ok(Err(away)) => why = why.or(Some(away)),
                Err(_) => {
                    breaker.failed(self.clock.now());
                    why = why.or(Some(Away::Silent));
                    break;
                }
            }
        }
        Err(why.or(rest.map(Away::Resting)).unwrap_or(Away::NotReached))
    }

    async fn open(&self, place: usize, purpose: Purpose) -> Result<Connection, Away> {
        let server = self.settings.servers.get(place).ok_or(Away::NotReached)?;
        let breaker = self.breakers.get(place).ok_or(Away::NotReached)?;
        let (breaker, clock) = (Arc::clone(breaker), Arc::clone(&self.clock));
        let connection = Connection::open(server, &self.tls, self.limits, breaker, clock).await?;
        match purpose {
            Purpose::OneBind => {}
            Purpose::Session => self.sign_in(&connection).await?,
        }
        Ok(connection)
    }

    async fn sign_in(&self, connection: &Connection) -> Result<(), Away> {
        let settings = &self.settings;
        let answer = connection.bind(&settings.bind_user, settings.bind_password.expose()).await?;
        match refusals::bind::verdict(settings.kind, Answer::from(&answer)) {
            Ok(BindVerdict::Right) => Ok(()),
            // Every try counts towards the lock of the service account, whichever server is asked.
            Ok(_) => {
                let now = self.clock.now();
                self.breakers.iter().for_each(|breaker| breaker.failed(now));
                Err(Away::ServiceAccount)
            }
            Err(away) => Err(connection.end(away)),
        }
    }
}
