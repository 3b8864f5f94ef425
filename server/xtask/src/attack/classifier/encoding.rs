//! Answers as rows of numbers of one scale.

use std::collections::HashMap;

use super::{Pair, Seen};

/// A shape that is rarer in the training half says nothing about the other half.
const RARE: u32 = 20;
/// A uniform rank has this much less than unit spread.
const UNIT: f64 = 3.464;

/// How a column of answers becomes a column of numbers around zero.
pub struct Encoding {
    /// Sorted values of each number: a value becomes its rank, because times have long tails.
    numbers: Vec<Vec<f64>>,
    /// Of each shape that is not rare, how much more often known names have it.
    shapes: Vec<HashMap<u64, f64>>,
}

impl Encoding {
    pub fn fit(pairs: &[&Pair]) -> Self {
        let width = pairs.first().map(|pair| (pair.known.numbers.len(), pair.known.shapes.len()));
        let (numbers, shapes) = width.unwrap_or_default();
        Self {
            numbers: (0..numbers).map(|column| sorted(pairs, column)).collect(),
            shapes: (0..shapes).map(|column| shares(pairs, column)).collect(),
        }
    }

    pub fn encode(&self, seen: &Seen) -> Vec<f64> {
        let numbers = self.numbers.iter().zip(&seen.numbers).map(|(sorted, value)| rank(sorted, *value));
        let shares = self.shapes.iter().zip(&seen.shapes);
        let shares = shares.map(|(shares, shape)| shares.get(shape).copied().unwrap_or_default());
        numbers.chain(shares).map(|value| value * UNIT).collect()
    }
}

fn sorted(pairs: &[&Pair], column: usize) -> Vec<f64> {
    let both = pairs.iter().flat_map(|pair| [&pair.known, &pair.unknown]);
    let mut values: Vec<f64> = both.filter_map(|seen| seen.numbers.get(column)).copied().collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand")]
fn rank(sorted: &[f64], value: f64) -> f64 {
    let below = sorted.partition_point(|other| *other < value);
    let up_to = sorted.partition_point(|other| *other <= value);
    (below + up_to) as f64 / (2 * sorted.len().max(1)) as f64 - 0.5
}

fn shares(pairs: &[&Pair], column: usize) -> HashMap<u64, f64> {
    let mut counts: HashMap<u64, (u32, u32)> = HashMap::new();
    for pair in pairs {
        for (seen, is_known) in [(&pair.known, true), (&pair.unknown, false)] {
            if let Some(shape) = seen.shapes.get(column) {
                let count = counts.entry(*shape).or_default();
                *(if is_known { &mut count.0 } else { &mut count.1 }) += 1;
            }
        }
    }
    let common = counts.into_iter().filter(|(_, (known, unknown))| known + unknown >= RARE);
    common.map(|(shape, (known, unknown))| (shape, share(known, unknown))).collect()
}

fn share(known: u32, unknown: u32) -> f64 {
    f64::from(known + 1) / f64::from(known + unknown + 2) - 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_ranks_and_rare_shapes_nothing() {
        let seen = |number: u32, shape: u64| Seen { numbers: vec![f64::from(number)], shapes: vec![shape] };
        let pairs: Vec<_> = (0..50)
            .map(|at| Pair { known: seen(at, 1), unknown: seen(at + 50, u64::from(at) + 100) })
            .collect();
        let encoding = Encoding::fit(&pairs.iter().collect::<Vec<_>>());
        assert!(encoding.encode(&seen(0, 1))[0] < -1.7 && encoding.encode(&seen(99, 1))[0] > 1.7);
        assert!(encoding.encode(&seen(50, 1))[1] > 1.6, "only known names had it");
        assert!(encoding.encode(&seen(50, 100))[1].abs() < 1e-9, "one name had it");
    }
}
