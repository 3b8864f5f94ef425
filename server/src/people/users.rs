//! Making, changing, blocking and deleting users.

use std::collections::HashSet;

use regain_core::account::{UserDetails, Username};
use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::role::Role;
use regain_core::text::search_key;
use regain_store::{AuditRecord, Error, Password, Tx, User};
use serde_json::json;
use uuid::Uuid;

use super::{Actor, Refusal};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::messages::Notice;
use crate::person::{self, Person};

/// The verifier that a new account starts with.
pub struct FirstPassword {
    /// From the hasher.
    pub verifier: String,
    /// Must be changed at the first sign-in.
    pub temporary: bool,
    /// The quick verifier of an import.
    pub imported: bool,
}

/// A user to be made.
pub struct NewUser {
    /// Names and contact data.
    pub details: UserDetails,
    /// Whether sign-in is blocked from the start.
    pub blocked: bool,
    /// The first password.
    pub password: FirstPassword,
}

/// Which details an actor may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Names and primary mail.
    pub names: bool,
    /// Phones and alternate email.
    pub contact: bool,
}

impl Scope {
    /// Everything.
    pub const ALL: Self = Self { names: true, contact: true };
}

/// The user that a UPN or a row id names.
pub async fn find_user(tx: &mut dyn Tx, name: &str) -> Result<User, Refusal> {
    let found = match name.trim().parse::<Uuid>() {
        Ok(id) => tx.user(id).await?,
        Err(_) => match Username::parse(name) {
            Ok(name) => tx.user_by_key(name.key()).await?,
            Err(_) => None,
        },
    };
    found.ok_or(Refusal::NotFound)
}

impl Engine {
    /// Makes a user within a transaction that the caller commits.
    pub async fn insert_user(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        new: &NewUser,
    ) -> Result<User, Refusal> {
        let (user, password) = self.rows(new);
        match tx.add_user(&user).await {
            Ok(()) => {}
            Err(Error::Conflict) => return Err(Refusal::field("user_principal_name", "upn-taken")),
            Err(error) => return Err(error.into()),
        }
        tx.set_password(&password).await?;
        tx.append(&self.added(actor, &user)).await?;
        Ok(user)
    }

    /// Makes many users within a transaction that the caller commits. Tells for each whether it was made; otherwise its
    /// name was taken.
    pub async fn insert_users(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        new: impl Iterator<Item = &NewUser> + Send,
    ) -> Result<Vec<bool>, Refusal> {
        let rows: Vec<(User, Password)> = new.map(|new| self.rows(new)).collect();
        let made: HashSet<Uuid> = tx.add_users(&rows).await?.into_iter().collect();
        let made: Vec<bool> = rows.iter().map(|(user, _)| made.contains(&user.id)).collect();
        let users = rows.iter().zip(&made).filter(|(_, made)| **made).map(|((user, _), _)| user);
        let records: Vec<AuditRecord> = users.map(|user| self.added(actor, user)).collect();
        tx.append_all(&records).await?;
        Ok(made)
    }

    fn added(&self, actor: &Actor<'_>, user: &User) -> AuditRecord {
        actor.sign(self, audit::success(service::DIRECTORY, activity::ADD_USER).to(user))
    }

    fn rows(&self, new: &NewUser) -> (User, Password) {
        let now = self.now();
        let details = &new.details;
        let user = User {
            id: self.new_id(),
            upn: details.upn.as_str().to_owned(),
            upn_key: details.upn.key(),
            display_name: details.display_name.clone(),
            name_key: search_key(&details.display_name),
            given_name: details.given_name.clone(),
            surname: details.surname.clone(),
            surname_key: search_key(&details.surname),
            mail: details.mail.clone(),
            mobile_phone: details.mobile_phone.clone(),
            office_phone: details.office_phone.clone(),
            alternate_email: details.alternate_email.clone(),
            directory: "local".to_owned(),
            locale: None,
            blocked: new.blocked,
            created_at: now,
            registered_at: None,
            confirmed_at: None,
        };
        let password = Password {
            user_id: user.id,
            verifier: new.password.verifier.clone(),
            temporary: new.password.temporary,
            imported: new.password.imported,
            set_at: now,
        };
        (user, password)
    }

    /// Changes what `scope` covers. Returns the user as it is now.
    pub async fn update_user(
        &self,
        actor: &Actor<'_>,
        id: Uuid,
        details: &UserDetails,
        scope: Scope,
    ) -> Result<User, Refusal> {
        let result = self.try_update(actor, id, details, scope).await;
        self.note_refusal(actor, activity::UPDATE_USER, id, &result).await;
        result
    }

    async fn try_update(
        &self,
        actor: &Actor<'_>,
        id: Uuid,
        details: &UserDetails,
        scope: Scope,
    ) -> Result<User, Refusal> {
        let mut tx = self.store.write().await?;
        let before = self.manageable(&mut *tx, actor, id).await?;
        let after = changed(&before, details, scope);
        if before == after {
            return Ok(before);
        }
        // Who is told must not depend on what the change makes of it.
        let person = Person::of(self, &mut *tx, before.clone()).await?;
        let told = told(&person);
        tx.update_user(&after).await?;
        for record in records(&before, &after) {
            tx.append(&actor.sign(self, record.to(&after))).await?;
        }
        if contact(&before) != contact(&after) {
            self.note_contact(&mut *tx, actor, &person, &after).await?;
        }
        if contact(&before) != contact(&after) || before.mail != after.mail {
            self.tell(&mut *tx, actor, &after, &told, "notice-contact-changed").await?;
        }
        tx.commit().await?;
        Ok(after)
    }

    /// Blocks sign-in, which ends every session and flow; or lets the person in again.
    pub async fn block_user(&self, actor: &Actor<'_>, id: Uuid, blocked: bool) -> Result<User, Refusal> {
        let result = self.try_block(actor, id, blocked).await;
        self.note_refusal(actor, activity::UPDATE_USER, id, &result).await;
        result
    }

    async fn try_block(&self, actor: &Actor<'_>, id: Uuid, blocked: bool) -> Result<User, Refusal> {
        let mut tx = self.store.write().await?;
        let before = self.manageable(&mut *tx, actor, id).await?;
        if before.blocked == blocked {
            return Ok(before);
        }
        if blocked {
            tx.lock(super::roles::LOCK).await?;
            super::roles::keep_one(&mut *tx, id).await?;
            self.end_everything(&mut *tx, id, "blocked").await?;
        }
        let user = User { blocked, ..before };
        tx.update_user(&user).await?;
        let enabled = json!({ "old": blocked, "new": !blocked });
        let record = audit::success(service::DIRECTORY, activity::UPDATE_USER).to(&user);
        tx.append(&actor.sign(self, record.detail("accountEnabled", enabled))).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Deletes a user with everything that belongs to it; the audit log keeps its records.
    pub async fn delete_user(&self, actor: &Actor<'_>, id: Uuid) -> Result<User, Refusal> {
        let result = self.try_delete(actor, id).await;
        self.note_refusal(actor, activity::DELETE_USER, id, &result).await;
        result
    }

    async fn try_delete(&self, actor: &Actor<'_>, id: Uuid) -> Result<User, Refusal> {
        let mut tx = self.store.write().await?;
        let user = self.manageable(&mut *tx, actor, id).await?;
        tx.lock(super::roles::LOCK).await?;
        super::roles::keep_one(&mut *tx, id).await?;
        self.end_everything(&mut *tx, id, "deleted").await?;
        tx.delete_user(id).await?;
        let record = audit::success(service::DIRECTORY, activity::DELETE_USER).to(&user);
        tx.append(&actor.sign(self, record)).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// The user, if the actor may touch it, with the lock of its account.
    pub(super) async fn manageable(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        id: Uuid,
    ) -> Result<User, Refusal> {
        let user = self.lock_user(tx, id).await?.ok_or(Refusal::NotFound)?;
        let roles: Vec<Role> = person::roles(tx, id).await?;
        if actor.may_manage(&roles) { Ok(user) } else { Err(Refusal::Forbidden) }
    }

    /// Ends sessions and everything that is under way for a user.
    pub(super) async fn end_everything(
        &self,
        tx: &mut dyn Tx,
        id: Uuid,
        outcome: &str,
    ) -> Result<(), Refusal> {
        tx.end_sessions(id, None).await?;
        self.end_under_way(tx, id, outcome).await?;
        Ok(())
    }

    /// Mails a person what was done to the account.
    pub(super) async fn tell(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        user: &User,
        to: &[String],
        template: &str,
    ) -> Result<(), Refusal> {
        let notice = Notice {
            to,
            template,
            params: &[("name", user.display_name.clone()), ("username", user.upn.clone())],
            locale: user.locale.as_deref().unwrap_or("en"),
            support_code: actor.support_code(),
        };
        Ok(self.enqueue_own_notice(tx, user.id, &notice).await?)
    }

    /// Writes down an attempt that was refused for want of standing.
    pub(crate) async fn note_refusal<T>(
        &self,
        actor: &Actor<'_>,
        activity: &str,
        id: Uuid,
        result: &Result<T, Refusal>,
    ) {
        let Some(reason) = result.as_ref().err().and_then(Refusal::audited) else { return };
        let noted = async {
            let mut tx = self.store.write().await?;
            let mut record = audit::failure(service::DIRECTORY, activity, reason);
            if let Some(user) = tx.user(id).await? {
                record = record.to(&user);
            }
            tx.append(&actor.sign(self, record)).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::error!(%error, activity, "a refused attempt could not be written to the audit log");
        }
    }
}

fn changed(before: &User, details: &UserDetails, scope: Scope) -> User {
    let mut user = before.clone();
    if scope.names {
        user.display_name.clone_from(&details.display_name);
        user.name_key = search_key(&details.display_name);
        user.given_name.clone_from(&details.given_name);
        user.surname.clone_from(&details.surname);
        user.surname_key = search_key(&details.surname);
        user.mail.clone_from(&details.mail);
    }
    if scope.contact {
        user.mobile_phone.clone_from(&details.mobile_phone);
        user.office_phone.clone_from(&details.office_phone);
        user.alternate_email.clone_from(&details.alternate_email);
    }
    user
}

fn contact(user: &User) -> [Option<&str>; 3] {
    [user.mobile_phone.as_deref(), user.office_phone.as_deref(), user.alternate_email.as_deref()]
}

/// Every address that a person has, the alternate one included that somebody entered beside one of the person's own.
fn told(person: &Person) -> Vec<String> {
    let mut to = person.notice_addresses();
    let [(_, alternate), ..] = person::entered(&person.user);
    to.extend(alternate.filter(|address| {
        !to.iter().any(|known| EmailAddress::key_of(known) == EmailAddress::key_of(address))
    }));
    to
}

/// One record for names, one for contact data, each with old and new value; contact data is masked (R100).
fn records(before: &User, after: &User) -> Vec<AuditRecord> {
    let names: [(&str, fn(&User) -> String); 4] = [
        ("displayName", |user| user.display_name.clone()),
        ("givenName", |user| user.given_name.clone()),
        ("surname", |user| user.surname.clone()),
        ("mail", |user| user.mail.clone().unwrap_or_default()),
    ];
    let contact: [(&str, fn(&User) -> String); 3] = [
        ("mobilePhone", |user| masked_phone(user.mobile_phone.as_deref())),
        ("officePhone", |user| masked_phone(user.office_phone.as_deref())),
        ("alternateEmail", |user| masked_email(user.alternate_email.as_deref())),
    ];
    let update = audit::success(service::DIRECTORY, activity::UPDATE_USER);
    let security = audit::success(service::METHODS, activity::ADMIN_UPDATED);
    let changed_contact = self::contact(before) != self::contact(after);
    let update = differences(update, &names, before, after);
    let security = differences(security, &contact, before, after);
    let mut records = Vec::new();
    if update.details != "{}" {
        records.push(update);
    }
    if changed_contact {
        records.push(security);
    }
    records
}

fn differences(
    record: AuditRecord,
    fields: &[(&str, fn(&User) -> String)],
    before: &User,
    after: &User,
) -> AuditRecord {
    fields.iter().fold(record, |record, (name, value)| {
        let (old, new) = (value(before), value(after));
        if old == new { record } else { record.detail(name, json!({ "old": old, "new": new })) }
    })
}

fn masked_phone(number: Option<&str>) -> String {
    let number = number.unwrap_or_default();
    PhoneNumber::parse_stored(number)
        .map_or_else(|_| "•".repeat(number.len().min(8)), |number| number.masked())
}

fn masked_email(address: Option<&str>) -> String {
    let address = address.unwrap_or_default();
    EmailAddress::parse(address).map_or_else(|_| "•".repeat(address.len().min(8)), |address| address.masked())
}
