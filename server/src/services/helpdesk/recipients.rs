//! Who is asked to help (R204, R205).

use regain_core::limits::CONTACT_RECIPIENTS;
use regain_core::role::{Role, may_manage};
use regain_store::{Result, Tx, User};

/// Whom to ask, in this order: the next only if there is nobody before who may help the account.
const TIERS: [&[Role]; 3] = [
    &[Role::HelpdeskAdministrator, Role::PasswordAdministrator],
    &[Role::UserAdministrator],
    &[Role::GlobalAdministrator],
];

/// The administrators who can help an account that holds these roles, at most 100, the person aside.
pub(super) async fn recipients(tx: &mut dyn Tx, person: &User, roles: &[Role]) -> Result<Vec<User>> {
    for tier in TIERS {
        let mut found: Vec<User> = Vec::new();
        for role in tier.iter().filter(|role| may_manage(&[**role], roles)) {
            let most = i64::try_from(CONTACT_RECIPIENTS).unwrap_or(i64::MAX);
            for holder in tx.role_holders(role.as_str(), most + 1).await? {
                if holder.id != person.id && !found.iter().any(|other| other.id == holder.id) {
                    found.push(holder);
                }
            }
        }
        if !found.is_empty() {
            found.truncate(CONTACT_RECIPIENTS);
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The primary address and no other.
pub(super) fn address(user: &User) -> String {
    user.mail.clone().unwrap_or_else(|| user.upn.clone())
}
