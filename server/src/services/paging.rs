//! Pages of lists by key.

use regain_app::services::people::{Listed, Place};

/// Rows of a page.
pub(super) const PAGE: i64 = 50;

/// Makes a page of rows in order, of which one more than [`PAGE`] was asked for: whether there is a page beyond shows in
/// whether it came.
pub(super) fn page_of<T>(mut rows: Vec<T>, place: &Place, key: impl Fn(&T) -> String) -> Listed<T> {
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let beyond = rows.len() > most;
    let (before, after) = match place {
        Place::First => (false, beyond),
        Place::After(_) => (true, beyond),
        Place::Before(_) => (beyond, true),
    };
    if beyond {
        match place {
            Place::Before(_) => drop(rows.remove(0)),
            Place::First | Place::After(_) => drop(rows.pop()),
        }
    }
    let previous = rows.first().filter(|_| before).map(|row| Place::Before(key(row)));
    let next = rows.last().filter(|_| after).map(|row| Place::After(key(row)));
    Listed { rows, previous, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: std::ops::Range<i64>, place: &Place) -> Listed<i64> {
        page_of(rows.collect(), place, ToString::to_string)
    }

    #[test]
    fn a_short_list_has_one_page() {
        let listed = page(0..PAGE, &Place::First);
        assert_eq!((listed.rows.len(), listed.previous, listed.next), (50, None, None));
    }

    #[test]
    fn the_way_on_and_the_way_back_meet() {
        let first = page(0..PAGE + 1, &Place::First);
        assert_eq!(first.next, Some(Place::After("49".to_owned())));
        let second = page(50..60, &Place::After("49".to_owned()));
        assert_eq!(second.previous, Some(Place::Before("50".to_owned())));
        let back = page(0..50, &Place::Before("50".to_owned()));
        assert_eq!((back.rows.first(), back.previous), (Some(&0), None));
        assert_eq!(back.next, Some(Place::After("49".to_owned())));
        let middle = page(9..60, &Place::Before("60".to_owned()));
        assert_eq!((middle.rows.first(), middle.previous), (Some(&10), Some(Place::Before("10".to_owned()))));
    }
}
