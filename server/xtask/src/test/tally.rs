//! Counting.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed, failed, and could not be run here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub left_out: usize,
}

impl Tally {
    /// The tally of a run that says whether it succeeded: a failure that no test explains (a compile error, a crash)
    /// counts as one.
    pub fn explaining(self, succeeded: bool) -> Self {
        if succeeded || self.failed > 0 { self } else { Self { failed: 1, ..self } }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.left_out += other.left_out;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        match self.left_out {
            0 => Ok(()),
            number => write!(formatter, ", {number} left out: see above"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_is_plain() {
        let mut tally = Tally { passed: 2, ..Tally::default() };
        tally += Tally { passed: 3, failed: 1, left_out: 0 };
        assert_eq!(tally.to_string(), "5 passed, 1 failed");
        tally += Tally { left_out: 4, ..Tally::default() };
        assert_eq!(tally.to_string(), "5 passed, 1 failed, 4 left out: see above");
    }

    #[test]
    fn a_failure_without_a_failed_test_counts() {
        let passed = Tally { passed: 7, ..Tally::default() };
        assert_eq!(passed.explaining(true), passed);
        assert_eq!(passed.explaining(false).failed, 1);
        assert_eq!(Tally { passed: 7, failed: 3, left_out: 0 }.explaining(false).failed, 3);
    }
}
