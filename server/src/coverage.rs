//! Who is in scope, registered and ready: the one place that decides it, for one person and for many alike.

use std::collections::HashMap;

use regain_core::coverage::Coverage;
use regain_store::{Error, Result, Tx};

use crate::account_key::account_key;
use crate::engine::Engine;
use crate::person::Person;
use crate::verification::recovery_keys;

impl Engine {
    /// Where a person stands at this moment.
    pub(crate) async fn coverage(&self, tx: &mut dyn Tx, person: &Person) -> Result<Coverage> {
        let one = self.coverage_of(tx, std::slice::from_ref(person)).await?;
        one.into_iter().next().ok_or_else(|| Error::Corrupt("nobody was counted".to_owned()))
    }

    /// Where these people stand at this moment, in the same order.
    pub(crate) async fn coverage_of(&self, tx: &mut dyn Tx, people: &[Person]) -> Result<Vec<Coverage>> {
        let keys: Vec<[String; 3]> = people
            .iter()
            .map(|person| recovery_keys(&account_key(&self.keys, &person.user.upn_key)))
            .collect();
        let locks: HashMap<_, _> = tx.locks(keys.as_flattened(), self.now()).await?.into_iter().collect();
        let of = |(person, keys): (&Person, &[String; 3])| {
            let locked_until = keys.iter().filter_map(|key| locks.get(key)).max().copied();
            Coverage::of(&person.facts(), &person.counted(), locked_until)
        };
        Ok(people.iter().zip(&keys).map(of).collect())
    }
}
