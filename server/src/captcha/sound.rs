//! The sound: digits spoken one by one, at changing speed and loudness, over a mild noise.

mod clip;
mod mix;
mod wav;

use super::pattern::Pattern;
use clip::Clip;

/// Samples per second of the clips and of the result.
const RATE: u16 = 11_025;
/// Root mean square of every digit. The peaks of speech are six to eight times as high and must stay below 1.
const LOUDNESS: f32 = 0.12;
/// Root mean square of the noise, 22 dB below that of the speech.
const NOISE: f32 = LOUDNESS * 0.08;
/// Seconds before the first digit: time for a screen reader to fall silent and a headset to wake up.
const LEAD: f32 = 0.8;
/// Seconds between two digits: long enough to type one.
const GAP: (f32, f32) = (0.45, 0.85);
/// Speed, and with it pitch; about one semitone either way.
const SPEED: (f32, f32) = (0.93, 1.07);
/// Share of the common loudness.
const GAIN: (f32, f32) = (0.8, 1.0);

/// A digit as it will be heard.
struct Word {
    clip: Clip,
    /// Seconds from the beginning.
    start: f32,
    speed: f32,
    gain: f32,
}

/// Speaks `digits` as a WAV file; the same `seed` gives the same bytes.
pub(super) fn speak(digits: &str, seed: &[u8]) -> Vec<u8> {
    let mut chance = Pattern::new("sound", seed);
    let (words, seconds) = plan(digits, &mut chance);
    let mut track = mix::Track::new(seconds);
    for word in &words {
        track.say(word);
    }
    track.hiss(NOISE, &mut chance);
    wav::write(track.samples(), RATE)
}

/// When and how each digit is spoken, and the length of it all in seconds.
fn plan(digits: &str, chance: &mut Pattern) -> (Vec<Word>, f32) {
    let mut clock = LEAD;
    let words = digits
        .chars()
        .filter_map(Clip::of)
        .map(|clip| {
            let (speed, gain) = (chance.between(SPEED.0, SPEED.1), chance.between(GAIN.0, GAIN.1));
            let start = clock;
            clock += clip.seconds() / speed + chance.between(GAP.0, GAP.1);
            Word { clip, start, speed, gain }
        })
        .collect();
    (words, clock)
}

#[cfg(test)]
mod tests;
