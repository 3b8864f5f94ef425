//! Lays words and noise over each other.

// Samples are counted in integers and placed in fractions; a track has some 100,000 of them.
#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
#![allow(clippy::cast_precision_loss, clippy::cast_sign_loss)]

use super::super::pattern::Pattern;
use super::super::spline;
use super::{LOUDNESS, RATE, Word};

/// Samples from -1 to 1 at [`RATE`].
pub(super) struct Track(Vec<f32>);

impl Track {
    /// Silence of that many seconds.
    pub(super) fn new(seconds: f32) -> Self {
        Self(vec![0.0; position(seconds)])
    }

    /// Adds a word, brought to the common loudness.
    pub(super) fn say(&mut self, word: &Word) {
        let wave = word.clip.wave();
        let gain = word.gain * LOUDNESS / loudness(&wave).max(f32::EPSILON);
        let spoken = stretched(&wave, word.speed);
        for (sample, spoken) in self.0.iter_mut().skip(position(word.start)).zip(spoken) {
            *sample += gain * spoken;
        }
    }

    /// Adds soft noise of that root mean square, without the highest tones: those of *s* and *x*
    /// must stay audible.
    pub(super) fn hiss(&mut self, level: f32, chance: &mut Pattern) {
        /// Share of each new sample in the running mean.
        const SOFT: f32 = 0.4;
        // A uniform sample has 1/√3; the running mean leaves √(SOFT / (2 - SOFT)) of that.
        let gain = level * (3.0 * (2.0 - SOFT) / SOFT).sqrt();
        let mut mean = 0.0;
        for sample in &mut self.0 {
            mean += SOFT * (chance.noise() - mean);
            *sample += gain * mean;
        }
    }

    pub(super) fn samples(&self) -> &[f32] {
        &self.0
    }
}

/// The index of the sample at that many seconds.
pub(super) fn position(seconds: f32) -> usize {
    (seconds * f32::from(RATE)) as usize
}

/// The root mean square.
pub(super) fn loudness(wave: &[f32]) -> f32 {
    let power: f32 = wave.iter().map(|sample| sample * sample).sum();
    (power / wave.len().max(1) as f32).sqrt()
}

/// The wave played at another speed, smooth between the samples.
pub(super) fn stretched(wave: &[f32], speed: f32) -> Vec<f32> {
    let at = |index: isize| {
        let inside = index.clamp(0, wave.len() as isize - 1);
        wave.get(inside as usize).copied().unwrap_or_default()
    };
    let length = (wave.len() as f32 / speed) as usize;
    (0..length)
        .map(|index| {
            let place = index as f32 * speed;
            let (start, t) = (place as isize, place.fract());
            spline::between([at(start - 1), at(start), at(start + 1), at(start + 2)], t)
        })
        .collect()
}
