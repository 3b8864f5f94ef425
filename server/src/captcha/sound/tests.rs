use super::*;

const DIGITS: &str = "0123456789";

fn heard(file: &[u8]) -> Vec<f32> {
    let samples = wav::samples(file).expect("a WAV file");
    samples.iter().map(|&sample| (f32::from(sample) - 128.0) / 127.0).collect()
}

/// How alike two waves are, from -1 to 1, whatever their loudness.
fn likeness(a: &[f32], b: &[f32]) -> f32 {
    let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    product(a, b) / (product(a, a) * product(b, b)).sqrt()
}

#[test]
fn every_digit_has_a_clip_of_plausible_length() {
    for digit in DIGITS.chars() {
        let seconds = Clip::of(digit).expect("a clip").seconds();
        assert!((0.25..0.7).contains(&seconds), "{digit} lasts {seconds} s");
    }
    assert!(Clip::of('x').is_none());
}

#[test]
fn header_is_that_of_eight_bit_mono() {
    let file = speak("123456", b"seed");
    assert_eq!(&file[..4], b"RIFF");
    assert_eq!(u32::from_le_bytes(file[4..8].try_into().expect("four bytes")) as usize, file.len() - 8);
    assert_eq!(file[20..24], [1, 0, 1, 0]);
    assert_eq!(file[24..28], u32::from(RATE).to_le_bytes());
    assert_eq!(file[32..36], [1, 0, 8, 0]);
    let samples = wav::samples(&file).expect("samples");
    assert!(file.len() - wav::HEADER - samples.len() <= 1, "no more than padding after the samples");
}

#[test]
fn each_digit_is_heard_where_it_was_planned() {
    let track = heard(&speak(DIGITS, b"order"));
    let (words, _) = plan(DIGITS, &mut Pattern::new("sound", b"order"));
    for (word, digit) in words.iter().zip(DIGITS.chars()) {
        let spoken = &track[mix::position(word.start)..];
        let score = |other: char| {
            let clip = mix::stretched(&Clip::of(other).expect("a clip").wave(), word.speed);
            likeness(&spoken[..clip.len().min(spoken.len())], &clip)
        };
        let best = DIGITS.chars().max_by(|a, b| score(*a).total_cmp(&score(*b)));
        assert_eq!(best, Some(digit));
        assert!(score(digit) > 0.95, "{digit} is only {} like its clip", score(digit));
    }
}

#[test]
fn noise_is_there_and_far_below_the_speech() {
    let track = heard(&speak("7777", b"noise"));
    let (words, _) = plan("7777", &mut Pattern::new("sound", b"noise"));
    let noise = mix::loudness(&track[..mix::position(LEAD)]);
    for word in words {
        let end = word.start + word.clip.seconds() / word.speed;
        let speech = mix::loudness(&track[mix::position(word.start)..mix::position(end)]);
        let decibels = 20.0 * (speech / noise).log10();
        assert!((15.0..25.0).contains(&decibels), "{decibels} dB");
    }
}

#[test]
fn nothing_is_cut_off() {
    for seed in 0..20_u8 {
        let file = speak(DIGITS, &[seed]);
        let samples = wav::samples(&file).expect("samples");
        let cut = samples.iter().filter(|&&sample| sample == 0 || sample == 255).count();
        assert_eq!(cut, 0, "samples at the limit");
    }
}

#[test]
fn same_seed_same_bytes_and_another_seed_others() {
    assert_eq!(speak("314159", b"a"), speak("314159", b"a"));
    assert_ne!(speak("314159", b"a"), speak("314159", b"b"));
    assert_ne!(speak("314159", b"a"), speak("314150", b"a"));
}
