//! Charts, drawn on the server as inline SVG. Geometry is in attributes and colour in classes, as the content security
//! policy wants; words and numbers are HTML around the drawing, so that they wrap, translate and scale. Every chart
//! says what it shows, and has its numbers in a table.

mod bars;
mod columns;
mod scale;

use leptos::prelude::*;

use super::content::Details;
use super::table::{Column, DataTable};
use crate::text::t;

pub use bars::Bars;
pub use columns::Columns;

/// Numbers of one kind, one for each label of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What they are.
    pub name: String,
    /// The numbers.
    pub values: Vec<u64>,
}

/// What a chart shows. At most four series: there are no more colours that everybody can tell apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What the numbers say, in a sentence.
    pub finding: String,
    /// What the labels are, as the head of their column in the table.
    pub labelled_by: String,
    /// What stands at each bar.
    pub labels: Vec<String>,
    /// The numbers.
    pub series: Vec<Series>,
}

impl Chart {
    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.values.iter().all(|value| *value == 0))
    }

    /// The number of a series at a label.
    fn value(&self, series: usize, label: usize) -> u64 {
        self.series.get(series).and_then(|series| series.values.get(label)).copied().unwrap_or(0)
    }
}

/// The class that colours a series.
fn colour(series: usize) -> String {
    format!("chart-s{}", series + 1)
}

/// Finding, legend, drawing, table.
fn figure(chart: &Chart, drawing: AnyView) -> AnyView {
    let table = table(chart);
    view! {
        <figure class="chart">
            <figcaption>{chart.finding.clone()}</figcaption>
            {legend(chart)}
            {drawing}
            <Details summary=t("ui-chart-table")>{table}</Details>
        </figure>
    }
    .into_any()
}

/// Which colour is what, where there is more than one.
fn legend(chart: &Chart) -> Option<AnyView> {
    if chart.series.len() < 2 {
        return None;
    }
    let keys = chart.series.iter().enumerate().map(|(index, series)| {
        view! {
            <li>
                <svg class="chart-key" viewBox="0 0 10 10" aria-hidden="true">
                    <rect class=colour(index) width="10" height="10"></rect>
                </svg>
                {series.name.clone()}
            </li>
        }
    });
    Some(view! { <ul class="chart-legend">{keys.collect_view()}</ul> }.into_any())
}

fn table(chart: &Chart) -> AnyView {
    let names = chart.series.iter().map(|series| Column::new(series.name.clone()).numeric());
    let columns = std::iter::once(Column::new(chart.labelled_by.clone())).chain(names).collect();
    let row = |(label, name): (usize, &String)| {
        let values = (0..chart.series.len()).map(|series| chart.value(series, label).into_any());
        std::iter::once(name.clone().into_any()).chain(values).collect::<Vec<_>>()
    };
    let rows = chart.labels.iter().enumerate().map(row).collect();
    view! { <DataTable caption=chart.finding.clone() columns rows/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: &[&[u64]]) -> Chart {
        Chart {
            finding: "Resets rose".to_owned(),
            labelled_by: "Day".to_owned(),
            labels: (0..values[0].len()).map(|day| format!("day {day}")).collect(),
            series: values
                .iter()
                .enumerate()
                .map(|(n, values)| Series { name: format!("series {n}"), values: values.to_vec() })
                .collect(),
        }
    }

    fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
        Owner::new_root(None).with(|| view().into_view().to_html())
    }

    #[test]
    fn columns_and_bars_tell_their_finding_and_numbers_without_a_style() {
        let given = chart(&[&[1, 0, 7], &[2, 3, 0]]);
        let (columns, bars) = (given.clone(), given);
        for html in [html(|| view! { <Columns chart=columns/> }), html(|| view! { <Bars chart=bars/> })] {
            assert!(html.contains("<figcaption>Resets rose"), "{html}");
            assert!(html.contains("chart-s1") && html.contains("chart-s2"), "{html}");
            assert!(html.contains("<details") && html.contains("series 1"), "{html}");
            assert!(!html.contains("style=") && !html.contains("NaN"), "{html}");
        }
    }

    #[test]
    fn nothing_is_drawn_for_nothing() {
        let given = chart(&[&[0, 0, 0]]);
        assert!(given.is_empty() && chart(&[&[]]).is_empty());
        let html = html(|| view! { <Columns chart=given/> });
        assert!(!html.contains("<rect") && !html.contains("NaN"), "{html}");
    }
}
