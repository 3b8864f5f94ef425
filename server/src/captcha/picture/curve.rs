//! From a few points to a smooth line.

use super::super::spline;
use super::canvas::Point;

/// Points that a letter's curve or line is cut into, so that the warp can bend straight lines too.
const STEPS: u8 = 6;

/// A straight line from point to point, cut into short pieces.
pub(super) fn corners(points: &[Point]) -> Vec<Point> {
    cut(points, |around, t| mix(around[1], around[2], t))
}

/// A smooth line through all points.
pub(super) fn smooth(points: &[Point]) -> Vec<Point> {
    cut(points, |around, t| {
        (spline::between(around.map(|point| point.0), t), spline::between(around.map(|point| point.1), t))
    })
}

fn cut(points: &[Point], at: impl Fn([Point; 4], f32) -> Point) -> Vec<Point> {
    let Some(last) = points.len().checked_sub(1) else { return Vec::new() };
    let mut line = vec![points[0]];
    for start in 0..last {
        let around = [
            points[start.saturating_sub(1)],
            points[start],
            points[start + 1],
            points[(start + 2).min(last)],
        ];
        line.extend((1..=STEPS).map(|step| at(around, f32::from(step) / f32::from(STEPS))));
    }
    line
}

fn mix(from: Point, to: Point, t: f32) -> Point {
    (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t)
}
