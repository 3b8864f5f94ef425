//! The rules for passwords, read from where each product keeps them. What cannot be read is said to be hidden.

mod active_directory;
mod ds389;
mod freeipa;
mod ppolicy;

use std::time::Duration;

use ldap3::Scope;

use super::connection::Connection;
use super::entry::Entry;
use super::root::Root;
use super::search::{self, Query};
use super::settings::Settings;
use crate::kind::Kind;
use crate::outcome::{Failure, Refusal};
use crate::rules::{Rules, Source};

/// The rules of the policy at `own`; of the one for everybody, where it is `None`.
pub(crate) async fn read(
    connection: &Connection,
    settings: &Settings,
    root: &Root,
    own: Option<&str>,
) -> Result<Rules, Failure> {
    if let Some(dn) = own {
        let entry = visible(connection, dn, attributes(settings.kind)).await?;
        let rules = entry.and_then(|entry| decode(settings.kind, &entry, Source::Own(dn.to_owned())));
        return Ok(rules.unwrap_or_else(|| Rules::unknown(Source::Hidden(dn.to_owned()))));
    }
    for_everybody(connection, settings, root).await
}

async fn for_everybody(connection: &Connection, settings: &Settings, root: &Root) -> Result<Rules, Failure> {
    let kind = settings.kind;
    let dn = match kind {
        Kind::ActiveDirectory => root.default_naming_context.clone(),
        Kind::Ds389 => Some(ds389::GLOBAL.to_owned()),
        Kind::FreeIpa => freeipa::global(connection, root.tree_of(&settings.base)).await?,
        Kind::OpenLdap | Kind::Ldap => match &settings.default_policy {
            Some(dn) => Some(dn.clone()),
            None => ppolicy::default(connection).await?,
        },
    };
    let Some(dn) = dn else { return Ok(Rules::unknown(Source::None)) };
    let domain = if kind == Kind::ActiveDirectory { active_directory::DOMAIN } else { attributes(kind) };
    let entry = visible(connection, &dn, domain).await?;
    let rules = match (kind, entry) {
        (_, None) => None,
        (Kind::ActiveDirectory, Some(entry)) => active_directory::of_domain(&entry),
        (_, Some(entry)) => decode(kind, &entry, Source::Domain),
    };
    Ok(rules.unwrap_or_else(|| Rules::unknown(Source::Hidden(dn))))
}

/// The entries of policies that the service account can see below `base`: one of them may be the one for everybody.
pub(crate) async fn candidates(connection: &Connection, base: &str) -> Result<Vec<String>, Failure> {
    let query = Query::below(base, "(objectClass=pwdPolicy)".to_owned(), vec!["1.1".to_owned()]);
    let (found, _) = search::few(connection, &query, 100).await?;
    Ok(found.into_iter().map(|entry| entry.dn).collect())
}

/// The entry; that it may not be seen is no failure here.
async fn visible(connection: &Connection, dn: &str, attributes: &[&str]) -> Result<Option<Entry>, Failure> {
    match search::read(connection, dn, attributes).await {
        Err(Failure::Refused(Refusal::NoRight | Refusal::Gone | Refusal::Elsewhere | Refusal::Other(_))) => {
            Ok(None)
        }
        read => read,
    }
}

/// The only value of `attribute` in entries at and below `base`, where all that can be seen agree.
async fn only(
    connection: &Connection,
    base: &str,
    filter: &str,
    attribute: &str,
) -> Result<Option<String>, Failure> {
    let query = Query {
        base: base.to_owned(),
        scope: Scope::Subtree,
        filter: filter.to_owned(),
        attributes: vec![attribute.to_owned()],
    };
    let found = match search::few(connection, &query, 10).await {
        Ok((found, _)) => found,
        Err(Failure::Refused(_)) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let mut values = found
        .iter()
        .map(|entry| if attribute == "1.1" { Some(entry.dn.as_str()) } else { entry.text(attribute) });
    let first = values.next().flatten();
    Ok(first.filter(|first| values.all(|value| value == Some(first))).map(str::to_owned))
}

const fn attributes(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::ActiveDirectory => active_directory::FINE_GRAINED,
        Kind::OpenLdap | Kind::Ldap => ppolicy::ATTRIBUTES,
        Kind::Ds389 => ds389::ATTRIBUTES,
        Kind::FreeIpa => freeipa::ATTRIBUTES,
    }
}

/// `None`: the entry shows nothing of a policy.
fn decode(kind: Kind, entry: &Entry, source: Source) -> Option<Rules> {
    if !attributes(kind).iter().any(|name| entry.has(name)) {
        return None;
    }
    Some(match kind {
        Kind::ActiveDirectory => active_directory::fine_grained(entry, source),
        Kind::OpenLdap | Kind::Ldap => ppolicy::rules(entry, source),
        Kind::Ds389 => ds389::rules(entry, source),
        Kind::FreeIpa => freeipa::rules(entry, source),
    })
}

/// A number of things, of which none is no rule.
fn some(count: Option<u32>) -> Option<u32> {
    count.filter(|&count| count > 0)
}

/// Seconds, of which none are no rule.
fn seconds(entry: &Entry, name: &str) -> Option<Duration> {
    entry.text(name)?.parse().ok().filter(|&seconds| seconds > 0).map(Duration::from_secs)
}
