//! The curve that both the pen and the loudspeaker follow.

/// The value at `t` (0 to 1) between the second and the third of four evenly spaced ones, on the
/// smooth curve through all of them (Catmull-Rom).
pub(super) fn between(around: [f32; 4], t: f32) -> f32 {
    let [before, from, to, after] = around;
    let slope = to - before;
    let bend = 2.0 * before - 5.0 * from + 4.0 * to - after;
    let rest = 3.0 * (from - to) + after - before;
    from + 0.5 * t * (slope + t * (bend + t * rest))
}
