//! A directory of the bed, as one test sees it.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use regain_core::secret::Secret;
use regain_core::time::{Clock, Timestamp};
use regain_directory::{Directory, Found, Kind, Limits, Person, Session, Settings};

use crate::accounts::{self, Account, State};
use crate::bed::{self, Login, Server};
use crate::dialect::Dialect;

/// Times are the directory's own here: expiry, locks.
struct Now;

impl Clock for Now {
    #[expect(clippy::disallowed_methods, reason = "a real directory lives in the real time")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        Timestamp(i64::try_from(since.as_micros()).unwrap())
    }
}

/// So long a frozen directory may hold up a test: less than by default, and enough for one on a busy machine.
pub const SHORT: Limits = Limits {
    connect: Duration::from_secs(2),
    bind: Duration::from_secs(2),
    operation: Duration::from_secs(2),
    overall: Duration::from_secs(5),
};

/// A directory of the bed.
pub struct House {
    pub server: Server,
    pub dialect: &'static Dialect,
}

impl House {
    /// `None`: it does not run here, which was said.
    pub fn of(dialect: &'static Dialect, test: &str) -> Option<Self> {
        let server = bed::server(dialect.kind.name(), test)?;
        Some(Self { server, dialect })
    }

    pub fn kind(&self) -> Kind {
        self.dialect.kind
    }

    pub fn account(&self, state: State) -> Account {
        accounts::make(&self.server, state)
    }

    /// What an administrator would set up, with another address or service account if need be.
    pub fn settings(&self, url: &str, login: &Login) -> Settings {
        let (servers, people) = (vec![url.parse().unwrap()], self.server.people.as_str());
        let password = Secret::from(login.password.as_str());
        let mut settings = Settings::new(self.kind(), servers, people, login.dn.as_str(), password);
        settings.authority = Some(std::fs::read(&self.server.ca).unwrap());
        settings.default_policy = self.server.default_policy.clone();
        settings
    }

    pub fn directory(&self) -> Directory {
        Directory::new(self.settings(&self.server.url, &self.server.service), Arc::new(Now)).unwrap()
    }

    /// The directory by another way, which may take little time.
    pub fn by(&self, url: &str) -> Directory {
        self.hasty(self.settings(url, &self.server.service))
    }

    /// With these settings, and little time.
    pub fn hasty(&self, settings: Settings) -> Directory {
        Directory::with_limits(settings, Arc::new(Now), SHORT).unwrap()
    }

    pub async fn session(&self) -> Session {
        self.directory().connect().await.unwrap()
    }
}

/// The person of an account, found as somebody types it.
pub async fn find(session: &Session, account: &Account) -> Person {
    match session.find(&account.name).await.unwrap() {
        Found::One(person) => person,
        other => panic!("{}: {other:?}", account.dn),
    }
}

/// As it is now.
pub async fn again(session: &Session, person: &Person) -> Person {
    session.person(&person.id).await.unwrap().expect("still there")
}
