//! Logistic regression: many small differences that point the same way.

use super::is_known;

const ROUNDS: usize = 200;
/// How much of the last step is taken once more.
const MOMENTUM: f64 = 0.9;
/// Weights are drawn towards zero by so much.
const DECAY: f64 = 0.01;

/// A weight for each column.
pub struct Logistic(Vec<f64>);

/// Gradient descent over all rows; columns are centred already, and classes are of one size.
#[expect(clippy::cast_precision_loss, reason = "a few thousand rows of a few hundred columns")]
pub fn fit(rows: &[Vec<f64>]) -> Logistic {
    let columns = rows.first().map_or(0, Vec::len);
    let step = 4.0 / (columns.max(1) as f64) / rows.len().max(1) as f64;
    let (mut weights, mut moved) = (vec![0.0; columns], vec![0.0; columns]);
    for _ in 0..ROUNDS {
        let mut slope = vec![0.0; columns];
        for (at, row) in rows.iter().enumerate() {
            let wanted = if is_known(at) { 1.0 } else { 0.0 };
            let error = wanted - 1.0 / (1.0 + (-dot(&weights, row)).exp());
            for (slope, value) in slope.iter_mut().zip(row) {
                *slope += error * value;
            }
        }
        for ((weight, moved), slope) in weights.iter_mut().zip(&mut moved).zip(&slope) {
            *moved = MOMENTUM * *moved + step * (slope - DECAY * *weight * rows.len() as f64);
            *weight += *moved;
        }
    }
    Logistic(weights)
}

impl Logistic {
    pub fn scores(&self, rows: &[Vec<f64>]) -> Vec<f64> {
        rows.iter().map(|row| dot(&self.0, row)).collect()
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}
