//! A table of records, which becomes a list of cards on a narrow screen.

use leptos::prelude::*;

use super::icon::{Icon, Sign};
use crate::text::t;

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// Not by this column.
    No,
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    numeric: bool,
    sort: Option<(String, Sorted)>,
}

impl Column {
    /// A column of text.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: false, sort: None }
    }

    /// Numbers, which align at the end.
    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// Its head is a link that sorts.
    #[must_use]
    pub fn sort(mut self, href: impl Into<String>, now: Sorted) -> Self {
        self.sort = Some((href.into(), now));
        self
    }

    fn head(&self) -> AnyView {
        let class = self.numeric.then_some("num");
        let label = self.label.clone();
        let Some((href, now)) = self.sort.clone() else {
            return view! { <th scope="col" role="columnheader" class=class>{label}</th> }.into_any();
        };
        let (order, sign, icon_class) = match now {
            Sorted::No => (None, Sign::Sort, "icon-idle"),
            Sorted::Ascending => (Some("ascending"), Sign::SortUp, ""),
            Sorted::Descending => (Some("descending"), Sign::SortDown, ""),
        };
        view! {
            <th scope="col" role="columnheader" class=class aria-sort=order>
                <a class="sort" href=href>{label}<Icon sign class=icon_class/></a>
            </th>
        }
        .into_any()
    }
}

/// Keyset paging: there is a page before or after, not a page number.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    /// As in *Showing 50 users*.
    pub summary: String,
    /// Where *Previous* leads.
    pub previous: Option<String>,
    /// Where *Next* leads.
    pub next: Option<String>,
}

/// The table. The first cell of a row names it.
#[component]
pub fn DataTable(
    /// What the table lists; read, not seen.
    #[prop(into)]
    caption: String,
    /// The columns.
    columns: Vec<Column>,
    /// The cells of each row, in the order of the columns.
    rows: Vec<Vec<AnyView>>,
    /// What is before and after.
    #[prop(optional)]
    pager: Option<Pager>,
) -> impl IntoView {
    let heads = columns.iter().map(Column::head).collect_view();
    let rows = rows.into_iter().map(|cells| row(&columns, cells)).collect_view();
    // Roles are spelled out, because a table that is laid out as cards loses those it has by itself.
    view! {
        <div class="table-frame">
            <table class="table" role="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
            {pager.map(pager_view)}
        </div>
    }
}

fn row(columns: &[Column], cells: Vec<AnyView>) -> impl IntoView + use<> {
    let cells = cells
        .into_iter()
        .zip(columns)
        .enumerate()
        .map(|(index, (cell, column))| {
            let class = column.numeric.then_some("num");
            if index == 0 {
                view! { <th scope="row" role="rowheader" class=class>{cell}</th> }.into_any()
            } else {
                view! { <td role="cell" class=class data-label=column.label.clone()><div>{cell}</div></td> }
                    .into_any()
            }
        })
        .collect_view();
    view! { <tr role="row">{cells}</tr> }
}

fn pager_view(pager: Pager) -> impl IntoView {
    let link = |href: Option<String>, text: &str| {
        href.map(|href| view! { <a class="button button-secondary" href=href>{t(text)}</a> })
    };
    let (previous, next) = (link(pager.previous, "ui-previous"), link(pager.next, "ui-next-page"));
    view! {
        <nav class="pager" aria-label=t("ui-pages")>
            <p>{pager.summary}</p>
            <div class="actions">{previous}{next}</div>
        </nav>
    }
}
