//! A password that somebody else set opens one door: the form that replaces it.

use axum::response::{IntoResponse as _, Redirect, Response};
use http::Method;
use regain_app::outcome::with_next;
use regain_app::visit::Visit;

use crate::landing::CHANGE_PASSWORD;

/// Addresses that need no session, or end it; each with what lies below it.
const OPEN: &[&str] =
    &["/signin", "/signout", "/report", "/reset", "/sspr", "/help", "/demo", "/.well-known", "/test"];

/// Leads a session whose password must be changed to the form, from every other page. Services refuse by themselves,
/// too; this spares people the pages that would refuse them.
pub(super) fn lead(visit: &Visit, method: &Method) -> Option<Response> {
    let must_change = visit.session.as_ref().is_some_and(|session| session.must_change_password);
    let path = visit.path.as_str();
    let is_or_below =
        |start: &str| path.strip_prefix(start).is_some_and(|end| end.is_empty() || end.starts_with('/'));
    if !must_change || path == CHANGE_PASSWORD || OPEN.iter().any(|start| is_or_below(start)) {
        return None;
    }
    let to = match *method {
        Method::GET if path != "/" => {
            let next =
                if visit.query.is_empty() { path.to_owned() } else { format!("{path}?{}", visit.query) };
            with_next(CHANGE_PASSWORD, &next)
        }
        _ => CHANGE_PASSWORD.to_owned(),
    };
    Some(Redirect::to(&to).into_response())
}
