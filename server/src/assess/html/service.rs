//! Policies, and the rights of the service account.

use super::markup::Markup;
use super::tables::{Table, table};
use crate::assess::assessment::Assessment;
use crate::assess::delegation::remedies;
use crate::assess::sections::unread;
use crate::assess::words::{number, people};

/// The policies, one in each row.
pub(super) fn policies(out: &mut Markup, assessment: &Assessment) {
    out.raw("<section>\n<h2>Password policies in force</h2>\n");
    let (readable, hidden): (Vec<_>, Vec<_>) =
        assessment.policies_by_size().into_iter().partition(|policy| policy.is_readable());
    if let Some(first) = readable.first() {
        let names = first.facts().into_iter().map(|(name, _)| name).filter(|name| *name != "Filter");
        let row = |policy: &&crate::assess::policies::InForce| {
            let mut facts = policy.facts();
            let filter = if facts.iter().any(|(name, _)| *name == "Filter") { "yes" } else { "no" };
            facts.retain(|(name, _)| *name != "Filter");
            let mut cells = vec![policy.name(), number(policy.people)];
            cells.extend(facts.into_iter().map(|(_, words)| words));
            cells.push(filter.to_owned());
            cells
        };
        table(
            out,
            &Table {
                caption: "What each policy requires".to_owned(),
                heads: ["Policy", "People"].into_iter().chain(names).chain(["Filter"]).collect(),
                rows: readable.iter().map(row).collect(),
                is_numeric: false,
            },
        );
    }
    for policy in hidden {
        out.raw("<p><strong>").text(&policy.name()).raw("</strong> ");
        out.text(&format!("({}): {}", people(policy.people), unread(policy))).raw("</p>\n");
    }
    out.raw("</section>\n");
}

/// What was seen of the service account's rights, and how to put them right.
pub(super) fn rights(out: &mut Markup, assessment: &Assessment) {
    out.raw("<section id=\"rights\">\n<h2>Rights of the service account</h2>\n");
    if assessment.rights.is_empty() {
        out.element("p", &[], "There was nobody on whom they could be checked.");
    } else {
        table(
            out,
            &Table {
                caption: "Checked on one person in each place".to_owned(),
                heads: vec!["Places", "People", "The service account"],
                rows: assessment
                    .rights_by_sentence()
                    .into_iter()
                    .map(|(places, served, words)| vec![places, number(served), words])
                    .collect(),
                is_numeric: false,
            },
        );
    }
    let remedies = remedies(assessment);
    if !remedies.is_empty() {
        out.element("h3", &[], "To grant what is missing, use one of these");
    }
    for remedy in remedies {
        out.element("h4", &[], remedy.with).element("p", &[], remedy.note);
        out.raw("<pre tabindex=\"0\">").text(&remedy.lines.join("\n")).raw("</pre>\n");
    }
    out.raw("</section>\n");
}
