//! Stacked columns over time.

use leptos::prelude::*;

use super::scale::{attribute, end_of_axis, length};
use super::{Chart, colour, figure};

/// How wide the place of a column is; the column itself leaves a gap.
const PLACE: usize = 10;

/// One column for each label, in their order; the series stand on each other.
#[component]
pub fn Columns(
    /// What it shows.
    chart: Chart,
) -> impl IntoView {
    let sum = |label: usize| (0..chart.series.len()).map(|series| chart.value(series, label)).sum::<u64>();
    let end = end_of_axis((0..chart.labels.len()).map(sum).max().unwrap_or(0));
    let columns = (0..chart.labels.len()).map(|label| column(&chart, label, end)).collect_view();
    let width = (chart.labels.len() * PLACE).max(1);
    let ends = [chart.labels.first(), chart.labels.last().filter(|_| chart.labels.len() > 1)];
    let ends = ends.into_iter().flatten().map(|label| view! { <span>{label.clone()}</span> }).collect_view();
    let drawing = view! {
        <div class="chart-plot">
            <span class="chart-end nums" aria-hidden="true">{end}</span>
            <svg class="chart-columns" viewBox=format!("0 0 {width} 100") preserveAspectRatio="none" role="img"
                aria-label=chart.finding.clone()>
                <path class="chart-grid" d=format!("M0 0H{width}M0 50H{width}M0 100H{width}")></path>
                {columns}
            </svg>
            <div class="chart-ends" aria-hidden="true">{ends}</div>
        </div>
    };
    figure(&chart, drawing.into_any())
}

fn column(chart: &Chart, label: usize, end: u64) -> AnyView {
    let mut below = 0;
    let parts = (0..chart.series.len()).filter_map(|series| {
        let value = chart.value(series, label);
        let height = length(value, end);
        below += height;
        let title = format!("{}: {value} {}", chart.labels[label], chart.series[series].name);
        (value > 0).then(|| {
            view! {
                <rect class=colour(series) x={label * PLACE + 1} y=attribute(10_000_u64.saturating_sub(below))
                    width={PLACE - 2} height=attribute(height)>
                    <title>{title}</title>
                </rect>
            }
        })
    });
    parts.collect_view().into_any()
}
