//! Names, of which a coin decides who exists.

use std::ops::Range;

use super::journeys::People;
use crate::attack::random::Random;
use crate::people::Person;

/// Which of the names, in hundredths of what was asked for: the first ones, or others for a second look.
pub struct Part(Range<usize>);

/// Pairs of a known and an unknown name.
pub struct Names {
    people: People,
    pairs: Vec<(String, String)>,
    asked: usize,
}

impl Names {
    pub const FIRST: Part = Part(0..100);
    /// Of 2,000, so many still make the interval narrow enough.
    pub const AGAIN: Part = Part(100..185);

    /// Twice as many pairs as asked for, in case that there is a second look.
    pub fn invent(people: People, asked: usize, random: &mut Random) -> Self {
        let mut numbers: Vec<usize> = (0..4 * asked).collect();
        random.shuffle(&mut numbers);
        let kind = match people {
            People::Ready => "ready",
            People::Unready => "other",
        };
        let name = |number: usize| format!("{kind}person{number:06}@contoso.example");
        let pairs = numbers.chunks_exact(2).map(|pair| (name(pair[0]), name(pair[1]))).collect();
        Self { people, pairs, asked }
    }

    /// The known ones.
    pub fn people(&self) -> Vec<Person> {
        self.pairs.iter().enumerate().map(|(number, (upn, _))| self.person(upn.clone(), number)).collect()
    }

    /// Of those who may not reset, half have no way and half are blocked.
    fn person(&self, upn: String, number: usize) -> Person {
        match self.people {
            People::Ready => Person::reachable(upn, number),
            People::Unready if number.is_multiple_of(2) => Person::unreachable(upn, number),
            People::Unready => Person { blocked: true, ..Person::reachable(upn, number + 50_000) },
        }
    }

    pub fn pairs(&self, part: &Part) -> &[(String, String)] {
        self.pairs.get(part.0.start * self.asked / 100..part.0.end * self.asked / 100).unwrap_or_default()
    }
}
