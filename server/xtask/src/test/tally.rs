//! Counting.

use std::fmt;
use std::ops::AddAssign;

/// How tests ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    /// How many of those that passed did so at the second try.
    pub at_second_try: usize,
    /// How many could not be run here.
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
        self.at_second_try += other.at_second_try;
        self.left_out += other.left_out;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at_second_try > 0 {
            writeln!(formatter, "Passed at the second try only: {}", self.at_second_try)?;
        }
        if self.left_out > 0 {
            writeln!(formatter, "Left out, as said above: {}", self.left_out)?;
        }
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_is_plain() {
        let mut tally = Tally { passed: 2, ..Tally::default() };
        tally += Tally { passed: 3, failed: 1, ..Tally::default() };
        assert_eq!(tally.to_string(), "5 passed, 1 failed");
    }

    #[test]
    fn second_tries_and_what_was_left_out_are_told_before_the_closing_line() {
        let mut tally = Tally { passed: 570, left_out: 4, ..Tally::default() };
        tally += Tally { passed: 3, at_second_try: 2, ..Tally::default() };
        let told = tally.to_string();
        let lines: Vec<&str> = told.lines().collect();
        let expected =
            ["Passed at the second try only: 2", "Left out, as said above: 4", "573 passed, 0 failed"];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_failure_without_a_failed_test_counts() {
        let passed = Tally { passed: 7, ..Tally::default() };
        assert_eq!(passed.explaining(true), passed);
        assert_eq!(passed.explaining(false).failed, 1);
        assert_eq!(Tally { passed: 7, failed: 3, ..Tally::default() }.explaining(false).failed, 3);
    }
}
