//! Reading people one by one, so that a directory of any size is never held in memory.

use regain_core::time::Timestamp;
use regain_directory::{Person, Rules};

use super::assessment::{Assessment, Subject};
use super::contact::{Contact, Mail};
use super::containers::Containers;
use super::coverage::{Coverage, Share};
use super::facts::{Facts, Naming};
use super::finding::{Case, Cases, Finding, Thing};
use super::policies::{InForce, Named};
use super::problem::{self, Description, Found};
use super::rights::Seen;
use super::roll::{Roll, Who};
use super::shared::{Holders, Value};
use super::totals::Totals;

/// So many places are looked at for the service account's rights.
const MOST_PLACES: usize = 25;

/// An assessment while people are read.
pub struct Analysis {
    now: Timestamp,
    roll: Roll,
    marks: Vec<Mark>,
    totals: Totals,
    containers: Containers,
    policies: Named,
    holders: [Holders; Value::ALL.len()],
    /// People found by each kind of problem, in the order of [`problem::all`].
    found: Vec<Vec<Case>>,
}

/// What is kept of each person besides the name.
#[derive(Clone, Copy)]
struct Mark {
    policy: Option<usize>,
    /// What a reset could rest on; `None`: self-service is not for the person.
    share: Option<Share>,
}

impl Analysis {
    /// Begins. `now` is the time of the assessment.
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            roll: Roll::default(),
            marks: Vec::new(),
            totals: Totals::default(),
            containers: Containers::default(),
            policies: Named::default(),
            holders: Default::default(),
            found: problem::all().map(|_| Vec::new()).collect(),
        }
    }

    /// Takes a person in.
    pub fn add(&mut self, person: &Person) {
        let contact = Contact::of(person);
        let facts = Facts::of(person, &contact, self.now);
        let container = self.containers.of(person);
        let who = self.roll.add(person, container);
        if facts.is_served() {
            self.containers.note(container, person);
        }
        self.totals.add(&facts);
        self.note_values(&facts, who);
        for (cases, description) in self.found.iter_mut().zip(problem::all()) {
            cases.extend(case(description, &facts, who));
        }
        self.marks.push(Mark {
            policy: facts.is_in_use().then(|| self.policies.note(person)),
            share: facts.is_served().then(|| Share::of(&facts)),
        });
    }

    /// Notes entries that have no identifier, so that nobody can be told from a later owner of the name.
    pub const fn add_unreadable(&mut self, entries: usize) {
        self.totals.unreadable += entries;
    }

    /// How many people were taken in.
    pub const fn len(&self) -> usize {
        self.roll.len()
    }

    /// Whether nobody was taken in.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One person under each password policy: ask the directory for the rules of each of them, in this order.
    pub fn policies(&self) -> impl Iterator<Item = &Person> {
        self.policies.examples()
    }

    /// The places with the most people, each with one person on whom the service account's rights are to be looked at.
    pub fn places(&self) -> Vec<(usize, &Person)> {
        self.containers.largest(MOST_PLACES)
    }

    fn note_values(&mut self, facts: &Facts<'_>, who: Who) {
        let contact = facts.contact;
        // An entry that is turned off still has its name, and its address still leads to a mailbox.
        if facts.naming() == Naming::Fine
            && let Some(Ok(name)) =
                facts.person.username.as_deref().map(regain_core::account::Username::parse)
        {
            self.holders[Value::Username as usize].note(name.key(), who);
        }
        if let Mail::Fine(mail) = &contact.mail {
            self.holders[Value::Mail as usize].note(&mail.key(), who);
        }
        if !facts.is_served() {
            return;
        }
        for number in &contact.mobiles.usable {
            self.holders[Value::Mobile as usize].note(&number.line(), who);
        }
        for number in &contact.office_phones.usable {
            let line = [&number.line(), " x", number.extension().unwrap_or_default()].concat();
            self.holders[Value::OfficePhone as usize].note(&line, who);
        }
        for address in &contact.other_mails.usable {
            self.holders[Value::OtherMail as usize].note(&address.key(), who);
        }
    }

    /// Ends: with what each policy of [`Analysis::policies`] says, in that order, `None` where asking failed; and what was
    /// seen in the places of [`Analysis::places`].
    pub fn finish(mut self, subject: Subject, rules: Vec<Option<Rules>>, rights: Vec<Seen>) -> Assessment {
        self.totals.servers = subject.urls.len();
        self.totals.keeps_other_mail = subject.keeps_other_mail;
        let policies = std::mem::take(&mut self.policies).in_force(rules);
        // A name that several have is nobody's.
        for who in self.shared(Value::Username).into_iter().flatten() {
            let share = &mut self.marks[who].share;
            *share = share.map(|_| Share::Nameless);
        }
        let found = std::mem::take(&mut self.found);
        let findings = problem::all()
            .zip(found)
            .map(|(problem, cases)| Finding {
                problem,
                cases: self.cases(problem, cases, &policies, &rights),
            })
            .filter(|finding| !finding.cases.is_empty())
            .collect();
        let (coverage, by_container) = self.coverage();
        Assessment {
            at: self.now,
            subject,
            totals: self.totals,
            coverage,
            by_container,
            policies,
            rights,
            findings,
            roll: self.roll,
            containers: self.containers,
        }
    }

    /// Who is found, now that everything is known.
    fn cases(
        &self,
        problem: &Description,
        people: Vec<Case>,
        policies: &[InForce],
        rights: &[Seen],
    ) -> Cases {
        match &problem.found {
            Found::Person(_) | Found::Because(_) => Cases::People(people),
            Found::PersonIf { all, .. } => Cases::People(if all(&self.totals) { people } else { Vec::new() }),
            Found::PersonUnder { policy, .. } => {
                let holds = |number: usize| policies[number].rules.as_ref().is_some_and(policy);
                let is_under = |case: &Case| self.marks[case.who].policy.is_some_and(holds);
                Cases::People(people.into_iter().filter(is_under).collect())
            }
            Found::Share { share, all } => {
                let those = self.marks.iter().enumerate().filter(|(_, mark)| mark.share == Some(*share));
                let people = those.filter(|_| all(&self.totals)).map(|(who, _)| Case { who, why: "" });
                Cases::People(people.collect())
            }
            Found::Shared(value) => Cases::Groups(self.shared(*value)),
            Found::Colleague => {
                let other_mails = &self.holders[Value::OtherMail as usize];
                let who = other_mails.also_in(&self.holders[Value::Mail as usize]);
                Cases::People(who.into_iter().map(|who| Case { who, why: "" }).collect())
            }
            Found::Policy(fits) => Cases::Things(
                policies
                    .iter()
                    .filter(|policy| policy.rules.as_ref().is_some_and(fits))
                    .map(|policy| Thing { name: policy.name(), people: policy.people, more: String::new() })
                    .collect(),
            ),
            Found::Lacks(right) => self.places_where(rights, |seen| seen.missing.contains(right)),
            Found::Excess => self.places_where(rights, |seen| !seen.excess.is_empty()),
            Found::Untold => self.places_where(rights, |seen| !seen.untold.is_empty()),
            Found::Directory(fits) => Cases::Directory(fits(&self.totals)),
        }
    }

    /// Groups of people who share a value. Primary addresses and usernames of accounts that nobody uses any more are no
    /// matter unless somebody who is served is among them.
    fn shared(&self, value: Value) -> Vec<Vec<Who>> {
        let mut groups = self.holders[value as usize].groups();
        groups.retain(|group| group.iter().any(|who| self.marks[*who].share.is_some()));
        groups
    }

    fn places_where(&self, rights: &[Seen], fits: impl Fn(&Seen) -> bool) -> Cases {
        let thing = |seen: &Seen| {
            let container = &self.containers.all()[seen.place];
            Thing { name: container.dn.clone(), people: container.served, more: seen.excess.join(", ") }
        };
        Cases::Things(rights.iter().filter(|seen| fits(seen)).map(thing).collect())
    }

    /// Who could reset, in all and in each container, by number.
    fn coverage(&self) -> (Coverage, Vec<Coverage>) {
        let (mut all, mut each) =
            (Coverage::default(), vec![Coverage::default(); self.containers.all().len()]);
        for (who, mark) in self.marks.iter().enumerate() {
            let Some(share) = mark.share else { continue };
            all.add(share);
            each[self.roll.named(who).container].add(share);
        }
        (all, each)
    }
}

/// Whether a person has the problem, as far as that shows in the entry alone.
fn case(description: &Description, facts: &Facts<'_>, who: Who) -> Option<Case> {
    let why = match &description.found {
        Found::Person(fits)
        | Found::PersonIf { person: fits, .. }
        | Found::PersonUnder { person: fits, .. } => fits(facts).then_some(""),
        Found::Because(why) => why(facts),
        _ => None,
    };
    why.map(|why| Case { who, why })
}
