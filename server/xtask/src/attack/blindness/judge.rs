//! Which steps tell known names from unknown ones.

use super::Surfaces;
use super::journeys::{Journey, Way};
use super::observe::{COLUMNS, pages};
use crate::attack::classifier::{Auc, Pair, Seen, held_out, most_telling, transferred};
use crate::attack::finding::{Finding, Verdict};

/// All steps of a walk together.
pub const WHOLE: &str = "the whole walk";
/// What chance looks like with enough pairs.
const CHANCE: std::ops::RangeInclusive<f64> = 0.48..=0.52;

/// An interval that reaches farther to either side says nothing about so narrow a band.
const REACH: f64 = 0.02;
/// More different pages than this for the same step are a sign that something random was left in them.
const PAGES: usize = 60;

/// A surface and how well names are told apart there.
pub struct Judged {
    surface: String,
    first: Auc,
    /// Trained on the first look alone, judged on other names: what looked suspicious by accident does not again.
    second: Option<Auc>,
    /// What tells most, if anything does.
    telling: Option<(usize, Auc)>,
    pages: usize,
}

/// All surfaces of one journey.
pub fn each(surfaces: &Surfaces) -> Vec<Judged> {
    let judge = |(surface, pairs): (&String, &Vec<Pair>)| Judged {
        surface: surface.clone(),
        first: held_out(pairs),
        second: None,
        telling: (surface != WHOLE).then(|| most_telling(pairs)).flatten(),
        pages: pages(pairs.iter().flat_map(|pair| [&pair.known, &pair.unknown])),
    };
    surfaces.iter().map(judge).collect()
}

/// How far to walk for a second look, if anything is suspect.
pub fn second_look(journey: &Journey, judged: &[Judged]) -> Option<Way> {
    let is_of_the_way_back = |judged: &Judged| {
        judged.surface == WHOLE
            || journey.back.as_ref().is_some_and(|back| judged.surface.starts_with(back.name))
    };
    let mut suspects = judged.iter().filter(|judged| judged.is_suspect()).peekable();
    suspects.peek()?;
    Some(if suspects.any(is_of_the_way_back) { Way::ThereAndBack } else { Way::There })
}

/// A second look at what is suspect.
pub fn again(judged: &mut [Judged], first: &Surfaces, second: &Surfaces) {
    for judged in judged.iter_mut().filter(|judged| judged.is_suspect()) {
        let pairs =
            [first, second].map(|surfaces| surfaces.get(&judged.surface).map_or(&[][..], Vec::as_slice));
        judged.second = Some(transferred(pairs[0], pairs[1]));
    }
}

impl Judged {
    /// Whether the first look was outside of what chance gives.
    fn is_suspect(&self) -> bool {
        !CHANCE.contains(&self.first.value)
    }

    pub fn finding(self, journey: &Journey) -> Finding {
        let last = self.second.unwrap_or(self.first);
        let verdict = if last.high - last.low > 2.0 * REACH {
            Verdict::Undecided
        } else {
            Verdict::of(CHANCE.contains(&last.value) && self.pages <= PAGES)
        };
        Finding {
            threats: journey.threats,
            tried: format!("{}: {}", journey.name, self.surface),
            found: self.found(),
            allowed: "0.48–0.52".to_owned(),
            verdict,
        }
    }

    fn found(&self) -> String {
        let mut found = format!("AUC {}", shown(self.first));
        if let Some(second) = self.second {
            found.push_str(&format!(", again {}", shown(second)));
            if let Some((column, alone)) = self.telling {
                let column = COLUMNS.get(column).copied().unwrap_or_default();
                found.push_str(&format!(", most by {column}: {:.3}", alone.value));
            }
        }
        if self.pages > PAGES {
            found.push_str(&format!(", {} different pages", self.pages));
        }
        found
    }
}

/// Planted differences that the classifier must find, or its silence would mean nothing: a millisecond, and a byte, in
/// half of the answers to one and the same kind of name.
pub fn controls(journey: &str, surfaces: &Surfaces) -> Vec<Finding> {
    let Some((surface, pairs)) = surfaces.iter().find(|(surface, _)| surface.ends_with(": page")) else {
        return Vec::new();
    };
    let planted = |what: &str, plant: fn(&mut Seen)| {
        let unknown: Vec<&Seen> = pairs.iter().map(|pair| &pair.unknown).collect();
        let pair = |two: &[&Seen]| {
            let mut known = two[0].clone();
            plant(&mut known);
            Pair { known, unknown: two[1].clone() }
        };
        let auc = held_out(&unknown.chunks_exact(2).map(pair).collect::<Vec<_>>());
        Finding {
            threats: "control",
            tried: format!("{journey}: {surface}, {what} planted"),
            found: format!("AUC {}", shown(auc)),
            allowed: "> 0.52, found".to_owned(),
            verdict: Verdict::of(auc.low > *CHANCE.end()),
        }
    };
    vec![
        planted("1 ms", |seen| seen.numbers.iter_mut().take(2).for_each(|time| *time += 1.0)),
        planted("1 byte", |seen| seen.numbers.iter_mut().skip(3).take(1).for_each(|bytes| *bytes += 1.0)),
    ]
}

fn shown(auc: Auc) -> String {
    format!("{:.3} [{:.3}, {:.3}]", auc.value, auc.low, auc.high)
}
