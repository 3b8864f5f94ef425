use super::*;
use std::collections::HashSet;

/// Width, height and grey values of a PNG of four bits a pixel.
fn decoded(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a small picture")];
    let info = reader.next_frame(&mut pixels).expect("all rows");
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::Four));
    (info.width, info.height, pixels.iter().flat_map(|pair| [pair >> 4, pair & 15]).collect())
}

#[test]
fn picture_is_a_small_png_with_ink_on_a_light_card() {
    let keys = keys(1);
    for seed in 0..30 {
        let file = picture(&keys, NOW, &issued(&keys, seed).token).expect("a picture");
        assert!(file.len() < 6 * 1024, "{} bytes", file.len());
        let (width, height, pixels) = decoded(&file);
        assert_eq!((width, height), (264, 80));
        let share = |levels: std::ops::Range<u8>| {
            let count = pixels.iter().filter(|level| levels.contains(level)).count();
            count * 100 / pixels.len()
        };
        assert!((5..35).contains(&share(0..6)), "{} % ink", share(0..6));
        assert!(share(13..16) > 40, "{} % card", share(13..16));
    }
}

#[test]
fn letters_keep_clear_of_the_upper_and_lower_edge() {
    let keys = keys(1);
    for seed in 0..100 {
        let file = picture(&keys, NOW, &issued(&keys, seed).token).expect("a picture");
        let (width, _, pixels) = decoded(&file);
        let rows: Vec<&[u8]> = pixels.chunks(width as usize).collect();
        for edge in [rows[0], rows[rows.len() - 1]] {
            assert!(edge.iter().filter(|level| **level < 4).count() < 24, "seed {seed} touches an edge");
        }
    }
}

#[test]
fn picture_and_sound_are_the_same_whenever_they_are_fetched() {
    let keys = keys(1);
    let token = issued(&keys, 1).token;
    let later = NOW.plus(Duration::from_mins(1));
    assert_eq!(picture(&keys, NOW, &token), picture(&keys, later, &token));
    assert_eq!(sound(&keys, NOW, &token), sound(&keys, later, &token));
}

#[test]
fn no_two_tokens_share_picture_or_sound() {
    let keys = keys(1);
    let (mut pictures, mut sounds) = (HashSet::new(), HashSet::new());
    for seed in 0..20 {
        let token = issued(&keys, seed).token;
        assert!(pictures.insert(picture(&keys, NOW, &token).expect("a picture")));
        assert!(sounds.insert(sound(&keys, NOW, &token).expect("a sound")));
    }
}

#[test]
fn same_letters_are_drawn_differently_for_each_token() {
    assert_ne!(picture::draw("CDFHJK", b"one"), picture::draw("CDFHJK", b"two"));
}

#[test]
fn every_letter_of_the_alphabet_is_drawn() {
    // Seeds enough for both shapes of a letter.
    for seed in 0..8_u8 {
        let empty = picture::draw("", &[seed]);
        for letter in token::LETTERS.iter().map(|letter| char::from(*letter).to_string()) {
            assert_ne!(picture::draw(&letter, &[seed]), empty, "{letter}");
        }
    }
}

#[test]
fn sound_is_as_long_as_six_spoken_digits() {
    let keys = keys(1);
    for seed in 0..20 {
        let file = sound(&keys, NOW, &issued(&keys, seed).token).expect("a sound");
        assert_eq!((&file[..4], &file[8..12]), (&b"RIFF"[..], &b"WAVE"[..]));
        // Bytes are samples, 11,025 a second.
        assert!((4 * 11_025..11 * 11_025).contains(&file.len()), "{} bytes", file.len());
    }
}

#[test]
fn nothing_is_drawn_for_a_forged_or_expired_token() {
    let (keys, foreign_keys) = (keys(1), keys(2));
    let token = issued(&keys, 1).token;
    let forged = issued(&foreign_keys, 1).token;
    for (now, token) in [(NOW.plus(LIFE), &token), (NOW, &forged)] {
        assert!(picture(&keys, now, token).is_none());
        assert!(sound(&keys, now, token).is_none());
    }
}
