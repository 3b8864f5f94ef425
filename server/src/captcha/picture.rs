//! The picture: letters drawn by a pen, bent as one, with a few lines across.

mod canvas;
mod curve;
mod glyphs;
mod lettering;
mod warp;

use super::pattern::Pattern;
use canvas::{Canvas, Point};
use warp::Warp;

/// Pixels. Twice as fine on the screen would double the bytes without being easier to read.
const WIDTH: u16 = 264;
const HEIGHT: u16 = 80;
/// A light card in both colour schemes. Letters stand out from it at 9:1 or more, the lines across at
/// 2:1 to 3:1.
const CARD: f32 = 0.92;
const INK: (f32, f32) = (0.06, 0.24);
const LINE: (f32, f32) = (0.55, 0.68);

/// Draws `letters`; the same `seed` gives the same picture. `None` if PNG could not be written.
pub(super) fn draw(letters: &str, seed: &[u8]) -> Option<Vec<u8>> {
    let mut chance = Pattern::new("picture", seed);
    let mut canvas = Canvas::new(usize::from(WIDTH), usize::from(HEIGHT), CARD);
    let warp = Warp::new(&mut chance);
    for _ in 0..3 {
        let tone = chance.between(LINE.0, LINE.1);
        canvas.stroke(&[line_across(&mut chance)], chance.between(0.8, 1.8), tone);
    }
    for mut letter in lettering::place(letters, (f32::from(WIDTH), f32::from(HEIGHT)), &mut chance) {
        letter.strokes.iter_mut().flatten().for_each(|point| *point = warp.bend(*point));
        canvas.stroke(&letter.strokes, letter.radius, chance.between(INK.0, INK.1));
    }
    // One line in ink joins the letters, one in the card's own grey cuts them: neither a threshold
    // nor connected areas find where a letter ends, while an eye follows the strokes.
    canvas.stroke(&[line_across(&mut chance)], chance.between(0.9, 1.4), chance.between(INK.0, INK.1));
    canvas.stroke(&[line_across(&mut chance)], chance.between(0.6, 0.8), CARD);
    canvas.into_png()
}

/// A smooth line from the left edge to the right one.
fn line_across(chance: &mut Pattern) -> Vec<Point> {
    const POINTS: u8 = 6;
    let points: Vec<Point> = (0..POINTS)
        .map(|at| {
            let x = f32::from(WIDTH) * f32::from(at) / f32::from(POINTS - 1);
            (x, f32::from(HEIGHT) * chance.between(0.12, 0.88))
        })
        .collect();
    curve::smooth(&points)
}
