//! OpenLDAP: rules that stand before the others and leave everybody else to them (`by * break`).

use super::quoted::for_slapd;
use super::{Remedy, Wanted};
use crate::assess::rights::Right;

const NOTE: &str = "The first rule that fits decides, so these stand before the others; everybody but the service account \
                    goes on to the rules that are there.";

pub(super) fn remedies(wanted: &Wanted) -> Vec<Remedy> {
    let rules = rules(wanted);
    let file = rules.iter().flat_map(|[what, by]| {
        [format!("access to {what}"), format!("  by {by}"), "  by * break".to_owned()]
    });
    let mut ldif = vec![
        "# ldapmodify -Y EXTERNAL -H ldapi:///, with the database's own number and type in the DN".to_owned(),
        "dn: olcDatabase={1}mdb,cn=config".to_owned(),
        "changetype: modify".to_owned(),
        "add: olcAccess".to_owned(),
    ];
    let entry = |(index, [what, by]): (usize, &[String; 2])| {
        format!("olcAccess: {{{index}}}to {what} by {by} by * break")
    };
    ldif.extend(rules.iter().enumerate().map(entry));
    vec![
        Remedy { with: "slapd.conf", note: NOTE, lines: file.collect() },
        Remedy { with: "cn=config (LDIF)", note: NOTE, lines: ldif },
    ]
}

/// To what, and by whom with which rights.
fn rules(wanted: &Wanted) -> Vec<[String; 2]> {
    let who = format!("dn.exact={}", for_slapd(&wanted.account));
    let mut locks = Vec::new();
    if wanted.wants(Right::Unlock) {
        locks.extend(["pwdAccountLockedTime", "pwdFailureTime"]);
    }
    if wanted.wants(Right::RequireChange) {
        locks.push("pwdReset");
    }
    let mut rules = Vec::new();
    for place in &wanted.places {
        let below = format!("dn.subtree={}", for_slapd(place));
        if wanted.wants(Right::SetPassword) {
            // Writing needs no reading: no hash leaves the directory.
            rules.push([format!("{below} attrs=userPassword"), format!("{who} =w")]);
        }
        if !locks.is_empty() {
            rules.push([format!("{below} attrs={}", locks.join(",")), format!("{who} write")]);
        }
    }
    if wanted.hidden_policies {
        rules.push(["filter=(objectClass=pwdPolicy)".to_owned(), format!("{who} read")]);
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_stand_before_the_others_and_let_them_decide_for_everybody_else() {
        let wanted = Wanted {
            account: "cn=svc,dc=test".to_owned(),
            places: vec!["ou=people,dc=test".to_owned()],
            rights: [Right::SetPassword, Right::RequireChange].into(),
            hidden_policies: false,
            base: "dc=test".to_owned(),
        };
        let [file, ldif] = remedies(&wanted).try_into().unwrap();
        assert_eq!(
            file.lines,
            [
                "access to dn.subtree=\"ou=people,dc=test\" attrs=userPassword",
                "  by dn.exact=\"cn=svc,dc=test\" =w",
                "  by * break",
                "access to dn.subtree=\"ou=people,dc=test\" attrs=pwdReset",
                "  by dn.exact=\"cn=svc,dc=test\" write",
                "  by * break",
            ]
        );
        assert_eq!(
            ldif.lines[4],
            "olcAccess: {0}to dn.subtree=\"ou=people,dc=test\" attrs=userPassword by dn.exact=\"cn=svc,dc=test\" =w by * break"
        );
    }
}
