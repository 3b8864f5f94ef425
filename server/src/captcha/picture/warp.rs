//! Bends the whole picture like a sheet of rubber, so that no letter keeps a straight stem.

use super::super::pattern::Pattern;
use super::canvas::Point;

struct Wave {
    /// Radians per pixel, along both axes.
    along: Point,
    phase: f32,
    /// Pixels.
    reach: f32,
}

impl Wave {
    fn new(chance: &mut Pattern, length: (f32, f32), reach: (f32, f32)) -> Self {
        let direction = chance.angle();
        let frequency = std::f32::consts::TAU / chance.between(length.0, length.1);
        Self {
            along: (direction.cos() * frequency, direction.sin() * frequency),
            phase: chance.angle(),
            reach: chance.between(reach.0, reach.1),
        }
    }

    fn at(&self, point: Point) -> f32 {
        self.reach * (self.along.0 * point.0 + self.along.1 * point.1 + self.phase).sin()
    }
}

/// Two waves for each axis: a long one that moves letters, a short one that bends strokes.
pub(super) struct Warp {
    across: [Wave; 2],
    down: [Wave; 2],
}

impl Warp {
    pub(super) fn new(chance: &mut Pattern) -> Self {
        let mut pair =
            || [Wave::new(chance, (110.0, 180.0), (2.0, 3.8)), Wave::new(chance, (36.0, 56.0), (1.0, 2.0))];
        Self { across: pair(), down: pair() }
    }

    /// Where `point` ends up.
    pub(super) fn bend(&self, point: Point) -> Point {
        let sum = |waves: &[Wave; 2]| waves.iter().map(|wave| wave.at(point)).sum::<f32>();
        (point.0 + sum(&self.across), point.1 + sum(&self.down))
    }
}
