//! 389 Directory Server: access control instructions on the containers.

use super::quoted::for_url;
use super::{Remedy, Wanted};
use crate::assess::rights::Right;

pub(super) fn remedies(wanted: &Wanted) -> Vec<Remedy> {
    let mut lines = Vec::new();
    for place in &wanted.places {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend([format!("dn: {place}"), "changetype: modify".to_owned(), "add: aci".to_owned()]);
        if wanted.wants(Right::SetPassword) {
            // Writing needs no reading: no hash leaves the directory.
            lines.push(aci("userPassword", "Regain: set passwords", "write", &wanted.account));
        }
        if wanted.wants(Right::Unlock) {
            let locks = "accountUnlockTime || passwordRetryCount || retryCountResetTime";
            lines.push(aci(locks, "Regain: unlock", "read, search, compare, write", &wanted.account));
        }
        if wanted.wants(Right::RequireChange) {
            let expiry = "passwordExpirationTime || pwdReset";
            lines.push(aci(
                expiry,
                "Regain: require a change",
                "read, search, compare, write",
                &wanted.account,
            ));
        }
    }
    if wanted.hidden_policies {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend([
            format!("dn: {}", wanted.base),
            "changetype: modify".to_owned(),
            "add: aci".to_owned(),
        ]);
        let target = "(targetfilter = \"(objectClass=passwordPolicy)\")(targetattr = \"*\")";
        lines.push(instruction(
            target,
            "Regain: read password policies",
            "read, search, compare",
            &wanted.account,
        ));
    }
    vec![Remedy {
        with: "ldapmodify (LDIF)",
        note: "As Directory Manager. Where several instructions are added to one entry, none of those that are there is lost.",
        lines,
    }]
}

fn aci(attributes: &str, name: &str, rights: &str, account: &str) -> String {
    instruction(&format!("(targetattr = \"{attributes}\")"), name, rights, account)
}

fn instruction(target: &str, name: &str, rights: &str, account: &str) -> String {
    let who = for_url(account);
    format!("aci: {target}(version 3.0; acl \"{name}\"; allow ({rights}) userdn = \"ldap:///{who}\";)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_names_the_account_and_lets_nobody_read_a_hash() {
        let wanted = Wanted {
            account: "cn=svc,dc=test".to_owned(),
            places: vec!["ou=people,dc=test".to_owned()],
            rights: [Right::SetPassword].into(),
            hidden_policies: false,
            base: "dc=test".to_owned(),
        };
        assert_eq!(
            remedies(&wanted)[0].lines,
            [
                "dn: ou=people,dc=test",
                "changetype: modify",
                "add: aci",
                "aci: (targetattr = \"userPassword\")(version 3.0; acl \"Regain: set passwords\"; allow (write) \
                 userdn = \"ldap:///cn=svc,dc=test\";)",
            ]
        );
    }
}
