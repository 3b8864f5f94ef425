//! What the service account writes: a password, an unlock, a mark. Each time the entry is found anew by what stays of it, so
//! that a name which somebody else has by now is never written to; and what the entry says then decides.

mod active_directory;
mod ldap;

use std::collections::HashSet;

use ldap3::controls::RawControl;
use ldap3::{LdapError, LdapResult, Mod};
use regain_core::secret::Secret;

use super::refusals;
use super::session::Session;
use crate::kind::Kind;
use crate::outcome::{Failure, Refusal};
use crate::person::Person;

/// How a password is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetOptions {
    /// The person must choose another one at the next sign-in: where somebody else knows this one.
    pub must_change: bool,
}

/// A password was written. What else was to be done and was not, is here: never a reason to write the password again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Empty: everything was done.
    pub missing: Vec<Missing>,
}

/// What was not done beside a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The account may be locked still.
    Unlock,
    /// The person need not choose another password, though they should.
    MustChange,
    /// The person must choose another password, though they just did.
    ClearMustChange,
}

impl Session {
    /// Sets a password without the old one, and opens the account. Active Directory does both at once or nothing.
    pub async fn set_password(
        &self,
        person: &Person,
        new: &Secret,
        options: SetOptions,
    ) -> Result<Done, Failure> {
        fits(new)?;
        self.connection.begin();
        let person = self.writable(person).await?;
        match self.settings().kind {
            Kind::ActiveDirectory => active_directory::set(self, &person, new, options).await,
            Kind::OpenLdap | Kind::Ds389 | Kind::FreeIpa | Kind::Ldap => {
                ldap::set(self, &person, None, new, options).await
            }
        }
    }

    /// Changes a password for one who knows the old one; under all of the directory’s rules, minimum age and history too.
    /// A wrong old one counts towards the directory’s lock.
    pub async fn change_password(
        &self,
        person: &Person,
        old: &Secret,
        new: &Secret,
    ) -> Result<Done, Failure> {
        fits(new)?;
        if !super::directory::can_be_asked(&person.dn, old) {
            return Err(Failure::Refused(Refusal::WrongOld));
        }
        if old == new {
            return Err(Failure::Refused(Refusal::Unchanged));
        }
        self.connection.begin();
        let person = self.writable(person).await?;
        match self.settings().kind {
            Kind::ActiveDirectory => active_directory::change(self, &person, old, new).await,
            Kind::OpenLdap | Kind::Ds389 | Kind::FreeIpa | Kind::Ldap => {
                ldap::change(self, &person, old, new).await
            }
        }
    }

    /// Opens an account that wrong passwords locked. The password stays. One that is open stays open.
    pub async fn unlock(&self, person: &Person) -> Result<(), Failure> {
        self.connection.begin();
        let person = self.writable(person).await?;
        let changes = match self.settings().kind {
            Kind::ActiveDirectory => active_directory::unlock(),
            kind => ldap::unlock(kind, self.inner.clock.now()),
        };
        self.modify(&person.dn, changes, Vec::new()).await
    }

    /// The person need not choose another password any more.
    pub async fn clear_must_change(&self, person: &Person) -> Result<(), Failure> {
        self.connection.begin();
        let person = self.writable(person).await?;
        if !person.account.must_change {
            return Ok(());
        }
        let changes = match self.settings().kind {
            Kind::ActiveDirectory => active_directory::clear_must_change(),
            kind => {
                let rules = self.rules_of(person.policy.as_deref()).await?;
                ldap::clear_must_change(kind, &rules, self.inner.clock.now())
                    .ok_or(Failure::Refused(Refusal::Unsupported))?
            }
        };
        self.modify(&person.dn, changes, Vec::new()).await
    }

    /// The person as the entry is now, if anybody but its administrators may write there. A domain controller does not say
    /// no by itself: Samba changes the password of one who is disabled.
    async fn writable(&self, person: &Person) -> Result<Person, Failure> {
        let person = self.current(person).await?;
        let account = &person.account;
        let refusal = if account.protection.is_some() {
            Some(Refusal::Protected)
        } else if account.disabled {
            Some(Refusal::Disabled)
        } else if account.ended {
            Some(Refusal::Ended)
        } else {
            None
        };
        refusal.map_or(Ok(person), |refusal| Err(Failure::Refused(refusal)))
    }

    async fn modify(
        &self,
        dn: &str,
        changes: Vec<Mod<Vec<u8>>>,
        controls: Vec<RawControl>,
    ) -> Result<(), Failure> {
        let mut ldap = self.connection.handle();
        if !controls.is_empty() {
            ldap.with_controls(controls);
        }
        self.written(ldap.modify(dn, changes)).await
    }

    async fn written(
        &self,
        request: impl Future<Output = Result<LdapResult, LdapError>>,
    ) -> Result<(), Failure> {
        let result = self.connection.write(request).await?;
        refusals::of(self.settings().kind, &result).map_or(Ok(()), |refusal| Err(Failure::Refused(refusal)))
    }
}

/// What no directory is asked to take. Some would: Samba takes a null character and everything behind it.
fn fits(new: &Secret) -> Result<(), Failure> {
    if new.is_empty() {
        // RFC 3062, 2: without a new password the server makes one up.
        return Err(Failure::Refused(Refusal::TooShort(None)));
    }
    if new.expose().chars().any(char::is_control) {
        return Err(Failure::Refused(Refusal::Unfit));
    }
    Ok(())
}

/// Replaces an attribute by one value.
fn replace(name: &str, value: impl Into<Vec<u8>>) -> Mod<Vec<u8>> {
    Mod::Replace(name.into(), HashSet::from([value.into()]))
}

/// Takes an attribute away, if it is there: *replace* without a value is right either way.
fn remove(name: &str) -> Mod<Vec<u8>> {
    Mod::Replace(name.into(), HashSet::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_nothing_are_refused_here() {
        for unfit in ["a\0b", "a\nb", "\t", "a\u{7f}", "a\u{85}"] {
            assert_eq!(fits(&Secret::from(unfit)), Err(Failure::Refused(Refusal::Unfit)), "{unfit:?}");
        }
        assert_eq!(fits(&Secret::from("")), Err(Failure::Refused(Refusal::TooShort(None))));
        for fit in [" ", "пароль", "a\u{301}\u{1f600}", "\"quoted\""] {
            assert_eq!(fits(&Secret::from(fit)), Ok(()));
        }
    }
}
