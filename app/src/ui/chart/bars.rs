//! Bars beside their labels.

use leptos::prelude::*;

use super::scale::{attribute, length};
use super::{Chart, colour, figure};

/// A group of bars for each label, one bar for each series, as long as its number is part of the largest.
#[component]
pub fn Bars(
    /// What it shows.
    chart: Chart,
) -> impl IntoView {
    let largest = chart.series.iter().flat_map(|series| &series.values).copied().max().unwrap_or(0);
    let rows = chart.labels.iter().enumerate().map(|(label, name)| {
        let bars = (0..chart.series.len()).map(|series| bar(&chart, series, label, largest)).collect_view();
        view! { <li><span class="chart-label">{name.clone()}</span>{bars}</li> }
    });
    let drawing = view! { <ul class="chart-bars">{rows.collect_view()}</ul> };
    figure(&chart, drawing.into_any())
}

fn bar(chart: &Chart, series: usize, label: usize, largest: u64) -> AnyView {
    let value = chart.value(series, label);
    // Beside the only bar of a label its name would say nothing new.
    let name = (chart.series.len() > 1).then(|| format!(" {}", chart.series[series].name));
    let width = attribute(length(value, largest));
    view! {
        <span class="chart-bar">
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class=colour(series) width=width height="8"></rect>
            </svg>
            <span class="nums">{value}{name}</span>
        </span>
    }
    .into_any()
}
