//! Where people are: organisational units and other containers, and one person of each on whom rights can be looked at.

use std::collections::HashMap;

use regain_directory::Person;

use super::place;

/// So many containers keep an example: rights are looked at in the largest alone.
const MOST_EXAMPLES: usize = 1_000;

/// Every container in which somebody is.
#[derive(Debug, Default)]
pub(super) struct Containers {
    all: Vec<Container>,
    numbers: HashMap<String, usize>,
}

/// A container with people.
#[derive(Debug)]
pub(super) struct Container {
    pub(super) dn: String,
    /// People there for whom self-service is.
    pub(super) served: usize,
    /// One of them.
    example: Option<Box<Person>>,
}

impl Containers {
    /// The number of the container that holds an entry.
    pub(super) fn of(&mut self, person: &Person) -> usize {
        let (_, dn) = place::divided(&person.dn);
        let key = dn.to_lowercase();
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        self.all.push(Container { dn: dn.to_owned(), served: 0, example: None });
        self.numbers.insert(key, self.all.len() - 1);
        self.all.len() - 1
    }

    /// Notes somebody for whom self-service is.
    pub(super) fn note(&mut self, number: usize, person: &Person) {
        let room = self.all.len() <= MOST_EXAMPLES;
        let container = &mut self.all[number];
        container.served += 1;
        if room && container.example.is_none() {
            container.example = Some(Box::new(person.clone()));
        }
    }

    /// Every container, by number.
    pub(super) fn all(&self) -> &[Container] {
        &self.all
    }

    /// The numbers of those with the most people who are served, the largest first, and an example of each.
    pub(super) fn largest(&self, most: usize) -> Vec<(usize, &Person)> {
        let mut with_example: Vec<_> = self
            .all
            .iter()
            .enumerate()
            .filter_map(|(number, container)| Some((number, container.example.as_deref()?)))
            .collect();
        with_example.sort_by_key(|(number, _)| std::cmp::Reverse(self.all[*number].served));
        with_example.truncate(most);
        with_example
    }
}
