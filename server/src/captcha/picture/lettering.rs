//! Where each letter stands: its shape, size, slant and place.

use super::super::pattern::Pattern;
use super::canvas::Point;
use super::curve;
use super::glyphs::{Stroke, shapes};

/// A letter ready to draw, in pixels.
pub(super) struct Letter {
    pub(super) strokes: Vec<Vec<Point>>,
    /// Half the width of the pen.
    pub(super) radius: f32,
}

/// Free space to the left and right of the whole, for the warp to use.
const MARGIN: f32 = 10.0;

/// Sets `text` in a line that fills the picture from side to side.
pub(super) fn place(text: &str, size: (f32, f32), chance: &mut Pattern) -> Vec<Letter> {
    let mut letters: Vec<Letter> = text.chars().filter_map(|letter| shape(letter, chance)).collect();
    let gaps: Vec<f32> = letters.iter().map(|_| chance.between(2.0, 5.5)).collect();
    let mut edge = 0.0;
    for (letter, gap) in letters.iter_mut().zip(gaps) {
        let (left, right) = sides(letter);
        letter.shift(edge - left + letter.radius, 0.0);
        edge += right - left + 2.0 * letter.radius + gap;
    }
    // Wide letters (M, W) are narrowed together with their neighbours until all of them fit.
    let free = size.0 - 2.0 * MARGIN;
    let narrow = (free / edge).min(1.0);
    let start = MARGIN + (free - edge * narrow) * chance.between(0.2, 0.8);
    for letter in &mut letters {
        let drop = size.1 * chance.between(0.44, 0.56);
        letter.strokes.iter_mut().flatten().for_each(|point| {
            *point = (start + point.0 * narrow, drop + point.1);
        });
    }
    letters
}

/// One letter around the middle of its own height.
fn shape(letter: char, chance: &mut Pattern) -> Option<Letter> {
    let variants = shapes(letter);
    if variants.is_empty() {
        return None;
    }
    let strokes = *chance.one_of(variants);
    let height = chance.between(43.0, 52.0);
    let width = height * chance.between(0.68, 0.86);
    let slant = chance.between(-0.18, 0.18);
    let (sin, cos) = chance.between(-0.22, 0.22).sin_cos();
    let put = |(x, y): Point| {
        let (x, y) = (x * width, (y - 0.5) * height);
        let x = x - slant * y;
        (x * cos - y * sin, x * sin + y * cos)
    };
    let strokes = strokes
        .iter()
        .map(|stroke| match stroke {
            Stroke::Line(points) => curve::corners(points),
            Stroke::Arc(points) => curve::smooth(points),
        })
        .map(|line| line.into_iter().map(put).collect())
        .collect();
    Some(Letter { strokes, radius: chance.between(1.8, 2.6) })
}

impl Letter {
    fn shift(&mut self, right: f32, down: f32) {
        self.strokes.iter_mut().flatten().for_each(|point| *point = (point.0 + right, point.1 + down));
    }
}

fn sides(letter: &Letter) -> (f32, f32) {
    let across = letter.strokes.iter().flatten().map(|point| point.0);
    across.fold((f32::MAX, f32::MIN), |(low, high), x| (low.min(x), high.max(x)))
}
