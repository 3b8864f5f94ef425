//! Pages of a list by key, forwards and backwards.

use sqlx::QueryBuilder;

use super::Db;

/// Where a page lies.
#[derive(Clone, Copy)]
pub(super) enum Bound<'a> {
    /// After the row with this key; an empty key is the beginning.
    After(&'a str),
    /// Before the row with this key.
    Before(&'a str),
}

impl Bound<'_> {
    /// Ends a query, which has a condition already, with the bound, the order and the limit.
    pub(super) fn end(self, query: &mut QueryBuilder<Db>, key: &'static str, limit: i64) {
        let (comparison, value, order) = match self {
            Self::After(value) => (" > ", value, ""),
            Self::Before(value) => (" < ", value, " DESC"),
        };
        query.push(" AND ").push(key).push(comparison).push_bind(value.to_owned());
        query.push(" ORDER BY ").push(key).push(order).push(" LIMIT ").push_bind(limit);
    }

    /// Puts the rows that came into the list's order.
    pub(super) fn in_order<T>(self, mut rows: Vec<T>) -> Vec<T> {
        if matches!(self, Self::Before(_)) {
            rows.reverse();
        }
        rows
    }
}
