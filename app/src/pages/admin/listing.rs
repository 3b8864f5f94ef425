//! What the lists of users and groups share: addresses with a query, paging, moments, what was just done.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::location::Url;
use regain_core::time::Timestamp;

use crate::services::people::{Listed, Place};
use crate::text::{t, t_args, when};
use crate::ui::Pager;
use crate::visit::Visit;

const AFTER: &str = "after";
const BEFORE: &str = "before";

/// An address with a query; empty values are left out.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", Url::escape(value)))
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Where in the list the visit wants to be.
pub fn place(visit: &Visit) -> Place {
    let value = |name| visit.query_value(name).filter(|key| !key.is_empty());
    match (value(AFTER), value(BEFORE)) {
        (Some(key), _) => Place::After(key),
        (None, Some(key)) => Place::Before(key),
        (None, None) => Place::First,
    }
}

/// *Previous* and *Next*, which keep the rest of the query.
pub fn pager<T>(page: &Listed<T>, path: &str, query: &[(&str, &str)]) -> Pager {
    let link = |place: &Place| {
        let (name, key) = match place {
            Place::First => return address(path, query),
            Place::After(key) => (AFTER, key),
            Place::Before(key) => (BEFORE, key),
        };
        let mut query = query.to_vec();
        query.push((name, key));
        address(path, &query)
    };
    Pager {
        summary: shown(page.rows.len()),
        previous: page.previous.as_ref().map(link),
        next: page.next.as_ref().map(link),
    }
}

/// *3 shown*: the rows of this page.
pub fn shown(rows: usize) -> String {
    t_args("people-shown", &[("n", rows.to_string())])
}

/// The id in the page's address.
pub fn id_of_page() -> String {
    use_params_map().get_untracked().get("id").unwrap_or_default()
}

/// What was just done, by the flag in the query that says so: `?created` is the text `<stem>-created`.
pub fn done(visit: &Visit, stem: &str, flags: &[&str]) -> Option<String> {
    flags.iter().find(|flag| visit.has_flag(flag)).map(|flag| t(&format!("{stem}-{flag}")))
}

/// A date and a time.
pub fn moment(at: Timestamp) -> impl IntoView + use<> {
    time(at, when::brief(at))
}

/// A date and a time, to the second.
pub fn exact_moment(at: Timestamp) -> impl IntoView + use<> {
    time(at, when::exact(at))
}

fn time(at: Timestamp, human: String) -> impl IntoView + use<> {
    let at = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
    view! { <time datetime=at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()>{human}</time> }
}
