//! A measured number beside its budget.

use crate::table;

/// One line of the table.
#[derive(Debug)]
pub struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    budget: Budget,
}

/// What a figure has to be.
#[derive(Clone, Copy, Debug)]
pub enum Budget {
    AtMost(f64),
    AtLeast(f64),
    /// Shown, not judged.
    None,
}

impl Figure {
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str, budget: Budget) -> Self {
        Self { name: name.into(), value, unit, budget }
    }

    /// Whether the budget is kept; without one it is.
    pub fn is_met(&self) -> bool {
        match self.budget {
            Budget::AtMost(most) => self.value <= most,
            Budget::AtLeast(least) => self.value >= least,
            Budget::None => true,
        }
    }

    fn cells(&self) -> [String; 3] {
        let number = |value: f64| format!("{} {}", rounded(value), self.unit);
        let (budget, verdict) = match (self.budget, self.is_met()) {
            (Budget::None, _) => (String::new(), ""),
            (Budget::AtMost(most), met) => (format!("≤ {}", number(most)), verdict(met)),
            (Budget::AtLeast(least), met) => (format!("≥ {}", number(least)), verdict(met)),
        };
        [format!("{}: {}", self.name, number(self.value)), budget, verdict.to_owned()]
    }
}

const fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "MISSED" }
}

fn rounded(value: f64) -> String {
    if value < 100.0 && value.fract() != 0.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

/// The table: figure, budget, verdict.
pub fn table(figures: &[Figure]) -> String {
    table::of(["Figure", "Budget", "Verdict"], figures.iter().map(Figure::cells))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_include_their_limit() {
        assert!(Figure::new("size", 75.0, "KB", Budget::AtMost(75.0)).is_met());
        assert!(!Figure::new("size", 75.1, "KB", Budget::AtMost(75.0)).is_met());
        assert!(!Figure::new("rate", 7_999.0, "/s", Budget::AtLeast(8_000.0)).is_met());
        assert!(Figure::new("count", 1.0, "", Budget::None).is_met());
    }

    #[test]
    fn the_table_has_three_columns() {
        let figures = [
            Figure::new("size", 71.26, "KB", Budget::AtMost(75.0)),
            Figure::new("rate", 7_000.0, "/s", Budget::AtLeast(8_000.0)),
        ];
        assert_eq!(
            table(&figures),
            "Figure        | Budget    | Verdict\nsize: 71.3 KB | ≤ 75 KB   | met\nrate: 7000 /s | ≥ 8000 /s | MISSED"
        );
    }
}
