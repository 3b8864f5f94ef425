//! What an attack found.

use anyhow::Result;

use crate::table;

/// One line of the report.
#[derive(Debug)]
pub struct Finding {
    /// The numbers in `server/docs/threats.md`.
    pub threats: &'static str,
    pub tried: String,
    pub found: String,
    pub allowed: String,
    pub verdict: Verdict,
}

/// What a finding says of the defence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Held,
    Broken,
    /// Too few tries to say.
    Undecided,
}

impl Verdict {
    pub const fn of(held: bool) -> Self {
        if held { Self::Held } else { Self::Broken }
    }
}

/// What a part of the attack found. That it could not be played is a finding, too, and hides no other part's.
pub fn of(part: &str, found: Result<Vec<Finding>>) -> Vec<Finding> {
    found.unwrap_or_else(|problem| {
        vec![Finding {
            threats: "–",
            tried: part.to_owned(),
            found: format!("could not be played: {problem:#}"),
            allowed: "played".to_owned(),
            verdict: Verdict::Broken,
        }]
    })
}

/// The report.
pub fn table(findings: &[Finding]) -> String {
    let cells = |finding: &Finding| {
        let verdict = match finding.verdict {
            Verdict::Held => "held",
            Verdict::Broken => "BROKEN",
            Verdict::Undecided => "undecided",
        };
        let Finding { threats, tried, found, allowed, .. } = finding;
        [(*threats).to_owned(), tried.clone(), found.clone(), allowed.clone(), verdict.to_owned()]
    };
    table::of(["Threat", "Tried", "Found", "Allowed", "Verdict"], findings.iter().map(cells))
}
