//! From a number to a length.

/// Where an axis ends: the smallest of 1, 2, 5, 10, 20, 50, … that no number exceeds.
pub(super) fn end_of_axis(largest: u64) -> u64 {
    let mut step = 1_u64;
    loop {
        for factor in [1, 2, 5] {
            let end = step.saturating_mul(factor);
            if end >= largest {
                return end;
            }
        }
        step = step.saturating_mul(10);
    }
}

/// A value as a length, in hundredths of the whole.
pub(super) fn length(value: u64, whole: u64) -> u64 {
    if whole == 0 {
        return 0;
    }
    let hundredths = u128::from(value.min(whole)) * 10_000 / u128::from(whole);
    u64::try_from(hundredths).unwrap_or(10_000)
}

/// A length as an attribute, of a whole that is 100 long.
pub(super) fn attribute(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number_that_holds_all() {
        for (largest, end) in [(0, 1), (1, 1), (2, 2), (3, 5), (6, 10), (11, 20), (99, 100), (4_001, 5_000)] {
            assert_eq!(end_of_axis(largest), end, "{largest}");
        }
        assert_eq!(end_of_axis(u64::MAX), u64::MAX);
    }

    #[test]
    fn lengths_grow_with_their_values_and_never_beyond_the_whole() {
        let lengths: Vec<_> = (0..=200).map(|value| length(value, 150)).collect();
        assert!(lengths.is_sorted());
        assert_eq!((lengths[0], lengths[75], lengths[150], lengths[200]), (0, 5_000, 10_000, 10_000));
        assert_eq!(length(3, 0), 0);
        assert_eq!(attribute(1_205), "12.05");
    }
}
