//! How often a known name scores higher than an unknown one: 0.5 is chance, 1 is certainty.

/// The area under the curve, with its interval of 95 % (DeLong, DeLong and Clarke-Pearson, 1988).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Auc {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    variance: f64,
}

/// 95 % of a normal distribution lie so many standard deviations around its middle.
const SPAN: f64 = 1.96;

impl Auc {
    /// From the scores of known and of unknown names.
    pub fn of(known: &[f64], unknown: &[f64]) -> Self {
        let (mut above, mut below) = (known.to_vec(), unknown.to_vec());
        above.sort_unstable_by(f64::total_cmp);
        below.sort_unstable_by(f64::total_cmp);
        let known: Vec<f64> = known.iter().map(|score| place(&below, *score)).collect();
        let unknown: Vec<f64> = unknown.iter().map(|score| 1.0 - place(&above, *score)).collect();
        let value = super::mean(&known);
        Self::with(value, variance(&known, value) + variance(&unknown, value))
    }

    /// Of two that were judged on different names.
    pub fn mean(one: Self, other: Self) -> Self {
        Self::with(f64::midpoint(one.value, other.value), (one.variance + other.variance) / 4.0)
    }

    fn with(value: f64, variance: f64) -> Self {
        let reach = SPAN * variance.sqrt();
        Self { value, low: (value - reach).max(0.0), high: (value + reach).min(1.0), variance }
    }
}

/// Which part of `sorted` is below a score; what is equal counts half.
#[expect(clippy::cast_precision_loss, reason = "a few thousand")]
fn place(sorted: &[f64], score: f64) -> f64 {
    let below = sorted.partition_point(|other| *other < score);
    let up_to = sorted.partition_point(|other| *other <= score);
    (below + up_to) as f64 / (2 * sorted.len().max(1)) as f64
}

/// Of the mean of these places.
#[expect(clippy::cast_precision_loss, reason = "a few thousand")]
fn variance(places: &[f64], mean: f64) -> f64 {
    let count = places.len().max(2) as f64;
    places.iter().map(|place| (place - mean).powi(2)).sum::<f64>() / (count - 1.0) / count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certainty_chance_and_ties() {
        assert!((Auc::of(&[2.0, 3.0], &[0.0, 1.0]).value - 1.0).abs() < 1e-9);
        assert!((Auc::of(&[0.0, 1.0], &[2.0, 3.0]).value).abs() < 1e-9);
        assert!((Auc::of(&[1.0; 9], &[1.0; 9]).value - 0.5).abs() < 1e-9);
        assert!((Auc::of(&[1.0, 3.0], &[2.0, 0.0]).value - 0.75).abs() < 1e-9);
    }

    #[test]
    fn the_interval_narrows_with_the_number_of_names() {
        let scores =
            |count: u32, step: u32| (0..count).map(|at| f64::from(at * step % 97)).collect::<Vec<_>>();
        let width = |count| {
            let auc = Auc::of(&scores(count, 31), &scores(count, 57));
            auc.high - auc.low
        };
        assert!((width(100) / width(10_000) - 10.0).abs() < 1.0);
    }
}
