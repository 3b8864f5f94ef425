//! The password policies that hold for somebody, each asked for once.

use std::collections::HashMap;

use regain_directory::{Person, Rules, Source};

use super::{place, words};

/// So many policies are told apart; nobody has more by intention. What comes later is counted together.
const MOST: usize = 64;

/// Which policies people's entries name.
#[derive(Debug, Default)]
pub(super) struct Named {
    all: Vec<Policy>,
    numbers: HashMap<Option<String>, usize>,
}

/// A policy, while people are read.
#[derive(Debug)]
struct Policy {
    dn: Option<String>,
    people: usize,
    example: Box<Person>,
}

/// A policy in force.
#[derive(Debug)]
pub(super) struct InForce {
    /// The DN that entries name; `None`: the one for everybody.
    pub(super) dn: Option<String>,
    /// People who can sign in and are under it.
    pub(super) people: usize,
    /// What it says; `None` where asking for it failed.
    pub(super) rules: Option<Rules>,
}

impl Named {
    /// Notes a person who can sign in; the number of the policy.
    pub(super) fn note(&mut self, person: &Person) -> usize {
        let key = person.policy.as_deref().map(str::to_lowercase);
        let full = self.all.len() >= MOST;
        let number = self.numbers.get(&key).copied().or(full.then_some(MOST - 1));
        if let Some(number) = number {
            self.all[number].people += 1;
            return number;
        }
        self.all.push(Policy { dn: person.policy.clone(), people: 1, example: Box::new(person.clone()) });
        self.numbers.insert(key, self.all.len() - 1);
        self.all.len() - 1
    }

    /// One person under each, by number.
    pub(super) fn examples(&self) -> impl Iterator<Item = &Person> {
        self.all.iter().map(|policy| &*policy.example)
    }

    /// With what each says, by number.
    pub(super) fn in_force(self, rules: Vec<Option<Rules>>) -> Vec<InForce> {
        let mut rules = rules.into_iter();
        let with_rules =
            |policy: Policy| InForce { dn: policy.dn, people: policy.people, rules: rules.next().flatten() };
        self.all.into_iter().map(with_rules).collect()
    }
}

impl InForce {
    /// The name as people say it.
    pub(super) fn name(&self) -> String {
        let of = |name: &str| if name.contains('=') { place::first_value(name) } else { name.to_owned() };
        match (self.rules.as_ref().map(|rules| &rules.source), &self.dn) {
            (Some(Source::Own(name) | Source::Hidden(name)), _) | (_, Some(name)) => of(name),
            (Some(Source::None), None) => "No policy".to_owned(),
            (Some(Source::Domain) | None, None) => "Default policy".to_owned(),
        }
    }

    /// Whether its rules are known.
    pub(super) fn is_readable(&self) -> bool {
        self.rules.as_ref().is_some_and(|rules| !matches!(rules.source, Source::Hidden(_)))
    }

    /// What it says, in pairs of a rule and its words; empty where nothing can be read.
    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        match &self.rules {
            Some(rules) if self.is_readable() => facts(rules),
            _ => Vec::new(),
        }
    }
}

fn facts(rules: &Rules) -> Vec<(&'static str, String)> {
    let or_none = |text: Option<String>, none: &str| text.unwrap_or_else(|| none.to_owned());
    let number = |number: u32| words::number(usize::try_from(number).unwrap_or(usize::MAX));
    let history = rules.history.filter(|last| *last > 0);
    let mut facts = vec![
        (
            "Minimum length",
            or_none(rules.min_length.map(|length| format!("{} characters", number(length))), "none"),
        ),
        (
            "Kinds of characters",
            or_none(
                rules.classes.filter(|kinds| *kinds > 1).map(|kinds| format!("at least {kinds} of 4")),
                "any",
            ),
        ),
        ("History", or_none(history.map(|last| format!("none of the last {}", number(last))), "none")),
        ("Minimum age", or_none(rules.min_age.filter(|age| !age.is_zero()).map(words::span), "none")),
        ("Maximum age", or_none(rules.max_age.map(words::span), "none")),
        ("Lockout", or_none(rules.lockout.map(lockout), "never")),
    ];
    if rules.filtered {
        facts.push(("Filter", "a module of the directory also judges passwords".to_owned()));
    }
    facts
}

fn lockout(lockout: regain_directory::Lockout) -> String {
    let tries = usize::try_from(lockout.threshold).unwrap_or(usize::MAX);
    let mut text = format!("after {}", words::count(tries, "wrong password", "wrong passwords"));
    if let Some(window) = lockout.window {
        text.push_str(&format!(" within {}", words::span(window)));
    }
    match lockout.duration {
        Some(duration) => text.push_str(&format!(", for {}", words::span(duration))),
        None => text.push_str(", until an administrator unlocks"),
    }
    text
}
