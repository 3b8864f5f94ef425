//! The groups that rule an Active Directory, with those inside of them. On Windows `adminCount` marks their members within
//! an hour; Samba marks nobody, and an hour is long.

use std::collections::HashSet;

use crate::ldap::connection::Connection;
use crate::ldap::search::{self, Paged, Query};
use crate::ldap::values::Sid;
use crate::outcome::Failure;

/// Of a domain (MS-DTYP 2.4.2.4): Administrator’s groups, domain controllers, Schema and Enterprise Admins, read-only
/// domain controllers, Key Admins. AdminSDHolder rules over the same.
const OF_A_DOMAIN: [u32; 7] = [512, 516, 518, 519, 521, 526, 527];
/// Built in: Administrators, Account, Server, Print and Backup Operators, Replicator.
const BUILT_IN: [u32; 6] = [544, 548, 549, 550, 551, 552];
/// Whoever is in a group that is in a group … (MS-ADTS 3.1.1.3.4.4.3).
const IN_CHAIN: &str = "memberOf:1.2.840.113556.1.4.1941:";

/// DNs of the groups, in lower case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Privileged(HashSet<String>);

impl Privileged {
    /// These.
    #[cfg(test)]
    pub(crate) fn of<'a>(dns: impl IntoIterator<Item = &'a str>) -> Self {
        Self(dns.into_iter().map(str::to_lowercase).collect())
    }

    /// Whether the group at `dn` is one.
    pub(crate) fn has(&self, dn: &str) -> bool {
        self.0.contains(&dn.to_lowercase())
    }
}

/// Whether it is the number of such a group in a domain.
pub(crate) fn is_number(relative: u32) -> bool {
    OF_A_DOMAIN.contains(&relative)
}

/// Whether it is the SID of such a group.
pub(crate) fn is_sid(sid: &Sid) -> bool {
    BUILT_IN.iter().any(|&number| *sid == Sid::nt(&[32, number]))
        || (sid.is_of_a_domain() && sid.relative().is_some_and(is_number))
}

/// Reads them. `domain` is the head of the domain.
pub(crate) async fn read(connection: &Connection, domain: &str) -> Result<Privileged, Failure> {
    let head = search::read(connection, domain, &["objectSid"]).await?;
    let sid = head.and_then(|head| head.first("objectSid").and_then(Sid::new));
    let own = OF_A_DOMAIN.iter().filter_map(|&number| Some(sid.as_ref()?.member(number)));
    let built_in = BUILT_IN.iter().map(|&number| Sid::nt(&[32, number]));
    let sids =
        own.chain(built_in).map(|sid| format!("(objectSid={})", sid.filter())).collect::<Vec<_>>().concat();
    let groups = names(connection, domain, format!("(&(objectClass=group)(|{sids}))")).await?;
    if groups.is_empty() {
        return Ok(Privileged::default());
    }
    let chain = |dn: &String| format!("({IN_CHAIN}={})", ldap3::ldap_escape(dn.as_str()));
    let chains = groups.iter().map(chain).collect::<Vec<_>>().concat();
    let inside = names(connection, domain, format!("(&(objectClass=group)(|{chains}))")).await?;
    Ok(Privileged(groups.into_iter().chain(inside).map(|dn| dn.to_lowercase()).collect()))
}

async fn names(connection: &Connection, base: &str, filter: String) -> Result<Vec<String>, Failure> {
    let mut pages = Paged::new(Query::below(base, filter, vec!["1.1".to_owned()]));
    let mut names = Vec::new();
    while let Some(page) = pages.next(connection).await? {
        names.extend(page.into_iter().map(|entry| entry.dn));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domain_admins_of_any_domain_rule_and_domain_users_do_not() {
        let domain = Sid::nt(&[21, 1, 2, 3]);
        assert!(is_sid(&domain.member(512)) && is_sid(&domain.member(519)));
        assert!(!is_sid(&domain.member(513)) && !is_sid(&domain.member(1104)));
        assert!(is_sid(&Sid::nt(&[32, 544])) && !is_sid(&Sid::nt(&[32, 545])));
        // The number alone says nothing.
        assert!(!is_sid(&Sid::nt(&[80, 512])));
    }
}
