//! 389 Directory Server and FreeIPA answer what somebody may do, where they are asked with the control *get effective
//! rights* (draft-ietf-ldapext-acl-model-08, 9).

use super::{Rights, among, excess, others};
use crate::kind::Kind;
use crate::ldap::connection::Connection;
use crate::ldap::controls;
use crate::ldap::entry::Entry;
use crate::ldap::search::{self, Query};
use crate::outcome::Failure;

const RIGHTS: &str = "attributeLevelRights";
const PASSWORD: &str = "userPassword";

/// The rights of `who` on the person at `dn`; `head` is the head of the tree.
pub(crate) async fn read(
    connection: &Connection,
    kind: Kind,
    who: &str,
    dn: &str,
    head: &str,
) -> Result<Rights, Failure> {
    let needed = needed(kind);
    let person = ask(connection, who, dn, needed).await?;
    if !person.has(RIGHTS) {
        return Ok(Rights::UNKNOWN);
    }
    let head = ask(connection, who, head, &[]).await?;
    Ok(rights(&person, &head, needed))
}

/// Password, lock, and the mark of a password that is to be changed, in this order; then what else belongs to these.
const fn needed(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::FreeIpa => &[
            PASSWORD,
            "krbLoginFailedCount",
            "krbPasswordExpiration",
            "krbLastAdminUnlock",
            "krbPrincipalKey",
        ],
        _ => &[
            PASSWORD,
            "accountUnlockTime",
            "passwordExpirationTime",
            "passwordRetryCount",
            "retryCountResetTime",
            "pwdReset",
        ],
    }
}

/// What the server will not tell, it leaves out.
async fn ask(connection: &Connection, who: &str, dn: &str, attributes: &[&str]) -> Result<Entry, Failure> {
    let query = Query::entry(dn, &[&["*"], attributes].concat());
    match search::read_with(connection, &query, vec![controls::effective_rights(who)]).await {
        Ok(entry) => Ok(entry.unwrap_or_default()),
        Err(Failure::Refused(_)) => Ok(Entry::default()),
        Err(failure) => Err(failure),
    }
}

fn rights(person: &Entry, head: &Entry, needed: &[&str]) -> Rights {
    let right = |name: Option<&&str>| among(writable(person), name.copied().unwrap_or_default());
    Rights {
        reset_password: right(needed.first()),
        unlock: right(needed.get(1)),
        must_change: right(needed.get(2)),
        excess: excess(Vec::new(), others(writable(person), needed), others(writable(head), &[])),
    }
}

/// `mail:rsc, userPassword:wo`: who may write an attribute has a `w` there.
fn writable(entry: &Entry) -> impl Iterator<Item = &str> {
    let all = entry.text(RIGHTS).unwrap_or_default().split(',');
    all.filter_map(|one| one.trim().split_once(':'))
        .filter(|(_, letters)| letters.contains('w'))
        .map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::super::{Excess, Right};
    use super::*;

    #[test]
    fn letters_tell_what_may_be_written() {
        let person = Entry::of(
            "uid=a",
            &[(
                RIGHTS,
                b"userPassword:wo, accountUnlockTime:rsc, passwordExpirationTime:rscwo, mail:rscwo, cn:none",
            )],
        );
        let rights = rights(&person, &Entry::default(), needed(Kind::Ds389));
        assert_eq!(
            (rights.reset_password, rights.unlock, rights.must_change),
            (Right::Yes, Right::No, Right::Yes)
        );
        assert_eq!(rights.excess, [Excess::Writes(vec!["mail".to_owned()])]);
    }

    #[test]
    fn rights_over_the_tree_are_too_many() {
        let head = Entry::of("dc=example", &[(RIGHTS, b"dc:rsc, aci:rscwo")]);
        let rights = rights(&Entry::default(), &head, needed(Kind::Ds389));
        assert_eq!(rights.excess, [Excess::WritesDomain(vec!["aci".to_owned()])]);
    }
}
