//! Groups and who is in them.

use super::connection::Connection;
use super::entry::Entry;
use super::people;
use super::search::{self, Query};
use super::settings::Settings;
use crate::outcome::Failure;

/// Parts of one attribute: at 1,500 values each, more than any group has.
const MOST_RANGES: u32 = 10_000;

/// What stays of a group when it is renamed or moved, as [`crate::PersonId`] of a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub String);

/// A group as the directory has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What stays.
    pub id: GroupId,
    /// Where the entry is at the moment.
    pub dn: String,
    /// Its name to show.
    pub name: Option<String>,
    /// DNs of its direct members, people and groups.
    pub members: Vec<String>,
}

/// A search for all of them.
pub(crate) fn all(settings: &Settings) -> Query {
    let attributes = settings.attributes.of_groups().map(str::to_owned).collect();
    Query::below(settings.group_base(), settings.groups().to_owned(), attributes)
}

/// The group of an entry, with members that did not come at once. `None`: without an identifier.
pub(crate) async fn group(
    connection: &Connection,
    settings: &Settings,
    mut entry: Entry,
) -> Result<Option<Group>, Failure> {
    let Some(id) = people::id(settings, &entry) else { return Ok(None) };
    for name in &settings.attributes.members {
        complete(connection, &mut entry, name).await?;
    }
    let members = settings.attributes.members.iter().flat_map(|name| entry.texts(name));
    let members = members.map(str::to_owned).collect();
    Ok(Some(Group {
        id: GroupId(id.0),
        name: entry.shown(&settings.attributes.group_name),
        members,
        dn: entry.dn,
    }))
}

/// Active Directory gives the values of an attribute in parts.
async fn complete(connection: &Connection, entry: &mut Entry, name: &str) -> Result<(), Failure> {
    for _ in 0..MOST_RANGES {
        let Some(next) = entry.goes_on(name) else { return Ok(()) };
        connection.begin();
        let more = search::read(connection, &entry.dn, &[&format!("{name};range={next}-*")]).await?;
        let Some(mut more) = more else { return Ok(()) };
        if more.goes_on(name).is_some_and(|after| after <= next) {
            return Ok(());
        }
        entry.append(name, &mut more);
    }
    Ok(())
}
