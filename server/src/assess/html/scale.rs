//! Axes.

/// An axis that begins at nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    step: usize,
    end: usize,
}

impl Axis {
    /// An axis that holds `largest`, with two to five steps of 1, 2 or 5 times a power of ten.
    pub(super) fn to(largest: usize) -> Self {
        let largest = largest.max(1);
        let mut power = 1_usize;
        loop {
            for factor in [1, 2, 5] {
                let step = power.saturating_mul(factor);
                if largest.div_ceil(step) <= 5 {
                    return Self { step, end: largest.div_ceil(step).saturating_mul(step) };
                }
            }
            power = power.saturating_mul(10);
        }
    }

    /// The numbers on it.
    pub(super) fn ticks(self) -> impl Iterator<Item = usize> {
        (0..=self.end / self.step).map(move |tick| tick * self.step)
    }

    /// How far along a length of `whole` units a value is, in tenths of a unit.
    pub(super) fn tenths(self, value: usize, whole: usize) -> usize {
        let tenths = value.min(self.end) as u128 * whole as u128 * 10 / self.end as u128;
        usize::try_from(tenths).unwrap_or(whole.saturating_mul(10))
    }
}

/// Tenths of a unit as an attribute.
pub(super) fn units(tenths: usize) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_few_round_steps_and_holds_all() {
        for (largest, ticks) in [
            (0, vec![0, 1]),
            (3, vec![0, 1, 2, 3]),
            (7, vec![0, 2, 4, 6, 8]),
            (1_950, vec![0, 500, 1_000, 1_500, 2_000]),
            (100_000, vec![0, 20_000, 40_000, 60_000, 80_000, 100_000]),
        ] {
            assert_eq!(Axis::to(largest).ticks().collect::<Vec<_>>(), ticks, "{largest}");
        }
    }

    #[test]
    fn a_value_is_never_beyond_the_end() {
        let axis = Axis::to(2_000);
        assert_eq!([0, 1_000, 2_000, 9_000].map(|value| axis.tenths(value, 400)), [0, 2_000, 4_000, 4_000]);
        assert_eq!(units(1_205), "120.5");
    }
}
