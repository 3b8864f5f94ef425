//! Charts as inline SVG, each with axes, labels and its numbers in a table beside it.

use super::markup::Markup;
use super::scale::{Axis, units};
use super::tables::{Table, table};
use crate::assess::words::number;

/// The drawing's width; the page scales it.
const WIDTH: usize = 640;
/// Where the plot begins, behind the labels of bars.
const LEFT: usize = 210;
const PLOT: usize = 370;
const ROW: usize = 30;
const BAR: usize = 18;
/// Of columns.
const COLUMN_LEFT: usize = 56;
const COLUMN_HEIGHT: usize = 180;
const TOP: usize = 26;

/// What a chart shows. At most four series, told apart by colour and by the table.
pub(super) struct Chart<'a> {
    /// In links and names of parts.
    pub(super) id: &'static str,
    /// What the numbers say, in a sentence.
    pub(super) finding: &'a str,
    /// What the labels are.
    pub(super) labelled_by: &'static str,
    /// What the numbers count.
    pub(super) counts: &'static str,
    pub(super) labels: Vec<String>,
    /// The name of each series and its numbers, one for each label.
    pub(super) series: Vec<(&'static str, Vec<usize>)>,
    /// What the axis must hold, where that is more than the largest number.
    pub(super) whole: usize,
}

impl Chart<'_> {
    fn sum(&self, label: usize) -> usize {
        self.series.iter().map(|(_, values)| values[label]).sum()
    }

    fn axis(&self) -> Axis {
        let largest = (0..self.labels.len()).map(|label| self.sum(label)).max().unwrap_or_default();
        Axis::to(largest.max(self.whole))
    }
}

/// Horizontal bars, the series behind each other; `rows` are the cells of the table.
pub(super) fn bars(out: &mut Markup, chart: &Chart<'_>, numbers: &Table) {
    let height = chart.labels.len() * ROW;
    figure(out, chart, numbers, height + 56, |out| {
        let axis = chart.axis();
        for tick in axis.ticks() {
            let x = units(LEFT * 10 + axis.tenths(tick, PLOT));
            line(out, [&x, "0", &x, &height.to_string()]);
            label(out, "tick middle", &x, &(height + 18).to_string(), &number(tick));
        }
        let middle = (LEFT + PLOT / 2).to_string();
        label(out, "axis middle", &middle, &(height + 42).to_string(), chart.counts);
        for (row, name) in chart.labels.iter().enumerate() {
            bar(out, chart, axis, row, name);
        }
    });
}

fn bar(out: &mut Markup, chart: &Chart<'_>, axis: Axis, row: usize, name: &str) {
    let y = row * ROW + (ROW - BAR) / 2;
    let baseline = (y + 13).to_string();
    label(out, "name end", &(LEFT - 10).to_string(), &baseline, &shortened(name, 28));
    let mut x = LEFT * 10;
    for (series, (title, values)) in chart.series.iter().enumerate() {
        let length = axis.tenths(values[row], PLOT);
        let title = format!("{name}, {title}: {}", number(values[row]));
        rectangle(out, series, [&units(x), &y.to_string(), &units(length), &BAR.to_string()], &title);
        x += length;
    }
    label(out, "value", &units(x + 60), &baseline, &number(chart.sum(row)));
}

/// Columns over time.
pub(super) fn columns(out: &mut Markup, chart: &Chart<'_>, numbers: &Table) {
    let base = TOP + COLUMN_HEIGHT;
    figure(out, chart, numbers, base + 56, |out| {
        let axis = chart.axis();
        let right = WIDTH.to_string();
        for tick in axis.ticks() {
            let height = axis.tenths(tick, COLUMN_HEIGHT);
            let y = units(base * 10 - height);
            line(out, [&COLUMN_LEFT.to_string(), &y, &right, &y]);
            label(
                out,
                "tick end",
                &(COLUMN_LEFT - 8).to_string(),
                &units(base * 10 - height + 40),
                &number(tick),
            );
        }
        let place = (WIDTH - COLUMN_LEFT) / chart.labels.len().max(1);
        for (index, name) in chart.labels.iter().enumerate() {
            column(out, chart, axis, [index, place, base], name);
        }
        let middle = (COLUMN_LEFT + (WIDTH - COLUMN_LEFT) / 2).to_string();
        label(out, "axis middle", &middle, &(base + 42).to_string(), chart.labelled_by);
        label(out, "axis", "0", &(TOP - 14).to_string(), chart.counts);
    });
}

fn column(out: &mut Markup, chart: &Chart<'_>, axis: Axis, [index, place, base]: [usize; 3], name: &str) {
    let x = COLUMN_LEFT + index * place + 2;
    let mut y = base * 10;
    for (series, (_, values)) in chart.series.iter().enumerate() {
        let height = axis.tenths(values[index], COLUMN_HEIGHT);
        y -= height;
        let title = format!("{name}: {}", number(values[index]));
        let [width, x] = [place.saturating_sub(4).to_string(), x.to_string()];
        rectangle(out, series, [&x, &units(y), &width, &units(height)], &title);
    }
    if index.is_multiple_of(5) {
        label(out, "tick", &x.to_string(), &(base + 18).to_string(), name);
    }
}

fn figure(
    out: &mut Markup,
    chart: &Chart<'_>,
    numbers: &Table,
    height: usize,
    draw: impl FnOnce(&mut Markup),
) {
    out.raw("<figure>\n").element("figcaption", &[], chart.finding);
    if chart.series.len() > 1 {
        legend(out, chart);
    }
    out.raw("<div class=\"chart\">\n");
    let (view, title) = (format!("0 0 {WIDTH} {height}"), format!("{}-title", chart.id));
    out.open(
        "div",
        &[("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", chart.finding)],
    );
    out.open("svg", &[("viewBox", &view), ("role", "img"), ("aria-labelledby", &title)]);
    out.element("title", &[("id", &title)], chart.finding);
    draw(out);
    out.close("svg").close("div");
    table(out, numbers);
    out.raw("</div>\n</figure>\n");
}

fn legend(out: &mut Markup, chart: &Chart<'_>) {
    out.raw("<ul class=\"legend\">\n");
    for (series, (name, _)) in chart.series.iter().enumerate() {
        out.raw("<li><svg class=\"key\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">");
        out.open("rect", &[("class", colour(series)), ("width", "12"), ("height", "12")]).close("rect");
        out.raw("</svg>").text(name).raw("</li>\n");
    }
    out.raw("</ul>\n");
}

fn rectangle(out: &mut Markup, series: usize, [x, y, width, height]: [&str; 4], title: &str) {
    let place = [("class", colour(series)), ("x", x), ("y", y), ("width", width), ("height", height)];
    out.open("rect", &place).element("title", &[], title).close("rect");
}

fn line(out: &mut Markup, [x1, y1, x2, y2]: [&str; 4]) {
    out.open("line", &[("class", "grid"), ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)]).close("line");
}

fn label(out: &mut Markup, class: &str, x: &str, y: &str, text: &str) {
    out.element("text", &[("class", class), ("x", x), ("y", y)], text);
}

const fn colour(series: usize) -> &'static str {
    match series {
        0 => "s1",
        1 => "s2",
        2 => "s3",
        _ => "s4",
    }
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{kept}…")
}
