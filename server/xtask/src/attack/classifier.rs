//! Tells known names from unknown ones, if anything in the answers does: trained on one half of the pairs, judged on the
//! other, and the other way round.

mod auc;
mod encoding;
mod logistic;
mod stumps;

pub use auc::Auc;

use encoding::Encoding;

/// An answer, as a classifier sees it.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Times and lengths: more or less says something.
    pub numbers: Vec<f64>,
    /// Digests of what is the same or is not: status, headers, the body without its random parts.
    pub shapes: Vec<u64>,
}

/// The same step for a known and for an unknown name.
#[derive(Clone, Debug)]
pub struct Pair {
    pub known: Seen,
    pub unknown: Seen,
}

/// How well pairs are told apart by a classifier that has not seen them.
pub fn held_out(pairs: &[Pair]) -> Auc {
    let (one, other): (Vec<_>, Vec<_>) = pairs.iter().enumerate().partition(|(at, _)| at.is_multiple_of(2));
    let [one, other] = [one, other].map(|half| half.into_iter().map(|(_, pair)| pair).collect::<Vec<_>>());
    Auc::mean(judged(&one, &other), judged(&other, &one))
}

/// How well a classifier that was trained on `training` tells `judged` apart.
pub fn transferred(training: &[Pair], unseen: &[Pair]) -> Auc {
    judged(&training.iter().collect::<Vec<_>>(), &unseen.iter().collect::<Vec<_>>())
}

/// The one number, or the one shape, that says most, and how well it does alone.
pub fn most_telling(pairs: &[Pair]) -> Option<(usize, Auc)> {
    let encoding = Encoding::fit(&pairs.iter().collect::<Vec<_>>());
    let encoded = |seen: fn(&Pair) -> &Seen| -> Vec<Vec<f64>> {
        pairs.iter().map(|pair| encoding.encode(seen(pair))).collect()
    };
    let (known, unknown) = (encoded(|pair| &pair.known), encoded(|pair| &pair.unknown));
    let column = |rows: &[Vec<f64>], at: usize| -> Vec<f64> { rows.iter().map(|row| row[at]).collect() };
    let columns = 0..known.first().map_or(0, Vec::len);
    let alone = columns.map(|at| (at, Auc::of(&column(&known, at), &column(&unknown, at))));
    let far = |auc: &Auc| (auc.value - 0.5).abs();
    alone.max_by(|(_, one), (_, other)| far(one).total_cmp(&far(other)))
}

fn judged(training: &[&Pair], unseen: &[&Pair]) -> Auc {
    let encoding = Encoding::fit(training);
    let rows = |pairs: &[&Pair]| -> Vec<Vec<f64>> {
        let both = pairs.iter().flat_map(|pair| [&pair.known, &pair.unknown]);
        both.map(|seen| encoding.encode(seen)).collect()
    };
    // Known and unknown take turns in the rows.
    let (training, unseen) = (rows(training), rows(unseen));
    let logistic = standard(logistic::fit(&training).scores(&unseen));
    let stumps = standard(stumps::fit(&training).scores(&unseen));
    let scores: Vec<f64> = logistic.iter().zip(&stumps).map(|(one, other)| one + other).collect();
    let (known, unknown) = (scores.iter().step_by(2), scores.iter().skip(1).step_by(2));
    Auc::of(&known.copied().collect::<Vec<_>>(), &unknown.copied().collect::<Vec<_>>())
}

/// Whether a row is a known name's: they come in pairs, the known one first.
const fn is_known(row: usize) -> bool {
    row.is_multiple_of(2)
}

/// On one scale, so that two models can be added.
fn standard(mut scores: Vec<f64>) -> Vec<f64> {
    let mean = mean(&scores);
    let spread = mean_of(scores.iter().map(|score| (score - mean).powi(2)), scores.len()).sqrt();
    for score in &mut scores {
        *score = if spread > 1e-12 { (*score - mean) / spread } else { 0.0 };
    }
    scores
}

fn mean(values: &[f64]) -> f64 {
    mean_of(values.iter().copied(), values.len())
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand")]
fn mean_of(values: impl Iterator<Item = f64>, count: usize) -> f64 {
    values.sum::<f64>() / count.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attack::random::Random;

    #[expect(clippy::cast_precision_loss, reason = "below 1,000")]
    fn time(random: &mut Random) -> f64 {
        // A long tail, as answers have.
        3.0 + (random.below(1_000) as f64 / 1_000.0).powi(4) * 20.0
    }

    fn pairs(count: usize, slower: f64, shape: impl Fn(bool, &mut Random) -> u64) -> Vec<Pair> {
        let mut random = Random::seeded(1);
        let mut seen = |known: bool| Seen {
            numbers: vec![time(&mut random) + if known { slower } else { 0.0 }, 1_000.0],
            shapes: vec![200, shape(known, &mut random)],
        };
        (0..count).map(|_| Pair { known: seen(true), unknown: seen(false) }).collect()
    }

    #[test]
    fn what_does_not_differ_is_not_told_apart() {
        let auc = held_out(&pairs(1_000, 0.0, |_, random| random.next()));
        assert!((0.46..=0.54).contains(&auc.value), "{auc:?}");
        assert!(auc.low < 0.5 && auc.high > 0.5, "{auc:?}");
    }

    #[test]
    fn a_millisecond_is_told_apart() {
        assert!(held_out(&pairs(1_000, 1.0, |_, _| 0)).low > 0.6);
    }

    #[test]
    fn a_shape_that_only_some_known_names_have_is_told_apart() {
        let odd = |known: bool, random: &mut Random| u64::from(known && random.below(5) == 0);
        assert!(held_out(&pairs(1_000, 0.0, odd)).low > 0.54);
    }

    #[test]
    fn a_time_that_is_longer_or_shorter_but_never_between_is_told_apart() {
        let mut random = Random::seeded(3);
        let mut seen = |known: bool| {
            let far = f64::from(u8::from(random.below(2) == 0)) * 10.0;
            Seen { numbers: vec![if known { far } else { 5.0 } + time(&mut random) / 100.0], shapes: vec![] }
        };
        let pairs: Vec<_> = (0..400).map(|_| Pair { known: seen(true), unknown: seen(false) }).collect();
        assert!(held_out(&pairs).low > 0.8);
    }
}
