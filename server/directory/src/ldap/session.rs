//! What the service account does on one connection: it reads. How it writes stands in `write`.

use std::collections::HashMap;
use std::sync::Arc;

use regain_core::time::Duration;
use tokio::sync::{Mutex, OnceCell};

use super::connection::Connection;
use super::controls;
use super::directory::Inner;
use super::entry::Entry;
use super::groups::{self, Group};
use super::people::{self, Context, privileged, privileged::Privileged};
use super::rights::{self, Rights};
use super::root::{self, Root};
use super::rules;
use super::search::{self, Paged, Query};
use super::server::Server;
use super::settings::Settings;
use crate::kind::Kind;
use crate::outcome::{Failure, Refusal};
use crate::person::{Lock, Person, PersonId};
use crate::rules::Rules;

/// So long the groups that rule a directory are known: to look for them is most of what a search costs there.
const PRIVILEGED: Duration = Duration::from_mins(1);

/// A connection on which the service account is signed in. After a time-out it is closed, and every further question fails.
pub struct Session {
    pub(crate) inner: Arc<Inner>,
    pub(crate) connection: Connection,
    place: usize,
    root: OnceCell<Root>,
    /// By the DN of the policy; `None` is the one for everybody.
    rules: Mutex<HashMap<Option<String>, Arc<Rules>>>,
}

/// Who was found by a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Exactly this one.
    One(Person),
    /// Nobody.
    None,
    /// More than one: whose name it is, is not guessed.
    Several,
}

/// A part of what is in a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What could be read.
    pub found: Vec<T>,
    /// So many entries could not: they have no identifier.
    pub unreadable: usize,
}

impl Session {
    pub(crate) fn new(inner: Arc<Inner>, place: usize, connection: Connection) -> Self {
        Self { inner, connection, place, root: OnceCell::new(), rules: Mutex::default() }
    }

    /// The server that answers.
    pub fn server(&self) -> Option<&Server> {
        self.settings().servers.get(self.place)
    }

    /// What it says about itself, read once.
    pub async fn root(&self) -> Result<&Root, Failure> {
        self.connection.begin();
        self.read_root().await
    }

    /// Who is called `name`: username or account name, within the base. Whoever it is, and if it is nobody, the directory
    /// is asked the same number of questions.
    pub async fn find(&self, name: &str) -> Result<Found, Failure> {
        self.connection.begin();
        let Some(query) = people::by_name(self.settings(), name) else { return Ok(Found::None) };
        let found = self.only(&query).await?;
        let has_own_policy = matches!(&found, Found::One(person) if person.policy.is_some());
        if !has_own_policy {
            // In the place of the question for a policy.
            search::read(&self.connection, &self.settings().base, &["objectClass"]).await?;
        }
        Ok(found)
    }

    /// Who was found before, under whatever name and wherever the entry is by now; `None`: gone, or outside the base.
    pub async fn person(&self, id: &PersonId) -> Result<Option<Person>, Failure> {
        self.connection.begin();
        self.read_person(id).await
    }

    /// Everybody, page after page.
    pub fn people(&self) -> People<'_> {
        People { session: self, pages: Paged::new(people::everybody(self.settings())) }
    }

    /// All groups, page after page.
    pub fn groups(&self) -> Groups<'_> {
        Groups { session: self, pages: Paged::new(groups::all(self.settings())) }
    }

    /// The rules for this person’s passwords, as far as they may be read.
    pub async fn rules(&self, person: &Person) -> Result<Rules, Failure> {
        self.connection.begin();
        Ok(Rules::clone(&*self.rules_of(person.policy.as_deref()).await?))
    }

    /// DNs of policies that the service account sees (not of Active Directory): one of them may be the one for everybody.
    pub async fn policies(&self) -> Result<Vec<String>, Failure> {
        if self.settings().kind == Kind::ActiveDirectory {
            return Ok(Vec::new());
        }
        self.connection.begin();
        let root = self.read_root().await?;
        let base = &self.settings().base;
        rules::candidates(&self.connection, root.tree_of(base).unwrap_or(base)).await
    }

    /// Whether the account is locked at the moment.
    pub async fn lockout(&self, person: &Person) -> Result<Lock, Failure> {
        self.connection.begin();
        Ok(self.current(person).await?.account.lock)
    }

    /// What the service account may do to this person, as far as the directory tells.
    pub async fn rights(&self, person: &Person) -> Result<Rights, Failure> {
        self.connection.begin();
        let current = self.current(person).await?;
        let root = self.read_root().await?;
        let Settings { kind, base, bind_user, .. } = self.settings();
        match kind {
            Kind::ActiveDirectory => {
                let domain = root.default_naming_context.as_deref();
                rights::active_directory::read(&self.connection, &current.dn, domain).await
            }
            _ if root.knows_control(controls::EFFECTIVE_RIGHTS) => {
                let head = root.tree_of(base).unwrap_or(base);
                rights::effective::read(&self.connection, *kind, bind_user, &current.dn, head).await
            }
            Kind::Ds389 | Kind::FreeIpa | Kind::OpenLdap | Kind::Ldap => Ok(Rights::UNKNOWN),
        }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    pub(crate) async fn read_root(&self) -> Result<&Root, Failure> {
        self.root.get_or_try_init(|| root::read(&self.connection)).await
    }

    pub(crate) async fn read_person(&self, id: &PersonId) -> Result<Option<Person>, Failure> {
        let Some(query) = people::by_id(self.settings(), id) else { return Ok(None) };
        match self.only(&query).await? {
            Found::One(person) => Ok(Some(person)),
            Found::None => Ok(None),
            Found::Several => Err(Failure::Refused(Refusal::Several)),
        }
    }

    /// The same person as the entry is now.
    pub(crate) async fn current(&self, person: &Person) -> Result<Person, Failure> {
        self.read_person(&person.id).await?.ok_or(Failure::Refused(Refusal::Gone))
    }

    async fn only(&self, query: &Query) -> Result<Found, Failure> {
        // Read for every name alike, so that an unknown one costs the same questions.
        self.rules_of(None).await?;
        self.privileged().await?;
        let (mut entries, more) = search::few(&self.connection, query, 1).await?;
        match (more, entries.pop()) {
            (true, _) => Ok(Found::Several),
            (false, None) => Ok(Found::None),
            (false, Some(entry)) => Ok(self.read(&entry).await?.map_or(Found::None, Found::One)),
        }
    }

    async fn read(&self, entry: &Entry) -> Result<Option<Person>, Failure> {
        let own = people::own_policy(self.settings().kind, entry);
        let rules = self.rules_of(own.as_deref()).await?;
        let privileged = &*self.privileged().await?;
        let now = self.inner.clock.now();
        Ok(people::person(entry, Context { settings: self.settings(), rules: &rules, privileged, now }))
    }

    pub(crate) async fn rules_of(&self, own: Option<&str>) -> Result<Arc<Rules>, Failure> {
        let key = own.map(str::to_owned);
        let mut known = self.rules.lock().await;
        if let Some(rules) = known.get(&key) {
            return Ok(Arc::clone(rules));
        }
        let root = self.read_root().await?;
        let rules = Arc::new(rules::read(&self.connection, self.settings(), root, own).await?);
        known.insert(key, Arc::clone(&rules));
        Ok(rules)
    }

    async fn privileged(&self) -> Result<Arc<Privileged>, Failure> {
        let now = self.inner.clock.now();
        let known = self.inner.privileged().clone();
        if let Some((_, groups)) = known.filter(|(read_at, _)| now.since(*read_at) < PRIVILEGED) {
            return Ok(groups);
        }
        let root = self.read_root().await?;
        let groups = match (self.settings().kind, root.default_naming_context.as_deref()) {
            (Kind::ActiveDirectory, Some(domain)) => privileged::read(&self.connection, domain).await?,
            _ => Privileged::default(),
        };
        let groups = Arc::new(groups);
        *self.inner.privileged() = Some((now, Arc::clone(&groups)));
        Ok(groups)
    }
}

/// Everybody in a directory, page after page.
pub struct People<'a> {
    session: &'a Session,
    pages: Paged,
}

impl People<'_> {
    /// The next page, which may be empty; `None` after the last one. After a failure the rest is unknown: who was not seen
    /// yet is not gone.
    pub async fn next(&mut self) -> Result<Option<Page<Person>>, Failure> {
        let Some(entries) = self.pages.next(&self.session.connection).await? else { return Ok(None) };
        let mut page = Page { found: Vec::with_capacity(entries.len()), unreadable: 0 };
        for entry in entries {
            match self.session.read(&entry).await? {
                Some(person) => page.found.push(person),
                None => page.unreadable += 1,
            }
        }
        Ok(Some(page))
    }
}

/// The groups of a directory, page after page.
pub struct Groups<'a> {
    session: &'a Session,
    pages: Paged,
}

impl Groups<'_> {
    /// The next page, as of [`People::next`].
    pub async fn next(&mut self) -> Result<Option<Page<Group>>, Failure> {
        let Session { connection, inner, .. } = self.session;
        let Some(entries) = self.pages.next(connection).await? else { return Ok(None) };
        let mut page = Page { found: Vec::with_capacity(entries.len()), unreadable: 0 };
        for entry in entries {
            match groups::group(connection, &inner.settings, entry).await? {
                Some(group) => page.found.push(group),
                None => page.unreadable += 1,
            }
        }
        Ok(Some(page))
    }
}
