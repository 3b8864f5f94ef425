//! From the address to a filter, and back.

use jiff::civil::Date;
use regain_app::services::audit::filter as name;
use regain_app::text::Zone;
use regain_app::visit::Visit;
use regain_core::code::SupportCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::time::Timestamp;
use regain_store::AuditFilter;

/// What a query asks for.
pub(super) struct Asked {
    /// As the store understands it.
    pub(super) filter: AuditFilter,
    /// As the form shows it again.
    pub(super) form: FormState,
    /// As an address repeats it.
    pub(super) query: String,
}

/// Reads the visit's query.
pub(super) fn asked(visit: &Visit) -> Asked {
    let mut form = FormState::default();
    let mut pairs = Vec::new();
    for name in name::ALL {
        let value = visit.query_value(name).unwrap_or_default().trim().to_owned();
        if !value.is_empty() {
            pairs.push(format!("{name}={}", escape(&value)));
            form = form.with_value(name, value);
        }
    }
    let value = |name: &str| form.value(name).to_owned();
    let mut problems = Vec::new();
    let mut filter = AuditFilter {
        service: value(name::SERVICE),
        activity: value(name::ACTIVITY),
        result: value(name::RESULT),
        person: value(name::PERSON),
        correlation: value(name::CODE),
        from: day(form.value(name::FROM), 0, &visit.zone)
            .unwrap_or_else(|| problem(&mut problems, name::FROM, "date-malformed")),
        until: day(form.value(name::UNTIL), 1, &visit.zone)
            .unwrap_or_else(|| problem(&mut problems, name::UNTIL, "date-malformed")),
    };
    if !filter.correlation.is_empty() {
        match SupportCode::parse(&filter.correlation) {
            Some(code) => filter.correlation = code.as_str().to_owned(),
            None => problem(&mut problems, name::CODE, "support-code-malformed").unwrap_or(()),
        }
    }
    if filter.from.zip(filter.until).is_some_and(|(from, until)| from >= until) {
        problems.push(FieldProblem::new(name::UNTIL, "dates-reversed"));
    }
    form.problems = problems;
    Asked { filter, form, query: pairs.join("&") }
}

/// The query of the page whose rows are below `before`.
pub(super) fn page_query(query: &str, before: i64) -> String {
    let and = if query.is_empty() { "" } else { "&" };
    format!("{query}{and}{}={before}", name::BEFORE)
}

fn problem<T>(problems: &mut Vec<FieldProblem>, field: &str, code: &str) -> Option<T> {
    problems.push(FieldProblem::new(field, code));
    None
}

/// Where a day begins that is so many days after the typed one. `None`: not a day; `Some(None)`: none was typed.
fn day(text: &str, days_later: i32, zone: &Zone) -> Option<Option<Timestamp>> {
    if text.is_empty() {
        return Some(None);
    }
    let date: Date = text.parse().ok()?;
    let date = date.checked_add(jiff::Span::new().try_days(days_later).ok()?).ok()?;
    zone.beginning_of(date).map(Some)
}

fn escape(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
