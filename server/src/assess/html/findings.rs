//! What was found, and with whom.

use super::markup::Markup;
use crate::assess::assessment::Assessment;
use crate::assess::finding::{Case, Cases, Finding, Thing};
use crate::assess::problem::Severity;
use crate::assess::roll::Who;
use crate::assess::words::{count, number, people};

/// People, groups or places that a page names of one finding; the others are in JSON.
const MOST_NAMED: usize = 500;

/// The list of all findings, each with a link to what is said about it.
pub(super) fn summary(out: &mut Markup, assessment: &Assessment) {
    if assessment.findings.is_empty() {
        out.element("p", &[], "Nothing was found.");
        return;
    }
    out.raw("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Findings\"><table class=\"summary\">\n");
    out.raw("<caption>Findings, the most serious first</caption>\n<thead><tr><th scope=\"col\">Finding</th>");
    out.raw("<th scope=\"col\">Severity</th><th scope=\"col\">People</th></tr></thead>\n<tbody>\n");
    for severity in Severity::ALL {
        for finding in assessment.findings_of(severity) {
            let link = format!("#{}", finding.problem.code);
            out.raw("<tr><th scope=\"row\">")
                .element("a", &[("href", &link)], finding.problem.name)
                .raw("</th>");
            out.raw("<td>");
            badge(out, severity);
            out.raw("</td>");
            let many = finding.cases.people().map_or_else(|| "–".to_owned(), number);
            out.element("td", &[("class", "number")], &many).raw("</tr>\n");
        }
    }
    out.raw("</tbody></table></div>\n");
}

/// The findings that are as grave.
pub(super) fn section(out: &mut Markup, assessment: &Assessment, severity: Severity) {
    let findings = assessment.findings_of(severity);
    if findings.is_empty() {
        return;
    }
    out.raw("<section>\n").element("h2", &[], severity.heading());
    out.element("p", &[], severity.sentence());
    for finding in findings {
        one(out, assessment, finding);
    }
    out.raw("</section>\n");
}

fn one(out: &mut Markup, assessment: &Assessment, finding: &Finding) {
    let problem = finding.problem;
    let class = format!("finding {}", problem.severity.code());
    out.open("section", &[("class", &class), ("id", problem.code)]);
    out.raw("<h3>").text(problem.name);
    if let Some(many) = finding.cases.people() {
        out.raw(" <span class=\"many\">").text(&people(many)).raw("</span>");
    }
    out.raw("</h3>\n");
    out.element("p", &[], problem.sentence);
    out.raw("<p><strong>What to do:</strong> ").text(problem.mend).raw("</p>\n");
    match &finding.cases {
        Cases::People(cases) => each(out, assessment, finding, cases),
        Cases::Groups(groups) => together(out, assessment, finding, groups),
        Cases::Things(all) => things(out, assessment, all),
        Cases::Directory(_) => {}
    }
    out.close("section");
}

fn badge(out: &mut Markup, severity: Severity) {
    let word = match severity {
        Severity::Blocks => "Stops a reset",
        Severity::Risk => "Risk",
        Severity::Note => "Note",
    };
    out.element("span", &[("class", &format!("badge {}", severity.code()))], word);
}

fn each(out: &mut Markup, assessment: &Assessment, finding: &Finding, cases: &[Case]) {
    list(out, &people(cases.len()), cases.len(), |out| {
        for case in cases.iter().take(MOST_NAMED) {
            out.raw("<li>");
            person(out, assessment, finding, case.who);
            if !case.why.is_empty() {
                out.raw(": ").text(case.why);
            }
            out.raw("</li>\n");
        }
    });
}

fn together(out: &mut Markup, assessment: &Assessment, finding: &Finding, groups: &[Vec<Who>]) {
    list(out, &count(groups.len(), "group", "groups"), groups.len(), |out| {
        for group in groups.iter().take(MOST_NAMED) {
            out.raw("<li>");
            for (index, who) in group.iter().take(MOST_NAMED).enumerate() {
                out.raw(if index == 0 { "" } else { ", " });
                person(out, assessment, finding, *who);
            }
            if group.len() > MOST_NAMED {
                out.text(&format!(" and {} more", number(group.len() - MOST_NAMED)));
            }
            out.raw("</li>\n");
        }
    });
}

fn things(out: &mut Markup, assessment: &Assessment, things: &[Thing]) {
    out.raw("<ul>\n");
    for thing in things.iter().take(MOST_NAMED) {
        out.raw("<li>").text(&format!("{} ({})", assessment.said(&thing.name), people(thing.people)));
        if !thing.more.is_empty() {
            out.raw(": ").text(&thing.more);
        }
        out.raw("</li>\n");
    }
    out.raw("</ul>\n");
}

/// A list that is open while it is short.
fn list(out: &mut Markup, heading: &str, length: usize, items: impl FnOnce(&mut Markup)) {
    out.raw(if length <= 10 { "<details open>" } else { "<details>" });
    out.element("summary", &[], heading).raw("<ul>\n");
    items(out);
    out.raw("</ul>\n");
    if length > MOST_NAMED {
        let rest = number(length - MOST_NAMED);
        out.element("p", &[], &format!("And {rest} more, whom the report with --json names."));
    }
    out.raw("</details>\n");
}

fn person(out: &mut Markup, assessment: &Assessment, finding: &Finding, who: Who) {
    let named = assessment.roll.named(who);
    out.element("span", &[("title", &assessment.dn(who))], &assessment.label(who, finding.problem));
    if !named.display_name.is_empty() && named.display_name != named.label {
        out.raw(" <span class=\"soft\">(").text(named.display_name).raw(")</span>");
    }
}
