//! Boosted stumps: differences that are in one place only, such as a tail.

use super::is_known;

const ROUNDS: usize = 60;
/// How much of each stump counts.
const SHRINKAGE: f64 = 0.2;
/// A column is cut in so many places at most.
const BINS: usize = 24;
/// Fewer rows on one side are an accident.
const FEWEST: f64 = 20.0;

/// Where to cut a column, and what either side says.
struct Stump {
    column: usize,
    cut: f64,
    up_to: f64,
    above: f64,
}

/// A sum of stumps.
pub struct Stumps(Vec<Stump>);

/// Gradient boosting on the logistic loss.
pub fn fit(rows: &[Vec<f64>]) -> Stumps {
    let columns = rows.first().map_or(0, Vec::len);
    let cuts: Vec<Vec<f64>> = (0..columns).map(|column| cuts(rows, column)).collect();
    let mut scores = vec![0.0; rows.len()];
    let mut stumps = Vec::new();
    for _ in 0..ROUNDS {
        let Some(stump) = best(rows, &cuts, &scores) else { break };
        for (score, row) in scores.iter_mut().zip(rows) {
            *score += stump.says(row);
        }
        stumps.push(stump);
    }
    Stumps(stumps)
}

impl Stumps {
    pub fn scores(&self, rows: &[Vec<f64>]) -> Vec<f64> {
        rows.iter().map(|row| self.0.iter().map(|stump| stump.says(row)).sum()).collect()
    }
}

impl Stump {
    fn says(&self, row: &[f64]) -> f64 {
        if row[self.column] <= self.cut { self.up_to } else { self.above }
    }
}

/// Between equal parts of the column's values.
fn cuts(rows: &[Vec<f64>], column: usize) -> Vec<f64> {
    let mut values: Vec<f64> = rows.iter().map(|row| row[column]).collect();
    values.sort_unstable_by(f64::total_cmp);
    let mut cuts: Vec<f64> =
        (1..BINS).filter_map(|part| values.get(values.len() * part / BINS).copied()).collect();
    cuts.dedup();
    // All values lie up to the largest: a cut there divides nothing.
    cuts.retain(|cut| values.last().is_some_and(|last| cut < last));
    cuts
}

/// What rows add up to: how far they are from what they should be, and how sure that is.
#[derive(Clone, Copy, Default)]
struct Sum {
    slope: f64,
    weight: f64,
    rows: f64,
}

impl Sum {
    const fn add(&mut self, other: Self) {
        self.slope += other.slope;
        self.weight += other.weight;
        self.rows += other.rows;
    }

    const fn without(self, other: Self) -> Self {
        Self {
            slope: self.slope - other.slope,
            weight: self.weight - other.weight,
            rows: self.rows - other.rows,
        }
    }

    fn gain(self) -> f64 {
        self.slope.powi(2) / (self.weight + 1.0)
    }

    fn answer(self) -> f64 {
        SHRINKAGE * self.slope / (self.weight + 1.0)
    }
}

fn best(rows: &[Vec<f64>], cuts: &[Vec<f64>], scores: &[f64]) -> Option<Stump> {
    let of_row = |at: usize, score: f64| {
        let chance = 1.0 / (1.0 + (-score).exp());
        let wanted = if is_known(at) { 1.0 } else { 0.0 };
        Sum { slope: wanted - chance, weight: chance * (1.0 - chance), rows: 1.0 }
    };
    let sums: Vec<Sum> = scores.iter().enumerate().map(|(at, score)| of_row(at, *score)).collect();
    let mut all = Sum::default();
    for sum in &sums {
        all.add(*sum);
    }
    let mut found: Option<(f64, Stump)> = None;
    for (column, cuts) in cuts.iter().enumerate().filter(|(_, cuts)| !cuts.is_empty()) {
        let mut bins = vec![Sum::default(); cuts.len() + 1];
        for (row, sum) in rows.iter().zip(&sums) {
            bins[cuts.partition_point(|cut| *cut < row[column])].add(*sum);
        }
        let mut up_to = Sum::default();
        for (cut, bin) in cuts.iter().zip(&bins) {
            up_to.add(*bin);
            let above = all.without(up_to);
            let gain = up_to.gain() + above.gain();
            let is_better = found.as_ref().is_none_or(|(best, _)| gain > *best);
            if up_to.rows >= FEWEST && above.rows >= FEWEST && is_better {
                let stump = Stump { column, cut: *cut, up_to: up_to.answer(), above: above.answer() };
                found = Some((gain, stump));
            }
        }
    }
    found.map(|(_, stump)| stump)
}
