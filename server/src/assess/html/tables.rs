//! Tables with a caption and heads.

use super::markup::Markup;

/// A table.
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) heads: Vec<&'static str>,
    /// The first cell of a row is its head.
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the cells behind the first are numbers.
    pub(super) is_numeric: bool,
}

/// Writes it, in a box that scrolls by itself where the page is narrow.
pub(super) fn table(out: &mut Markup, table: &Table) {
    out.open(
        "div",
        &[("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", &table.caption)],
    );
    out.open("table", &[("class", if table.is_numeric { "numbers" } else { "words" })]);
    out.element("caption", &[], &table.caption);
    out.raw("<thead><tr>");
    for head in &table.heads {
        out.element("th", &[("scope", "col")], head);
    }
    out.raw("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.raw("<tr>");
        for (index, cell) in row.iter().enumerate() {
            if index == 0 {
                out.element("th", &[("scope", "row")], cell);
            } else {
                out.element("td", &[], cell);
            }
        }
        out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div>\n");
}
