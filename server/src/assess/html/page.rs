//! The page from head to foot.

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

use super::charts::{Chart, bars, columns};
use super::markup::Markup;
use super::tables::Table;
use super::{findings, service};
use crate::assess::assessment::Assessment;
use crate::assess::problem::Severity;
use crate::assess::sections::{DISCRETION, Figure, PlaceFigures, TWO_METHODS};
use crate::assess::words::{number, people, percent, short_day};

const STYLE: &str = include_str!("style.css");

pub(super) fn page(assessment: &Assessment) -> String {
    let mut out = Markup::default();
    out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    // Whatever a directory holds, this page runs nothing and asks nobody for anything.
    let digest = BASE64.encode(&Sha256::digest(STYLE.as_bytes()));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'");
    out.open("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
    out.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw(
        "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n",
    );
    out.raw("<title>Self-service password reset: assessment of a directory</title>\n<style>").raw(STYLE);
    out.raw("</style>\n</head>\n<body>\n<main>\n");
    head(&mut out, assessment);
    out.raw("<section>\n<h2>Findings at a glance</h2>\n");
    findings::summary(&mut out, assessment);
    out.raw("</section>\n");
    figures(&mut out, assessment);
    for severity in Severity::ALL {
        findings::section(&mut out, assessment, severity);
    }
    service::policies(&mut out, assessment);
    service::rights(&mut out, assessment);
    clear(&mut out, assessment);
    out.raw("</main>\n<footer><p>").text(DISCRETION).raw(" Made by Regain ").text(env!("CARGO_PKG_VERSION"));
    out.raw(". Keep this report where such lists of people belong.</p></footer>\n</body>\n</html>\n");
    out.into_string()
}

fn head(out: &mut Markup, assessment: &Assessment) {
    out.raw("<header>\n<p class=\"soft\">Assessment of a directory</p>\n");
    out.raw("<h1>Who could reset their own password today</h1>\n<dl>\n");
    for (name, value) in assessment.about() {
        out.raw("<div>").element("dt", &[], name).element("dd", &[], &value).raw("</div>\n");
    }
    out.raw("</dl>\n</header>\n");
    out.element("p", &[("class", "lead")], &assessment.headline());
    let coverage = &assessment.coverage;
    out.raw("<ul class=\"tiles\">\n");
    for (name, many) in [
        ("could reset if one method is required", coverage.with_one()),
        ("could reset if two are required", coverage.with_two()),
        ("could not reset at all", coverage.served - coverage.with_one()),
    ] {
        out.raw("<li><strong>").text(&percent(many, coverage.served)).raw("</strong> ");
        out.element("span", &[], &format!("{} {name}", people(many))).raw("</li>\n");
    }
    out.raw("</ul>\n");
    out.element("p", &[], TWO_METHODS);
    out.element("p", &[], &format!("{} Nothing was changed in the directory.", assessment.left_out()));
}

fn figures(out: &mut Markup, assessment: &Assessment) {
    out.raw("<section>\n<h2>Figures</h2>\n");
    let one = |out: &mut Markup, id, finding: &str, labelled_by, figures: &[Figure]| {
        let series = vec![("People", figures.iter().map(|figure| figure.people).collect())];
        let labels = figures.iter().map(|figure| figure.name.clone()).collect();
        let whole = figures.first().map_or(0, |figure| figure.of);
        let chart = Chart { id, finding, labelled_by, counts: "People", labels, series, whole };
        bars(out, &chart, &shares(finding, labelled_by, figures));
    };
    one(out, "coverage", "What a reset could rest on", "On file", &assessment.coverage_figures());
    one(
        out,
        "on-file",
        "What is on file, in a form to which a code can go",
        "On file",
        &assessment.on_file_figures(),
    );
    places(out, &assessment.place_figures());
    let sign_ins = assessment.sign_in_figures();
    if !sign_ins.is_empty() {
        one(out, "sign-ins", "When people signed in last", "Last sign-in", &sign_ins);
    }
    expiry(out, assessment);
    out.raw("</section>\n");
}

fn shares(caption: &str, head: &'static str, figures: &[Figure]) -> Table {
    let row = |figure: &Figure| vec![figure.name.clone(), number(figure.people), figure.percent()];
    Table {
        caption: caption.to_owned(),
        heads: vec![head, "People", "Share"],
        rows: figures.iter().map(row).collect(),
        is_numeric: true,
    }
}

fn places(out: &mut Markup, places: &[PlaceFigures]) {
    if places.len() < 2 {
        return;
    }
    let finding = "Who could reset, by place in the directory";
    let of = |of: fn(&PlaceFigures) -> usize| places.iter().map(of).collect::<Vec<_>>();
    let chart = Chart {
        id: "places",
        finding,
        labelled_by: "Place",
        counts: "People",
        labels: places.iter().map(|place| place.name.clone()).collect(),
        series: vec![
            ("With two methods", of(|place| place.with_two)),
            ("With one method only", of(|place| place.with_one - place.with_two)),
            ("Not at all", of(|place| place.served - place.with_one)),
        ],
        whole: 0,
    };
    let row = |place: &PlaceFigures| {
        let share = |part: usize| format!("{} ({})", number(part), percent(part, place.served));
        vec![place.name.clone(), number(place.served), share(place.with_one), share(place.with_two)]
    };
    let numbers = Table {
        caption: finding.to_owned(),
        heads: vec!["Place", "People", "One required", "Two required"],
        rows: places.iter().map(row).collect(),
        is_numeric: true,
    };
    bars(out, &chart, &numbers);
}

fn expiry(out: &mut Markup, assessment: &Assessment) {
    let finding = "Passwords that expire in the coming 30 days";
    let (labels, values) = assessment.days().map(|(day, people)| (short_day(day), people)).unzip();
    let chart = Chart {
        id: "expiry",
        finding,
        labelled_by: "Day (UTC)",
        counts: "People",
        labels,
        series: vec![("People", values)],
        whole: 0,
    };
    columns(out, &chart, &shares("When passwords expire", "Expiry", &assessment.expiry_figures()));
}

fn clear(out: &mut Markup, assessment: &Assessment) {
    let mut clear = assessment.clear().peekable();
    if clear.peek().is_none() {
        return;
    }
    out.raw("<section>\n<h2>Checked, nothing found</h2>\n<ul class=\"clear\">\n");
    for description in clear {
        out.element("li", &[], description.name);
    }
    out.raw("</ul>\n</section>\n");
}
