//! Everything about a user.

use std::str::FromStr as _;

use regain_app::outcome::Failure;
use regain_app::services::people::{Allowed, RegisteredMethod, UserView};
use regain_app::visit::Visit;
use regain_core::account::TypedDetails;
use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::method::{Age, Method};
use regain_core::role::Right;
use regain_core::time::Timestamp;
use regain_store::{Result, Tx, User};
use uuid::Uuid;

use super::row_id;
use crate::account_key::account_key;
use crate::engine::Engine;
use crate::people::{Actor, MethodKey};
use crate::person::Person;
use crate::services::failure;
use crate::services::passes::shown;

const QUESTIONS: &str = "questions";

pub(super) async fn user(engine: &Engine, visit: &Visit, id: &str) -> std::result::Result<UserView, Failure> {
    engine.admin_gate(visit, Right::ReadUsers)?;
    let found = read(engine, visit, row_id(id)?).await.map_err(failure)?;
    found.ok_or(Failure::NotFound)
}

async fn read(engine: &Engine, visit: &Visit, id: Uuid) -> Result<Option<UserView>> {
    let mut tx = engine.store.read().await?;
    let Some(person) = Person::load(engine, &mut *tx, id).await? else { return Ok(None) };
    let account = account_key(&engine.keys, &person.user.upn_key);
    let groups = tx.groups_of_user(id).await?;
    let standing = Actor::Administrator(visit).may_manage(&person.roles);
    let may = |right| standing && visit.may(right);
    // What somebody proves who they are with is seen by who works with it; readers recognise it (R100).
    let in_full = may(Right::ManageMethods) || may(Right::ResetUsers);
    Ok(Some(UserView {
        id: id.to_string(),
        details: if in_full { typed(&person.user) } else { masked(typed(&person.user)) },
        waiting: waiting(&person),
        blocked: person.user.blocked,
        must_change_password: tx.password(id).await?.is_some_and(|password| password.temporary),
        password_never_expires: tx.password_never_expires(id).await?,
        pass: tx.pass(id).await?.filter(|pass| pass.expires_at > engine.now()).map(shown),
        groups: groups.into_iter().map(|group| (group.id.to_string(), group.name)).collect(),
        methods: methods(&mut *tx, &person, in_full).await?,
        coverage: engine.coverage(&mut *tx, &person).await?,
        administrator: person.effective.administrator,
        recovery_locked_until: engine.recovery_lock(&mut *tx, &account).await?,
        registered_at: person.user.registered_at,
        confirmed_at: person.user.confirmed_at,
        allowed: Allowed {
            manage: may(Right::ManageUsers),
            methods: may(Right::ManageMethods),
            password: may(Right::ResetUsers),
            locks: may(Right::ReleaseLocks),
            roles: may(Right::AssignRoles),
            passes: may(Right::ResetUsers) && engine.may_help(&mut *tx, visit, id).await?,
        },
        roles: person.roles,
    }))
}

/// What was entered so lately that it does not count yet.
fn waiting(person: &Person) -> Vec<(Method, Timestamp)> {
    let entered = person.factors.iter().filter(|factor| factor.method_id.is_none());
    entered
        .filter_map(|factor| match factor.age {
            Age::Waiting(until) => Some((factor.method, until)),
            Age::Settled | Age::Young(_) => None,
        })
        .collect()
}

/// A user as a form shows it.
pub(super) fn typed(user: &User) -> TypedDetails {
    TypedDetails {
        upn: user.upn.clone(),
        display_name: user.display_name.clone(),
        given_name: user.given_name.clone(),
        surname: user.surname.clone(),
        mail: user.mail.clone().unwrap_or_default(),
        mobile_phone: user.mobile_phone.clone().unwrap_or_default(),
        office_phone: user.office_phone.clone().unwrap_or_default(),
        alternate_email: user.alternate_email.clone().unwrap_or_default(),
    }
}

/// The same with phones and alternate email masked.
fn masked(details: TypedDetails) -> TypedDetails {
    TypedDetails {
        mobile_phone: masked_contact(&details.mobile_phone),
        office_phone: masked_contact(&details.office_phone),
        alternate_email: masked_contact(&details.alternate_email),
        ..details
    }
}

/// A number or an address, to recognise it by. What is neither tells nothing.
fn masked_contact(text: &str) -> String {
    match (PhoneNumber::parse_stored(text), EmailAddress::parse(text)) {
        (Ok(number), _) => number.masked(),
        (_, Ok(address)) => address.masked(),
        _ => String::new(),
    }
}

async fn methods(tx: &mut dyn Tx, person: &Person, in_full: bool) -> Result<Vec<RegisteredMethod>> {
    let id = person.user.id;
    let rows = tx.methods(id).await?.into_iter();
    let mut methods: Vec<RegisteredMethod> =
        rows.filter_map(|row| registered(person, row, in_full)).collect();
    if !tx.answers(id).await?.is_empty() {
        methods.push(RegisteredMethod {
            key: QUESTIONS.to_owned(),
            method: Method::SecurityQuestions,
            about: String::new(),
            trouble: None,
            added: None,
            used: None,
        });
    }
    Ok(methods)
}

fn registered(person: &Person, row: regain_store::Method, in_full: bool) -> Option<RegisteredMethod> {
    let method = Method::from_str(&row.method).ok()?;
    let destination = row.destination.unwrap_or_default();
    let trouble = person.factor(row.id).and_then(|factor| person.trouble(factor));
    let about = match PhoneNumber::parse(&destination, None) {
        Ok(number) if in_full => number.display(),
        Ok(number) => number.masked(),
        Err(_) if destination.is_empty() => row.label,
        Err(_) if in_full => destination,
        Err(_) => masked_contact(&destination),
    };
    let (added, used) = (Some(row.created_at), row.last_used_at);
    Some(RegisteredMethod { key: row.id.to_string(), method, about, trouble, added, used })
}

/// What a form's key names.
pub(super) fn method_key(key: &str) -> Option<MethodKey> {
    if key == QUESTIONS { Some(MethodKey::Questions) } else { key.parse().ok().map(MethodKey::Row) }
}
