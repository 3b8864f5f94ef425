//! Searches: one entry, a few, or page after page. References to other servers are left where they are.

use ldap3::controls::RawControl;
use ldap3::{LdapResult, ResultEntry, Scope, SearchOptions};

use super::connection::Connection;
use super::controls;
use super::entry::Entry;
use crate::ldap::refusals;
use crate::outcome::{Failure, Refusal};

/// Entries on a page.
pub(crate) const PAGE: u32 = 500;
/// Pages without an entry, one after the other: a server may have them, but not for ever.
const MOST_EMPTY: u32 = 1_000;

/// What is searched for.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    /// Where.
    pub(crate) base: String,
    /// How far below.
    pub(crate) scope: Scope,
    /// Which entries.
    pub(crate) filter: String,
    /// Which of their attributes.
    pub(crate) attributes: Vec<String>,
}

impl Query {
    /// The entry at `dn`.
    pub(crate) fn entry(dn: &str, attributes: &[&str]) -> Self {
        let attributes = attributes.iter().map(|&name| name.to_owned()).collect();
        Self { base: dn.to_owned(), scope: Scope::Base, filter: "(objectClass=*)".to_owned(), attributes }
    }

    /// Entries at and below `base`.
    pub(crate) fn below(base: &str, filter: String, attributes: Vec<String>) -> Self {
        Self { base: base.to_owned(), scope: Scope::Subtree, filter, attributes }
    }
}

/// The entry at `dn`; `None`: there is none, or none that may be seen.
pub(crate) async fn read(
    connection: &Connection,
    dn: &str,
    attributes: &[&str],
) -> Result<Option<Entry>, Failure> {
    read_with(connection, &Query::entry(dn, attributes), Vec::new()).await
}

/// The same with controls.
pub(crate) async fn read_with(
    connection: &Connection,
    query: &Query,
    controls: Vec<RawControl>,
) -> Result<Option<Entry>, Failure> {
    let (mut entries, result) = ask(connection, query, controls, 1).await?;
    match result.rc {
        refusals::SUCCESS => Ok(entries.pop()),
        refusals::NO_SUCH_OBJECT => Ok(None),
        _ => Err(refused(&result)),
    }
}

/// At most `most` entries, and whether there are more.
pub(crate) async fn few(
    connection: &Connection,
    query: &Query,
    most: usize,
) -> Result<(Vec<Entry>, bool), Failure> {
    let (mut entries, result) = ask(connection, query, Vec::new(), most + 1).await?;
    if result.rc != refusals::SUCCESS && result.rc != refusals::SIZE_LIMIT_EXCEEDED {
        return Err(refused(&result));
    }
    let more = entries.len() > most || result.rc == refusals::SIZE_LIMIT_EXCEEDED;
    entries.truncate(most);
    Ok((entries, more))
}

async fn ask(
    connection: &Connection,
    query: &Query,
    controls: Vec<RawControl>,
    most: usize,
) -> Result<(Vec<Entry>, LdapResult), Failure> {
    let mut ldap = connection.handle();
    ldap.with_search_options(SearchOptions::new().sizelimit(i32::try_from(most).unwrap_or(i32::MAX)));
    if !controls.is_empty() {
        ldap.with_controls(controls);
    }
    let question = ldap.search(&query.base, query.scope, &query.filter, query.attributes.clone());
    let found = connection.ask(question).await.map_err(Failure::Away)?;
    Ok((entries(found.0), found.1))
}

fn entries(found: Vec<ResultEntry>) -> Vec<Entry> {
    found.into_iter().filter(|entry| !entry.is_ref() && !entry.is_intermediate()).map(Entry::new).collect()
}

/// A search that goes on from page to page.
#[derive(Debug)]
pub(crate) struct Paged {
    query: Query,
    cookie: Option<Vec<u8>>,
    empty: u32,
}

impl Paged {
    /// Before the first page.
    pub(crate) fn new(query: Query) -> Self {
        Self { query, cookie: Some(Vec::new()), empty: 0 }
    }

    /// The next page; `None` after the last one.
    pub(crate) async fn next(&mut self, connection: &Connection) -> Result<Option<Vec<Entry>>, Failure> {
        while let Some(cookie) = self.cookie.take() {
            let found = self.page(connection, &cookie).await?;
            if found.is_empty() && self.cookie.is_some() {
                self.empty += 1;
                if self.empty > MOST_EMPTY {
                    return Err(Failure::Away(connection.end(crate::outcome::Away::Garbled)));
                }
                continue;
            }
            self.empty = 0;
            return Ok(Some(found));
        }
        Ok(None)
    }

    async fn page(&mut self, connection: &Connection, cookie: &[u8]) -> Result<Vec<Entry>, Failure> {
        connection.begin();
        let mut ldap = connection.handle();
        ldap.with_controls(controls::page(PAGE, cookie));
        let query = &self.query;
        let question =
            ldap.streaming_search(&query.base, query.scope, &query.filter, query.attributes.clone());
        let mut stream = connection.ask(question).await.map_err(Failure::Away)?;
        let mut found = Vec::new();
        while let Some(entry) = connection.ask(stream.next()).await.map_err(Failure::Away)? {
            found.push(entry);
            connection.begin();
        }
        let result = stream.finish().await;
        if result.rc != refusals::SUCCESS {
            return Err(refused(&result));
        }
        self.cookie = controls::next_page(&result.ctrls).filter(|cookie| !cookie.is_empty());
        Ok(entries(found))
    }
}

/// Why a search was refused.
fn refused(result: &LdapResult) -> Failure {
    Failure::Refused(match result.rc {
        refusals::SIZE_LIMIT_EXCEEDED => Refusal::SizeLimit,
        _ => refusals::of_code(result.rc),
    })
}
