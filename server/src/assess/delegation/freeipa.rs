//! FreeIPA: a role with the permissions that come with it.

use super::quoted::for_shell;
use super::{Remedy, Wanted};
use crate::assess::place;
use crate::assess::rights::Right;

pub(super) fn remedies(wanted: &Wanted) -> Vec<Remedy> {
    let mut lines = Vec::new();
    let mut permissions = Vec::new();
    if wanted.wants(Right::SetPassword) {
        permissions.push("System: Change User password");
    }
    if wanted.wants(Right::RequireChange) {
        let own = "Regain: require a change";
        let rights = "--right=write --type=user --attrs=krbPasswordExpiration";
        lines.push(format!("ipa permission-add {} {rights}", for_shell(own)));
        permissions.push(own);
    }
    if wanted.wants(Right::Unlock) {
        permissions.push("System: Unlock User");
    }
    if wanted.hidden_policies {
        permissions.push("System: Read Group Password Policy");
    }
    let account = if wanted.account.contains('=') {
        place::first_value(&wanted.account)
    } else {
        wanted.account.split('@').next().unwrap_or_default().to_owned()
    };
    lines.push("ipa privilege-add 'Regain'".to_owned());
    lines.extend(permissions.iter().map(|permission| {
        format!("ipa privilege-add-permission 'Regain' --permissions={}", for_shell(permission))
    }));
    lines.push("ipa role-add 'Regain'".to_owned());
    lines.push("ipa role-add-privilege 'Regain' --privileges='Regain'".to_owned());
    lines.push(format!("ipa role-add-member 'Regain' --users={}", for_shell(&account)));
    vec![Remedy {
        with: "ipa (command line)",
        note: "As an administrator of FreeIPA. A role holds for all users; FreeIPA gives none for a part of them.",
        lines,
    }]
}
