//! Everybody but Active Directory: the password modify operation (RFC 3062). What must be done beside it, each product keeps
//! in attributes of its own; whether it is needed, the entry tells afterwards: a service account with ACL `write` does not
//! mark a password as one to be changed, one with `manage` does.

use ldap3::Mod;
use ldap3::exop::PasswordModify;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;

use super::{Done, Missing, SetOptions, remove, replace};
use crate::kind::Kind;
use crate::ldap::connection::Connection;
use crate::ldap::session::Session;
use crate::ldap::values::generalized_of;
use crate::ldap::{directory, ppolicy, refusals};
use crate::outcome::{BindVerdict, Failure, Refusal};
use crate::person::{Lock, Person};
use crate::rules::Rules;

/// The last second that 32 bits count: *never* of 389 Directory Server.
const NEVER: &str = "20380119031407Z";

/// Sets the password on the service account’s connection, then puts right what the entry says.
pub(super) async fn set(
    session: &Session,
    person: &Person,
    old: Option<&Secret>,
    new: &Secret,
    options: SetOptions,
) -> Result<Done, Failure> {
    write(session, &session.connection, &person.dn, old, new).await?;
    Ok(put_right(session, person, options).await)
}

/// On a connection of the owner’s, so that every rule holds whatever the service account may. Only if the old password is
/// right but has run out, which ends such a connection, the service account’s does it.
pub(super) async fn change(
    session: &Session,
    person: &Person,
    old: &Secret,
    new: &Secret,
) -> Result<Done, Failure> {
    let kind = session.settings().kind;
    let (_, own) = session.inner.first(directory::Purpose::OneBind).await.map_err(Failure::Away)?;
    let verdict = directory::bind(kind, &own, &person.dn, old).await.map_err(Failure::Away)?;
    let refusal = match verdict {
        BindVerdict::Right | BindVerdict::MustChange => {
            write(session, &own, &person.dn, Some(old), new).await?;
            return Ok(Done::default());
        }
        BindVerdict::Expired => {
            return set(session, person, Some(old), new, SetOptions::default()).await;
        }
        BindVerdict::Wrong => Refusal::WrongOld,
        BindVerdict::Locked => Refusal::Locked,
        BindVerdict::Disabled => Refusal::Disabled,
        BindVerdict::Ended => Refusal::Ended,
    };
    Err(Failure::Refused(refusal))
}

async fn write(
    session: &Session,
    connection: &Connection,
    dn: &str,
    old: Option<&Secret>,
    new: &Secret,
) -> Result<(), Failure> {
    let mut ldap = connection.handle();
    ldap.with_controls(ppolicy::request());
    let request =
        PasswordModify { user_id: Some(dn), old_pass: old.map(Secret::expose), new_pass: Some(new.expose()) };
    let result = connection.write(ldap.extended(request)).await?.1;
    match refusals::of(session.settings().kind, &result) {
        None => Ok(()),
        // 389 Directory Server says so of anybody who may not write there, too.
        Some(Refusal::NotByOwner) if old.is_none() => Err(Failure::Refused(Refusal::NoRight)),
        Some(refusal) => Err(Failure::Refused(refusal)),
    }
}

async fn put_right(session: &Session, person: &Person, options: SetOptions) -> Done {
    let kind = session.settings().kind;
    let mark = if options.must_change { Missing::MustChange } else { Missing::ClearMustChange };
    let now = session.inner.clock.now();
    // The entry is asked as it is now, not as it was: the server may have done all of this by itself.
    let (Ok(person), Ok(rules)) =
        (session.current(person).await, session.rules_of(person.policy.as_deref()).await)
    else {
        return Done { missing: vec![Missing::Unlock, mark] };
    };
    let mut missing = Vec::new();
    if person.account.lock != Lock::Open {
        let changes = unlock(kind, now);
        if session.modify(&person.dn, changes, Vec::new()).await.is_err() {
            missing.push(Missing::Unlock);
        }
    }
    if person.account.must_change != options.must_change {
        let changes = if options.must_change {
            Some(must_change(kind, now))
        } else {
            clear_must_change(kind, &rules, now)
        };
        let is_done = match changes {
            Some(changes) => session.modify(&person.dn, changes, Vec::new()).await.is_ok(),
            None => false,
        };
        if !is_done {
            missing.push(mark);
        }
    }
    Done { missing }
}

/// What opens an account.
pub(super) fn unlock(kind: Kind, now: Timestamp) -> Vec<Mod<Vec<u8>>> {
    match kind {
        Kind::Ds389 => ["accountUnlockTime", "passwordRetryCount", "retryCountResetTime"].map(remove).into(),
        Kind::FreeIpa => {
            let opened = generalized_of(now).map(|now| replace("krbLastAdminUnlock", now));
            opened.into_iter().chain([replace("krbLoginFailedCount", "0")]).collect()
        }
        Kind::ActiveDirectory | Kind::OpenLdap | Kind::Ldap => vec![remove("pwdAccountLockedTime")],
    }
}

/// What makes the owner choose another password.
fn must_change(kind: Kind, now: Timestamp) -> Vec<Mod<Vec<u8>>> {
    match kind {
        Kind::Ds389 => vec![replace("passwordExpirationTime", "19700101000000Z")],
        Kind::FreeIpa => {
            generalized_of(now).map(|now| replace("krbPasswordExpiration", now)).into_iter().collect()
        }
        Kind::ActiveDirectory | Kind::OpenLdap | Kind::Ldap => vec![replace("pwdReset", "TRUE")],
    }
}

/// What takes that back. `None`: until when the password would be good then, is not known.
pub(super) fn clear_must_change(kind: Kind, rules: &Rules, now: Timestamp) -> Option<Vec<Mod<Vec<u8>>>> {
    let end = || match (rules.are_known(), rules.max_age) {
        (true, Some(age)) => generalized_of(now.plus(age)),
        (true, None) => Some(NEVER.to_owned()),
        (false, _) => None,
    };
    Some(match kind {
        Kind::Ds389 => vec![replace("passwordExpirationTime", end()?)],
        Kind::FreeIpa => vec![replace("krbPasswordExpiration", end()?)],
        Kind::ActiveDirectory | Kind::OpenLdap | Kind::Ldap => vec![remove("pwdReset")],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Source;
    use regain_core::time::Duration;

    const NOW: Timestamp = Timestamp::from_seconds(1_767_225_600);

    #[test]
    fn a_password_is_good_as_long_as_the_policy_says_and_nothing_is_guessed() {
        let day = Duration::from_hours(24);
        let known = Rules { max_age: Some(day), ..Rules::unknown(Source::Domain) };
        let expected = vec![replace("passwordExpirationTime", "20260102000000Z")];
        assert_eq!(clear_must_change(Kind::Ds389, &known, NOW), Some(expected));
        let unlimited = Rules::unknown(Source::Domain);
        let expected = vec![replace("krbPasswordExpiration", NEVER)];
        assert_eq!(clear_must_change(Kind::FreeIpa, &unlimited, NOW), Some(expected));
        let hidden = Rules::unknown(Source::Hidden("cn=config".to_owned()));
        assert_eq!(clear_must_change(Kind::Ds389, &hidden, NOW), None);
        assert_eq!(clear_must_change(Kind::OpenLdap, &hidden, NOW), Some(vec![remove("pwdReset")]));
    }

    #[test]
    fn an_unlock_is_right_whether_or_not_the_attributes_are_there() {
        for kind in [Kind::OpenLdap, Kind::Ds389, Kind::Ldap] {
            let removes =
                |change: &Mod<Vec<u8>>| matches!(change, Mod::Replace(_, values) if values.is_empty());
            assert!(unlock(kind, NOW).iter().all(removes), "{kind}");
        }
    }
}
