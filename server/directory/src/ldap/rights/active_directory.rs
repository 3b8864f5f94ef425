//! Active Directory tells which attributes may be written (MS-ADTS 3.1.1.4.5.22), who the caller is (`tokenGroups` of the
//! rootDSE, 3.1.1.3.2.28), and, in the security descriptor, whose control access right *Reset Password* is.

use std::collections::HashSet;

use super::descriptor::Descriptor;
use super::{Excess, Right, Rights, among, excess, others};
use crate::ldap::connection::Connection;
use crate::ldap::controls;
use crate::ldap::entry::Entry;
use crate::ldap::people::privileged;
use crate::ldap::search::{self, Query};
use crate::ldap::values::Sid;
use crate::outcome::Failure;

const EFFECTIVE: &str = "allowedAttributesEffective";
const DESCRIPTOR: &str = "nTSecurityDescriptor";
const NEEDED: [&str; 2] = ["lockoutTime", "pwdLastSet"];

/// The rights on the person at `dn`; `domain` is the head of the domain.
pub(crate) async fn read(connection: &Connection, dn: &str, domain: Option<&str>) -> Result<Rights, Failure> {
    let query = Query::entry(dn, &[EFFECTIVE, DESCRIPTOR]);
    let person = search::read_with(connection, &query, vec![controls::security_descriptor()]).await?;
    let Some(person) = person else { return Ok(Rights::UNKNOWN) };
    let token = search::read(connection, "", &["tokenGroups"]).await?;
    let token = token.map(|root| sids(&root)).unwrap_or_default();
    let head = match domain {
        Some(domain) => search::read(connection, domain, &[EFFECTIVE]).await?,
        None => None,
    };
    // The attribute is not there where nothing may be written.
    let [unlock, must_change] = NEEDED.map(|name| among(person.texts(EFFECTIVE), name));
    Ok(Rights {
        reset_password: reset_password(&person, &token),
        unlock,
        must_change,
        excess: too_much(&person, head.as_ref(), &token),
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

fn too_much(person: &Entry, head: Option<&Entry>, token: &HashSet<Sid>) -> Vec<Excess> {
    let mut rules: Vec<String> =
        token.iter().filter(|sid| privileged::is_sid(sid)).map(Sid::to_string).collect();
    rules.sort_unstable();
    let domain = head.iter().flat_map(|head| head.texts(EFFECTIVE));
    excess(rules, others(person.texts(EFFECTIVE), &NEEDED), others(domain, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_is_no_excess() {
        let person = Entry::of("CN=a", &[(EFFECTIVE, b"lockoutTime"), (EFFECTIVE, b"pwdLastSet")]);
        let token = HashSet::from([Sid::nt(&[21, 1, 2, 3, 1105]), Sid::everyone()]);
        assert_eq!(too_much(&person, None, &token), Vec::new());
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
        assert_eq!(too_much(&person, Some(&head), &token), expected);
    }

    #[test]
    fn without_a_descriptor_nothing_is_known() {
        let token = HashSet::from([Sid::everyone()]);
        assert_eq!(reset_password(&Entry::of("CN=a", &[]), &token), Right::Unknown);
        assert_eq!(reset_password(&Entry::of("CN=a", &[(DESCRIPTOR, b"rubbish")]), &token), Right::Unknown);
    }
}
