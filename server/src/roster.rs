//! Many people at once, under the same rules as one.

use std::collections::HashMap;
use std::hash::Hash;
use std::str::FromStr as _;

use regain_core::method::Method;
use regain_core::role::Role;
use regain_store::{Result, Tx, User};
use uuid::Uuid;

use crate::person::{Known, Person, Rules};

/// These accounts, with what decides about them, in the same order.
pub(crate) async fn people(tx: &mut dyn Tx, rules: &Rules<'_>, users: Vec<User>) -> Result<Vec<Person>> {
    let ids: Vec<Uuid> = users.iter().map(|user| user.id).collect();
    let roster = tx.roster(&ids, &rules.all.groups()).await?;
    let mut methods = by_person(roster.methods, |method| method.user_id);
    let mut held = by_person(roster.roles, |(id, _)| *id);
    let mut groups = by_person(roster.members, |(id, _)| *id);
    let mut changes = by_person(roster.changes, |(id, ..)| *id);
    let mut answers = by_person(roster.answers, |(id, _)| *id);
    let questions = &rules.all.reset.questions;
    let marks = roster.marks;
    let person = |user: User| {
        let names = held.remove(&user.id).unwrap_or_default();
        let answered = answers.remove(&user.id).unwrap_or_default();
        let known = Known {
            roles: names.iter().filter_map(|(_, role)| Role::from_str(role).ok()).collect(),
            groups: groups.remove(&user.id).into_iter().flatten().map(|(_, group)| group).collect(),
            answered: !answered.is_empty(),
            answers: answered.iter().filter(|(_, question)| questions.known(question).is_some()).count(),
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

impl Person {
    /// What the person has, allowed or not, strongest first, each method once.
    pub(crate) fn methods(&self) -> Vec<Method> {
        let mut methods: Vec<_> = self.factors.iter().map(|factor| factor.method).collect();
        methods.dedup();
        methods
    }
}
