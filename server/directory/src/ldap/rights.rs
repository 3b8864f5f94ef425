//! What the service account may do to a person: what it needs, and what it has too much.

mod descriptor;

use std::collections::HashSet;

use super::connection::Connection;
use super::controls;
use super::entry::Entry;
use super::people::privileged;
use super::search::{self, Query};
use super::values::Sid;
use crate::outcome::Failure;
use descriptor::Descriptor;

/// Whether the service account may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// It may.
    Yes,
    /// It may not.
    No,
    /// The directory does not tell before somebody tries.
    Unknown,
}

/// What the service account may do to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// To set a password without the old one.
    pub reset_password: Right,
    /// To open a locked account: `lockoutTime`.
    pub unlock: Right,
    /// To say that a password must be changed, and to take that back: `pwdLastSet`.
    pub must_change: Right,
    /// What it may and does not need.
    pub excess: Vec<Excess>,
}

/// What a service account does not need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excess {
    /// It is in groups that rule the directory; their SIDs.
    RulesDirectory(Vec<String>),
    /// It may write other attributes of this person.
    Writes(Vec<String>),
    /// It may write attributes of the head of the domain, where its base is not.
    WritesDomain(Vec<String>),
}

impl Rights {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        reset_password: Right::Unknown,
        unlock: Right::Unknown,
        must_change: Right::Unknown,
        excess: Vec::new(),
    };
}

const EFFECTIVE: &str = "allowedAttributesEffective";
const DESCRIPTOR: &str = "nTSecurityDescriptor";
const NEEDED: [&str; 2] = ["lockoutTime", "pwdLastSet"];

/// Active Directory tells which attributes may be written (MS-ADTS 3.1.1.4.5.22), who the caller is (`tokenGroups` of the
/// rootDSE, 3.1.1.3.2.28), and, in the security descriptor, whose control access right *Reset Password* is.
pub(crate) async fn active_directory(
    connection: &Connection,
    dn: &str,
    domain: Option<&str>,
) -> Result<Rights, Failure> {
    let query = Query::entry(dn, &[EFFECTIVE, DESCRIPTOR]);
    let person = search::read_with(connection, &query, vec![controls::security_descriptor()]).await?;
    let Some(person) = person else { return Ok(Rights::UNKNOWN) };
    let token = search::read(connection, "", &["tokenGroups"]).await?;
    let token = token.map(|root| sids(&root)).unwrap_or_default();
    let head = match domain {
        Some(domain) => search::read(connection, domain, &[EFFECTIVE]).await?,
        None => None,
    };
    Ok(Rights {
        reset_password: reset_password(&person, &token),
        unlock: may_write(&person, "lockoutTime"),
        must_change: may_write(&person, "pwdLastSet"),
        excess: excess(&person, head.as_ref(), &token),
    })
}

/// Whom the caller counts as. Everybody who signed in is among *Everyone* and *Authenticated Users*.
fn sids(root: &Entry) -> HashSet<Sid> {
    let told: HashSet<Sid> = root.bytes("tokenGroups").iter().filter_map(|bytes| Sid::new(bytes)).collect();
    if told.is_empty() {
        return told;
    }
    told.into_iter().chain([Sid::everyone(), Sid::nt(&[11])]).collect()
}

/// The attribute is not there where nothing may be written, and where it is not told; a server of this kind tells.
fn may_write(person: &Entry, name: &str) -> Right {
    let has = person.texts(EFFECTIVE).any(|allowed| allowed.eq_ignore_ascii_case(name));
    if has { Right::Yes } else { Right::No }
}

fn reset_password(person: &Entry, token: &HashSet<Sid>) -> Right {
    if token.is_empty() {
        return Right::Unknown;
    }
    match person.first(DESCRIPTOR).and_then(Descriptor::parse) {
        None => Right::Unknown,
        Some(descriptor) if descriptor.may_reset_password(token) => Right::Yes,
        Some(_) => Right::No,
    }
}

fn excess(person: &Entry, head: Option<&Entry>, token: &HashSet<Sid>) -> Vec<Excess> {
    let mut rules: Vec<String> =
        token.iter().filter(|sid| privileged::is_sid(sid)).map(Sid::to_string).collect();
    rules.sort_unstable();
    let is_needed = |name: &&str| NEEDED.iter().any(|needed| needed.eq_ignore_ascii_case(name));
    let others =
        person.texts(EFFECTIVE).filter(|name| !is_needed(name)).map(str::to_owned).collect::<Vec<_>>();
    let domain = head.iter().flat_map(|head| head.texts(EFFECTIVE)).map(str::to_owned).collect::<Vec<_>>();
    [Excess::RulesDirectory(rules), Excess::Writes(others), Excess::WritesDomain(domain)]
        .into_iter()
        .filter(|excess| {
            let (Excess::RulesDirectory(names) | Excess::Writes(names) | Excess::WritesDomain(names)) =
                excess;
            !names.is_empty()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_is_no_excess() {
        let person = Entry::of("CN=a", &[(EFFECTIVE, b"lockoutTime"), (EFFECTIVE, b"pwdLastSet")]);
        let token = HashSet::from([Sid::nt(&[21, 1, 2, 3, 1105]), Sid::everyone()]);
        assert_eq!(excess(&person, None, &token), Vec::new());
        assert_eq!(may_write(&person, "lockouttime"), Right::Yes);
        assert_eq!(may_write(&person, "mail"), Right::No);
    }

    #[test]
    fn what_is_too_much_is_named() {
        let person = Entry::of("CN=a", &[(EFFECTIVE, b"lockoutTime"), (EFFECTIVE, b"mail")]);
        let head = Entry::of("DC=corp", &[(EFFECTIVE, b"minPwdLength")]);
        let token = HashSet::from([Sid::nt(&[21, 1, 2, 3, 512])]);
        let expected = vec![
            Excess::RulesDirectory(vec!["S-1-5-21-1-2-3-512".to_owned()]),
            Excess::Writes(vec!["mail".to_owned()]),
            Excess::WritesDomain(vec!["minPwdLength".to_owned()]),
        ];
        assert_eq!(excess(&person, Some(&head), &token), expected);
    }

    #[test]
    fn without_a_descriptor_nothing_is_known() {
        let token = HashSet::from([Sid::everyone()]);
        assert_eq!(reset_password(&Entry::of("CN=a", &[]), &token), Right::Unknown);
        assert_eq!(reset_password(&Entry::of("CN=a", &[(DESCRIPTOR, b"rubbish")]), &token), Right::Unknown);
    }
}
