//! The report for a terminal.

use super::assessment::Assessment;
use super::delegation::remedies;
use super::finding::{Case, Cases, Finding};
use super::problem::Severity;
use super::sections::{DISCRETION, Figure, TWO_METHODS, unread};
use super::words::{count, harmless, number, people, percent};

/// Characters in a line.
const WIDTH: usize = 80;
/// Characters of a bar.
const BAR: usize = 20;
/// People, groups or places that are named; the others are in JSON and HTML.
const MOST_NAMED: usize = 5;

/// Writes the report.
pub fn text(assessment: &Assessment) -> String {
    let mut out = Text(String::new());
    out.line("Assessment of a directory for self-service password reset");
    out.line(&"=".repeat(57));
    let about = assessment.about();
    out.pairs("", &about);
    out.gap();
    out.paragraph("", &assessment.headline());
    out.gap();
    out.paragraph("", &assessment.left_out());
    out.paragraph("", "Nothing was changed in the directory.");
    figures(&mut out, assessment);
    for severity in Severity::ALL {
        findings(&mut out, assessment, severity);
    }
    policies(&mut out, assessment);
    rights(&mut out, assessment);
    clear(&mut out, assessment);
    out.0
}

fn figures(out: &mut Text, assessment: &Assessment) {
    out.heading("Who could reset today");
    out.figures(&assessment.coverage_figures());
    out.gap();
    out.paragraph("  ", TWO_METHODS);
    out.heading("What is on file");
    out.figures(&assessment.on_file_figures());
    let places = assessment.place_figures();
    if places.len() > 1 {
        out.heading("By place");
        let width = places.iter().map(|place| length(&place.name)).max().unwrap_or_default().min(34);
        out.line(&format!(
            "  {:width$}  {:>7}  {:>14}  {:>14}",
            "", "People", "With 1 method", "With 2 methods"
        ));
        for place in &places {
            let part = |part: usize| format!("{} {:>4}", number(part), percent(part, place.served));
            out.line(&format!(
                "  {}  {:>7}  {:>14}  {:>14}",
                padded(&place.name, width),
                number(place.served),
                part(place.with_one),
                part(place.with_two)
            ));
        }
    }
    let sign_ins = assessment.sign_in_figures();
    if !sign_ins.is_empty() {
        out.heading("Last sign-in");
        out.figures(&sign_ins);
    }
    out.heading("When passwords expire");
    out.figures(&assessment.expiry_figures());
}

fn findings(out: &mut Text, assessment: &Assessment, severity: Severity) {
    let findings = assessment.findings_of(severity);
    if findings.is_empty() {
        return;
    }
    out.heading(severity.heading());
    out.paragraph("  ", severity.sentence());
    for finding in findings {
        out.gap();
        let many = finding.cases.people().map(|many| format!(": {}", people(many))).unwrap_or_default();
        out.paragraph("  ", &format!("* {}{many}", finding.problem.name));
        out.paragraph("    ", finding.problem.sentence);
        for line in named(assessment, finding) {
            out.paragraph("      ", &line);
        }
        out.paragraph("    ", &format!("What to do: {}", finding.problem.mend));
    }
}

/// The first few whom a finding is about.
fn named(assessment: &Assessment, finding: &Finding) -> Vec<String> {
    let label = |who: usize| assessment.label(who, finding.problem);
    match &finding.cases {
        Cases::People(cases) => {
            let one = |case: &Case| match case.why {
                "" => label(case.who),
                why => format!("{} ({why})", label(case.who)),
            };
            let named: Vec<_> = cases.iter().take(MOST_NAMED).map(one).collect();
            vec![named.join(", ") + &more(cases.len(), "")]
        }
        Cases::Groups(groups) => {
            let one = |group: &Vec<usize>| {
                let named: Vec<_> = group.iter().take(MOST_NAMED).map(|who| label(*who)).collect();
                named.join(", ") + &more(group.len(), "")
            };
            let mut lines: Vec<_> = groups.iter().take(MOST_NAMED).map(one).collect();
            if groups.len() > MOST_NAMED {
                lines.push(count(groups.len() - MOST_NAMED, "more group", "more groups"));
            }
            lines
        }
        Cases::Things(things) => {
            let one = |thing: &super::finding::Thing| {
                let extra = if thing.more.is_empty() { String::new() } else { format!(": {}", thing.more) };
                harmless(&format!("{} ({}){extra}", assessment.said(&thing.name), people(thing.people)))
            };
            let mut lines: Vec<_> = things.iter().take(MOST_NAMED).map(one).collect();
            if things.len() > MOST_NAMED {
                lines.push(more(things.len(), ""));
            }
            lines
        }
        Cases::Directory(_) => Vec::new(),
    }
}

fn more(all: usize, none: &str) -> String {
    if all > MOST_NAMED { format!(" and {} more", number(all - MOST_NAMED)) } else { none.to_owned() }
}

fn policies(out: &mut Text, assessment: &Assessment) {
    out.heading("Password policies in force");
    for policy in assessment.policies_by_size() {
        out.line(&format!("  {} ({})", harmless(&policy.name()), people(policy.people)));
        if policy.is_readable() {
            out.pairs("    ", &policy.facts());
        } else {
            out.line(&format!("    {}", unread(policy)));
        }
    }
}

fn rights(out: &mut Text, assessment: &Assessment) {
    out.heading("Rights of the service account");
    if assessment.rights.is_empty() {
        out.paragraph("  ", "There was nobody on whom they could be checked.");
    }
    for (places, served, words) in assessment.rights_by_sentence() {
        out.paragraph("  ", &format!("* {places} ({}): {words}.", people(served)));
    }
    for remedy in remedies(assessment) {
        out.gap();
        out.paragraph("  ", format!("Using {}. {}", remedy.with, remedy.note).trim());
        for line in &remedy.lines {
            // A command stays in one piece, so that it can be copied.
            out.line(&format!("    {line}"));
        }
    }
}

fn clear(out: &mut Text, assessment: &Assessment) {
    let names: Vec<_> = assessment.clear().map(|description| description.name).collect();
    if !names.is_empty() {
        out.heading("Checked, nothing found");
        out.paragraph("  ", &format!("{}.", names.join("; ")));
    }
    out.gap();
    out.paragraph("", DISCRETION);
    out.paragraph("", "Everybody concerned is named with --json; --html FILE writes a report to hand on.");
}

/// Text that is being written.
struct Text(String);

impl Text {
    fn line(&mut self, line: &str) {
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }

    fn gap(&mut self) {
        self.0.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.gap();
        self.line(heading);
        self.line(&"-".repeat(heading.len()));
    }

    /// Words in as many lines as they need, all but the first of a list's indented once more.
    fn paragraph(&mut self, indent: &str, words: &str) {
        let hanging = if words.starts_with("* ") { "  " } else { "" };
        let mut line = indent.to_owned();
        let mut is_empty = true;
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            if !is_empty && length(&line) + 1 + length(word) > WIDTH {
                self.line(&line);
                line = [indent, hanging].concat();
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        self.line(&line);
    }

    fn pairs(&mut self, indent: &str, pairs: &[(&str, String)]) {
        let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
        for (name, value) in pairs {
            self.line(&format!("{indent}{name:width$}  {value}"));
        }
    }

    fn figures(&mut self, figures: &[Figure]) {
        let width = figures.iter().map(|figure| length(&figure.name)).max().unwrap_or_default();
        for figure in figures {
            let line = format!(
                "  {}  {:>7}  {:>4}  {}",
                padded(&figure.name, width),
                number(figure.people),
                figure.percent(),
                bar(figure.people, figure.of)
            );
            self.line(&line);
        }
    }
}

/// A bar; at least one mark for somebody, and whole only for everybody.
fn bar(part: usize, whole: usize) -> String {
    if part == 0 || whole == 0 {
        return String::new();
    }
    let marks = (part * BAR / whole).clamp(1, if part < whole { BAR - 1 } else { BAR });
    "#".repeat(marks)
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Filled up with blanks, or shortened.
fn padded(text: &str, width: usize) -> String {
    let long = length(text);
    if long > width {
        let kept: String = text.chars().take(width.saturating_sub(1)).collect();
        return format!("{kept}…");
    }
    format!("{text}{}", " ".repeat(width - long))
}
