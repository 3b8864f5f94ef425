//! What a POST ends in: always a redirect (303), with cookies and what the next page needs to show.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use leptos::prelude::{ServerFnError, expect_context};
use leptos_axum::ResponseOptions;
use regain_core::form::FormState;
use regain_core::secret::Secret;

use crate::services::{Cookies, Services};

/// Where a POST leads.
#[derive(Debug)]
pub struct Outcome {
    to: String,
    form: Option<FormState>,
    cookies: Vec<Cookie>,
}

/// A change to the browser's cookies.
#[derive(Debug)]
pub enum Cookie {
    /// A new session begins; the token's only copy.
    Session(Secret),
    /// The session is over.
    EndSession,
    /// A reset flow begins.
    Flow(Secret),
    /// The reset flow is over.
    EndFlow,
    /// The page on the phone where a new password is chosen; the token's only copy.
    Finish(Secret),
    /// What the browser is recognised by; the token's only copy.
    Browser(Secret),
    /// Comes back only from a browser that keeps cookies.
    Probe,
    /// Whoever comes next has a support code of their own.
    EndVisit,
}

impl Outcome {
    /// Go on to `path`, which is one of our own.
    pub fn go(path: impl Into<String>) -> Self {
        Self { to: path.into(), form: None, cookies: Vec::new() }
    }

    /// Back to the page at `path`, which shows `form`: values, problems, or a notice.
    pub fn refused(path: impl Into<String>, form: FormState) -> Self {
        Self { to: path.into(), form: Some(form), cookies: Vec::new() }
    }

    /// Also set a cookie.
    #[must_use]
    pub fn with_cookie(mut self, cookie: Cookie) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// Whether it leads back to a form with a problem.
    pub fn is_refused(&self) -> bool {
        self.form.as_ref().is_some_and(|form| !form.problems.is_empty())
    }

    /// The changes to the browser's cookies.
    pub fn cookies(&self) -> &[Cookie] {
        &self.cookies
    }

    /// The path it leads to.
    pub fn path(&self) -> &str {
        &self.to
    }
}

/// Why there is no page: each becomes a status and a page that helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Nobody is signed in (pages lead to sign-in).
    SignedOut,
    /// Signed in with a password that must be changed first (pages lead there).
    ChangePassword,
    /// Signed in, but a second factor must be shown first, or shown again (pages lead there).
    StepUp,
    /// Signed in, and methods stay as they are for a time after a reset (pages lead to what can be done).
    Held,
    /// Signed in, without the right.
    Forbidden,
    /// No such thing, or none this person may know of.
    NotFound,
    /// Not readable as the form it should be.
    BadRequest,
    /// The machine is busy; worth another try after this many seconds.
    Busy(u32),
    /// Our fault; the log has the cause under the support code.
    Internal,
}

impl Failure {
    /// The HTTP status of the page that tells it.
    pub fn status(self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::ChangePassword | Self::StepUp | Self::Held => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The result of every service method that a POST calls.
pub type Answer = Result<Outcome, Failure>;

/// Ends a server function. Leptos's own redirect answers 302, or 200 to a client that does not accept HTML.
pub fn respond(answer: Answer) -> Result<(), ServerFnError> {
    let options = expect_context::<ResponseOptions>();
    match answer {
        Ok(outcome) => see_other(&options, &outcome),
        Err(failure) => match gate(failure) {
            Some(gate) => {
                see_other(&options, &Outcome::go(with_next(gate, &back(&crate::visit::visit().path))));
                options.insert_header(REFUSED, HeaderValue::from_static("1"));
            }
            None => fail(&options, failure),
        },
    }
    Ok(())
}

/// Status and headers that end a POST which no server function answers.
pub fn ended(answer: Answer, cookies: &dyn Cookies, path: &str) -> (StatusCode, HeaderMap) {
    let mut headers = HeaderMap::new();
    let outcome = match answer {
        Ok(outcome) => outcome,
        Err(failure) => match gate(failure) {
            Some(gate) => {
                headers.insert(REFUSED, HeaderValue::from_static("1"));
                Outcome::go(with_next(gate, &back(path)))
            }
            None => return (failure.status(), headers),
        },
    };
    let location = HeaderValue::from_str(&outcome.to).unwrap_or(HeaderValue::from_static("/"));
    headers.insert(header::LOCATION, location);
    if outcome.is_refused() {
        headers.insert(REFUSED, HeaderValue::from_static("1"));
    }
    for cookie in &outcome.cookies {
        headers.append(header::SET_COOKIE, cookies.set(cookie));
    }
    headers.append(header::SET_COOKIE, cookies.keep_form(&outcome.to, outcome.form.as_ref()));
    (StatusCode::SEE_OTHER, headers)
}

/// The page that a failure leads to, where there is one.
fn gate(failure: Failure) -> Option<&'static str> {
    match failure {
        Failure::SignedOut => Some("/signin"),
        Failure::ChangePassword => Some("/security-info/change-password"),
        Failure::StepUp => Some("/signin/verify"),
        Failure::Held => Some(crate::pages::security_info::hold::PATH),
        _ => None,
    }
}

/// Whether this leads to a gate: what was asked for waits behind it, and nothing was done.
pub fn is_gate(location: &str) -> bool {
    let path = location.split('?').next().unwrap_or_default();
    let failures = [Failure::SignedOut, Failure::ChangePassword, Failure::StepUp, Failure::Held];
    failures.into_iter().filter_map(gate).any(|gate| gate == path)
}

/// A gate's address, from which people go on to `next`.
pub fn with_next(gate: &str, next: &str) -> String {
    format!("{gate}?next={}", leptos_router::location::Url::escape(next))
}

/// The query of a page of settings that people come back to after a gate, because their change was not saved.
pub const UNSAVED: &str = "unsaved";

/// Where a POST leads once the gate before it was passed: a form of settings has its page at the same address, which
/// says that nothing was saved. Any other address need not be a page: on to the start of its area.
fn back(path: &str) -> String {
    if path.starts_with("/admin/password-reset/") {
        return format!("{path}?{UNSAVED}");
    }
    let is_of =
        |page: &&&str| path.strip_prefix(**page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if let Some(page) = SETTINGS.iter().find(is_of) {
        return format!("{page}?{UNSAVED}");
    }
    path.split('/').nth(1).map_or_else(|| "/".to_owned(), |first| format!("/{first}"))
}

/// Pages of settings outside of *Password reset*; their forms are posted there, or to an address below.
const SETTINGS: [&str; 6] = [
    "/admin/audit-logs/retention",
    "/admin/password-protection",
    "/admin/branding",
    "/admin/messages",
    "/admin/channels",
    "/admin/authentication-methods-policy",
];

fn see_other(options: &ResponseOptions, outcome: &Outcome) {
    let cookies = expect_context::<Services>().cookies;
    options.set_status(StatusCode::SEE_OTHER);
    let location = HeaderValue::from_str(&outcome.to).unwrap_or(HeaderValue::from_static("/"));
    options.insert_header(header::LOCATION, location);
    if outcome.is_refused() {
        options.insert_header(REFUSED, HeaderValue::from_static("1"));
    }
    for cookie in &outcome.cookies {
        options.append_header(header::SET_COOKIE, cookies.set(cookie));
    }
    options.append_header(header::SET_COOKIE, cookies.keep_form(&outcome.to, outcome.form.as_ref()));
}

fn fail(options: &ResponseOptions, failure: Failure) {
    options.set_status(failure.status());
    if let Failure::Busy(seconds) = failure {
        options.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    options.insert_header(FAILED, HeaderValue::from_static("1"));
}

/// Marks an answer whose body the error pages replace; never leaves the server.
pub const FAILED: HeaderName = HeaderName::from_static("x-regain-failed");

/// Marks an answer that did not do what the form asked for; never leaves the server.
pub const REFUSED: HeaderName = HeaderName::from_static("x-regain-refused");

/// Marks an answer that refuses with a page of its own, which the error pages leave alone; never leaves the server.
pub const OWN_PAGE: HeaderName = HeaderName::from_static("x-regain-own-page");

/// Marks a page that shows the visit's own support code, which the browser is to keep; never leaves the server.
pub const SHOWS_CODE: HeaderName = HeaderName::from_static("x-regain-shows-code");

/// Ends a page that cannot be shown: to the gate that stands before it and leads back here, or in the failure's page.
pub fn end_page(failure: Failure) {
    if let Some(gate) = gate(failure) {
        let visit = crate::visit::visit();
        let next =
            if visit.query.is_empty() { visit.path } else { format!("{}?{}", visit.path, visit.query) };
        lead_to(&with_next(gate, &next));
    } else {
        fail(&expect_context::<ResponseOptions>(), failure);
    }
}

/// Ends a page by leading elsewhere, for instance to the step that is next.
pub fn lead_to(path: &str) {
    let options = expect_context::<ResponseOptions>();
    options.set_status(StatusCode::SEE_OTHER);
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    options.insert_header(header::LOCATION, location);
}
