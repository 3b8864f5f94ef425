//! Many people at once, under the same rules as one.

use std::collections::HashMap;
use std::hash::Hash;
use std::str::FromStr as _;

use regain_app::services::usage::RegistrationRow;
use regain_core::eligibility;
use regain_core::method::different_kinds;
use regain_core::role::Role;
use regain_store::{Result, Tx, User};
use uuid::Uuid;

use crate::person::{Known, Person, Rules};

/// These accounts, with what decides about them, in the same order.
pub(super) async fn people(tx: &mut dyn Tx, rules: &Rules<'_>, users: Vec<User>) -> Result<Vec<Person>> {
    let ids: Vec<Uuid> = users.iter().map(|user| user.id).collect();
    let roster = tx.roster(&ids, &rules.all.groups()).await?;
    let mut methods = by_person(roster.methods, |method| method.user_id);
    let mut held = by_person(roster.roles, |(id, _)| *id);
    let mut groups = by_person(roster.members, |(id, _)| *id);
    let mut changes = by_person(roster.changes, |(id, ..)| *id);
    let answers: HashMap<Uuid, i64> = roster.answers.into_iter().collect();
    let marks = roster.marks;
    let person = |user: User| {
        let names = held.remove(&user.id).unwrap_or_default();
        let count = answers.get(&user.id).and_then(|count| usize::try_from(*count).ok()).unwrap_or(0);
        let known = Known {
            roles: names.iter().filter_map(|(_, role)| Role::from_str(role).ok()).collect(),
            groups: groups.remove(&user.id).into_iter().flatten().map(|(_, group)| group).collect(),
            answered: count > 0,
            answers: count,
            methods: methods.remove(&user.id).unwrap_or_default(),
            changes: changes.remove(&user.id).into_iter().flatten().map(|(_, key, at)| (key, at)).collect(),
        };
        let mut person = Person::under(rules, user, known);
        let goes_to = |destination: &String| {
            person.factors.iter().any(|factor| factor.destination.as_ref() == Some(destination))
        };
        person.marks = marks.iter().filter(|(destination, _)| goes_to(destination)).cloned().collect();
        person
    };
    Ok(users.into_iter().map(person).collect())
}

fn by_person<T, K: Eq + Hash>(rows: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut sorted = HashMap::<K, Vec<T>>::new();
    for row in rows {
        sorted.entry(key(&row)).or_default().push(row);
    }
    sorted
}

/// Registered: methods of as many different kinds as are required of this person, of those that may and do work (R239).
pub(super) fn is_registered(person: &Person) -> bool {
    different_kinds(&person.counted()) >= person.effective.required.count()
}

/// Enabled: the policy lets the person reset, and the account is not blocked.
pub(super) fn is_enabled(person: &Person) -> bool {
    person.effective.is_enabled() && !person.user.blocked
}

/// A person in the list.
pub(super) fn row(person: &Person) -> RegistrationRow {
    let mut methods: Vec<_> = person.factors.iter().map(|factor| factor.method).collect();
    methods.dedup();
    RegistrationRow {
        id: person.user.id.to_string(),
        upn: person.user.upn.clone(),
        display_name: person.user.display_name.clone(),
        registered: is_registered(person),
        enabled: is_enabled(person),
        capable: eligibility::check(&person.facts()).is_ok(),
        methods,
        updated: [person.last_added, person.user.registered_at, person.user.confirmed_at]
            .into_iter()
            .flatten()
            .max(),
    }
}
