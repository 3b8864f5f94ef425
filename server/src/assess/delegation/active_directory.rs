//! Active Directory: access control entries that user objects inherit, by three tools that write the same ones.

use super::quoted::{for_cmd, for_powershell, for_shell};
use super::{Remedy, Wanted};
use crate::assess::place;
use crate::assess::rights::Right;

/// The class of users (MS-ADSC, class user).
const USER: &str = "bf967aba-0de6-11d0-a285-00aa003049e2";

/// How a right is written.
struct Entry {
    right: Right,
    /// For `dsacls`: the sort of right, and its name.
    dsacls: &'static str,
    /// For SDDL: the sort of right.
    sddl: &'static str,
    /// For .NET: the sort of right.
    net: &'static str,
    /// The control access right (MS-ADTS, 5.1.3.2.1) or the attribute (MS-ADA1 to 3), by its GUID.
    guid: &'static str,
}

const ENTRIES: [Entry; 3] = [
    Entry {
        right: Right::SetPassword,
        dsacls: "CA;Reset Password",
        sddl: "CR",
        net: "ExtendedRight",
        guid: "00299570-246d-11d0-a768-00aa006e0529",
    },
    Entry {
        right: Right::Unlock,
        dsacls: "RPWP;lockoutTime",
        sddl: "RPWP",
        net: "ReadProperty, WriteProperty",
        guid: "28630ebf-41d5-11d1-a9c1-0000f80367c1",
    },
    Entry {
        right: Right::RequireChange,
        dsacls: "RPWP;pwdLastSet",
        sddl: "RPWP",
        net: "ReadProperty, WriteProperty",
        guid: "bf967a0a-0de6-11d0-a285-00aa003049e2",
    },
];

const ELEVATED: &str =
    "As a domain administrator, on a domain controller or a machine with the administration tools.";
const BY_CONSOLE: &str = "A name here cannot be written on this command line; use PowerShell.";

pub(super) fn remedies(wanted: &Wanted) -> Vec<Remedy> {
    vec![
        Remedy { with: "dsacls (command prompt)", note: ELEVATED, lines: dsacls(wanted) },
        Remedy { with: "PowerShell", note: ELEVATED, lines: powershell(wanted) },
        Remedy {
            with: "samba-tool (Samba domain controllers)",
            note: "As root on a domain controller.",
            lines: samba(wanted),
        },
    ]
}

fn entries(wanted: &Wanted) -> impl Iterator<Item = &'static Entry> {
    ENTRIES.iter().filter(|entry| wanted.wants(entry.right))
}

/// The container of the fine-grained policies (MS-ADTS, 6.1.1.4.11.1).
fn policy_container(base: &str) -> String {
    let mut domain = base;
    while !domain.is_empty() && !starts_with_dc(domain) {
        domain = place::divided(domain).1;
    }
    format!("CN=Password Settings Container,CN=System,{domain}")
}

fn starts_with_dc(dn: &str) -> bool {
    dn.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("dc="))
}

fn dsacls(wanted: &Wanted) -> Vec<String> {
    let line = |dn: &str, how: &str, rights: &str| {
        let grant = for_cmd(&format!("{}:{rights}", wanted.account))?;
        Some(format!("dsacls {} {how} /G {grant}", for_cmd(dn)?))
    };
    let mut lines = Vec::new();
    for place in &wanted.places {
        lines.extend(entries(wanted).map(|entry| line(place, "/I:S", &format!("{};user", entry.dsacls))));
    }
    if wanted.hidden_policies {
        lines.push(line(&policy_container(&wanted.base), "/I:T", "GR"));
    }
    lines.into_iter().map(|line| line.unwrap_or_else(|| format!("rem {BY_CONSOLE}"))).collect()
}

fn powershell(wanted: &Wanted) -> Vec<String> {
    let mut lines = vec!["Import-Module ActiveDirectory".to_owned()];
    lines.push(format!("$account = ({}).SID", found(&wanted.account)));
    let ad = |dn: &str| for_powershell(&format!("AD:\\{dn}"));
    let rule = |arguments: &str| {
        format!(
            "$acl.AddAccessRule([DirectoryServices.ActiveDirectoryAccessRule]::new($account, {arguments}))"
        )
    };
    for place in &wanted.places {
        lines.push(format!("$place = {}", ad(place)));
        lines.push("$acl = Get-Acl -LiteralPath $place".to_owned());
        for Entry { net, guid, .. } in entries(wanted) {
            lines.push(rule(&format!("'{net}', 'Allow', [guid]'{guid}', 'Descendents', [guid]'{USER}'")));
        }
        lines.push("Set-Acl -LiteralPath $place -AclObject $acl".to_owned());
    }
    if wanted.hidden_policies {
        lines.push(format!("$place = {}", ad(&policy_container(&wanted.base))));
        lines.push("$acl = Get-Acl -LiteralPath $place".to_owned());
        lines.push(rule("'GenericRead', 'Allow', 'All'"));
        lines.push("Set-Acl -LiteralPath $place -AclObject $acl".to_owned());
    }
    lines
}

/// How PowerShell finds the account, by any of the three names with which an account signs in.
fn found(account: &str) -> String {
    if account.contains('@') && !account.contains('=') {
        // Inside the filter's own quotes a quotation mark is doubled, and all of it is quoted once more.
        let filter = format!("UserPrincipalName -eq {}", for_powershell(account));
        format!("Get-ADUser -Filter {}", for_powershell(&filter))
    } else {
        format!("Get-ADUser -Identity {}", for_powershell(short(account)))
    }
}

/// The account name of `DOMAIN\name`; anything else as it is.
fn short(account: &str) -> &str {
    if account.contains('=') { account } else { account.rsplit('\\').next().unwrap_or(account) }
}

fn samba(wanted: &Wanted) -> Vec<String> {
    let account = if wanted.account.contains('=') {
        place::first_value(&wanted.account)
    } else {
        short(&wanted.account).split('@').next().unwrap_or_default().to_owned()
    };
    let show = format!("samba-tool user show {} --attributes=objectSid", for_shell(&account));
    let mut lines = vec![format!("SID=$({show} | sed -n 's/^objectSid: //p')")];
    let set =
        |dn: &str, ace: &str| format!("samba-tool dsacl set --objectdn={} --sddl=\"{ace}\"", for_shell(dn));
    for place in &wanted.places {
        for Entry { sddl, guid, .. } in entries(wanted) {
            lines.push(set(place, &format!("(OA;CIIO;{sddl};{guid};{USER};$SID)")));
        }
    }
    if wanted.hidden_policies {
        lines.push(set(&policy_container(&wanted.base), "(A;CI;RPLC;;;$SID)"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(account: &str) -> Wanted {
        Wanted {
            account: account.to_owned(),
            places: vec!["OU=Staff,DC=corp,DC=test".to_owned()],
            rights: [Right::SetPassword, Right::Unlock].into(),
            hidden_policies: true,
            base: "OU=Staff,DC=corp,DC=test".to_owned(),
        }
    }

    #[test]
    fn each_tool_gives_what_is_lacking_and_nothing_else() {
        let container = "CN=Password Settings Container,CN=System,DC=corp,DC=test";
        assert_eq!(
            dsacls(&wanted("svc@corp.test")),
            [
                "dsacls \"OU=Staff,DC=corp,DC=test\" /I:S /G \"svc@corp.test:CA;Reset Password;user\""
                    .to_owned(),
                "dsacls \"OU=Staff,DC=corp,DC=test\" /I:S /G \"svc@corp.test:RPWP;lockoutTime;user\""
                    .to_owned(),
                format!("dsacls \"{container}\" /I:T /G \"svc@corp.test:GR\""),
            ]
        );
        let samba = samba(&wanted("CORP\\svc")).join("\n");
        assert!(samba.starts_with("SID=$(samba-tool user show 'svc' "), "{samba}");
        assert!(samba.contains("(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;"), "{samba}");
        assert!(samba.contains("(A;CI;RPLC;;;$SID)") && !samba.contains("bf967a0a"), "{samba}");
        let powershell = powershell(&wanted("CN=svc,OU=Services,DC=corp,DC=test")).join("\n");
        assert!(
            powershell.contains("Get-ADUser -Identity 'CN=svc,OU=Services,DC=corp,DC=test'"),
            "{powershell}"
        );
        assert_eq!(powershell.matches("AddAccessRule").count(), 3, "{powershell}");
    }

    #[test]
    fn a_place_with_a_hostile_name_becomes_no_command() {
        let mut wanted = wanted("svc@corp.test");
        wanted.places = vec!["OU=a\" & del *,DC=corp,DC=test".to_owned(), "OU=$(id)';x,DC=corp".to_owned()];
        assert!(dsacls(&wanted)[0].starts_with("rem "));
        assert!(samba(&wanted).iter().any(|line| line.contains(r"'OU=$(id)'\'';x,DC=corp'")));
        assert!(powershell(&wanted).iter().any(|line| line == r"$place = 'AD:\OU=$(id)'';x,DC=corp'"));
    }
}
