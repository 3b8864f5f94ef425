//! From what was typed about a gateway or the limits to rows, and back.

use regain_channels::gateway::Kind;
use regain_channels::{Outside, UrlProblem};
use regain_core::contact::country;
use regain_core::form::{FieldProblem, FormState};
use regain_core::policy::{Change, channel_field};
use regain_core::secret::Secret;
use regain_store::GatewayRow;

use super::caps::Caps;

/// A key that signs must not be guessable from one signed request.
const SHORTEST_KEY: usize = 16;
/// Thousandths in one of the currency.
const THOUSAND: i64 = 1_000;

/// The fields of a gateway, for its form and for the audit log; the secret is none of them.
pub(crate) fn fields_of(row: &GatewayRow) -> FormState {
    FormState::default()
        .with_value("channel", &row.channel)
        .with_value("kind", &row.kind)
        .with_value("name", &row.name)
        .with_value("url", &row.url)
        .with_value("account", &row.account)
        .with_value("sender", &row.sender)
        .with_value("cost", money(row.cost))
}

/// Takes over what was typed. `new`: there is no row yet, so a secret is needed; one is also needed where the secret
/// would go to another host or account than it was given for.
pub(crate) fn edit(
    row: &mut GatewayRow,
    new: bool,
    typed: &FormState,
    secret: &Secret,
    outside: &Outside,
) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut refuse = |field: &str, code: &str| problems.push(FieldProblem::new(field, code));
    let before = (row.kind.clone(), row.url.clone(), row.account.clone());
    let value = |name: &str| typed.value(name).trim().to_owned();
    if new {
        row.channel = value("channel");
        if !["sms", "voice"].contains(&row.channel.as_str()) {
            refuse("channel", "channels-channel");
        }
    }
    row.kind = value("kind");
    row.name = value("name");
    row.url = value("url").trim_end_matches('/').to_owned();
    row.account = value("account");
    row.sender = value("sender");
    let kind = Kind::parse(&row.kind);
    if kind.is_none() {
        refuse("kind", "channels-kind");
    }
    if !is_line(&row.name, 60) {
        refuse("name", "channels-name");
    }
    match outside.target(&row.url) {
        Ok(_) if row.url.len() <= 300 => {}
        Ok(_) | Err(UrlProblem::Malformed) => refuse("url", "channels-url-malformed"),
        Err(UrlProblem::Clear) => refuse("url", "channels-url-clear"),
        Err(UrlProblem::Forbidden) => refuse("url", "channels-url-forbidden"),
    }
    let is_account = is_line(&row.account, 100) && !row.account.contains(['/', ' ', '?', '#', '%', ':']);
    match kind {
        Some(Kind::Twilio) if !is_account => refuse("account", "channels-account"),
        Some(Kind::Webhook) => row.account.clear(),
        _ => {}
    }
    if !is_line(&row.sender, 50) {
        refuse("sender", "channels-sender");
    }
    match thousandths(typed.value("cost")) {
        Some(cost) => row.cost = cost,
        None => refuse("cost", "channels-cost"),
    }
    let moved = before != (row.kind.clone(), row.url.clone(), row.account.clone());
    match secret.expose().len() {
        0 if new || moved => refuse("secret", "channels-secret-missing"),
        1..SHORTEST_KEY if kind == Some(Kind::Webhook) => refuse("secret", "channels-secret-short"),
        _ => {}
    }
    problems
}

/// What differs, for the audit log.
pub(crate) fn changes(old: &FormState, new: &FormState, secret: &Secret) -> Vec<Change> {
    let fields = ["channel", "kind", "name", "url", "account", "sender", "cost"];
    let differ = fields.iter().filter(|field| old.value(field) != new.value(field)).map(|field| Change {
        property: (*field).to_owned(),
        old: old.value(field).to_owned(),
        new: new.value(field).to_owned(),
    });
    let secret = (!secret.is_empty()).then(|| Change {
        property: "secret".to_owned(),
        old: String::new(),
        new: "replaced".to_owned(),
    });
    differ.chain(secret).collect()
}

/// Who carries texts and calls, before and after: each gateway by name, host and account, in the order in which they are
/// tried.
pub(crate) fn changes_of_order(old: &[GatewayRow], new: &[GatewayRow]) -> Vec<Change> {
    let carries = |rows: &[GatewayRow], channel: &str| {
        let rows = rows.iter().filter(|row| row.channel == channel).map(|row| {
            let target = row.url.parse::<http::Uri>().ok();
            let host = target.as_ref().and_then(http::Uri::host).unwrap_or_default();
            let account = if row.account.is_empty() { String::new() } else { format!(", {}", row.account) };
            format!("{} ({host}{account})", row.name)
        });
        rows.collect::<Vec<_>>().join(", ")
    };
    let channels = [("sms", channel_field::TEXT_GATEWAYS), ("voice", channel_field::CALL_GATEWAYS)];
    let changes = channels.map(|(channel, property)| Change {
        property: property.to_owned(),
        old: carries(old, channel),
        new: carries(new, channel),
    });
    changes.into_iter().filter(|change| change.old != change.new).collect()
}

/// The fields of the limits.
pub(crate) fn fields_of_caps(caps: &Caps) -> FormState {
    FormState::default()
        .with_value("countries", caps.countries.join(", "))
        .with_value("per_number", caps.per_number.to_string())
        .with_value("per_prefix", caps.per_prefix.to_string())
        .with_value("per_day", caps.per_day.to_string())
        .with_value("money", (caps.money / THOUSAND).to_string())
}

/// Takes over the limits that were typed.
pub(crate) fn edit_caps(typed: &FormState) -> Result<Caps, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut countries = Vec::new();
    for code in typed.value("countries").split([',', ' ', ';']) {
        let digits = code.trim().trim_start_matches('+');
        if digits.is_empty() {
            continue;
        }
        if !country::is_calling_code(digits) {
            problems.push(FieldProblem::new("countries", "channels-countries").with("code", &code.trim()));
            break;
        }
        countries.push(digits.to_owned());
    }
    countries.dedup();
    let mut number = |name: &str| {
        let parsed = regain_core::policy::whole_number(typed.value(name));
        if parsed.is_none() {
            problems.push(FieldProblem::new(name, "channels-number"));
        }
        i64::from(parsed.unwrap_or_default())
    };
    let (per_number, per_prefix, per_day) = (number("per_number"), number("per_prefix"), number("per_day"));
    let money = number("money") * THOUSAND;
    if problems.is_empty() {
        Ok(Caps { countries, per_number, per_prefix, per_day, money })
    } else {
        Err(problems)
    }
}

/// What differs between two settings of the limits.
pub(crate) fn changes_of_caps(old: &Caps, new: &Caps) -> Vec<Change> {
    let (old, new) = (fields_of_caps(old), fields_of_caps(new));
    channel_field::LIMITS
        .iter()
        .filter(|field| old.value(field) != new.value(field))
        .map(|field| Change {
            property: (*field).to_owned(),
            old: old.value(field).to_owned(),
            new: new.value(field).to_owned(),
        })
        .collect()
}

fn is_line(text: &str, most: usize) -> bool {
    let length = text.chars().count();
    (1..=most).contains(&length) && !text.chars().any(char::is_control)
}

/// `0.075` as 75; nothing as 0.
fn thousandths(text: &str) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || whole.len() > 6 || part.len() > 3 {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    Some(whole * THOUSAND + part)
}

fn money(thousandths: i64) -> String {
    format!("{}.{:03}", thousandths / THOUSAND, thousandths % THOUSAND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_and_written() {
        for (text, cost) in [("", 0), ("0.075", 75), ("0,5", 500), ("12", 12_000), (" .05 ", 50)] {
            assert_eq!(thousandths(text), Some(cost), "{text}");
        }
        for text in ["-1", "1.2.3", "x", "0.0001", "1e3"] {
            assert_eq!(thousandths(text), None, "{text}");
        }
        assert_eq!(money(12_075), "12.075");
    }

    #[test]
    fn limits_are_read() {
        let with = |caps: &Caps, name: &str, value: &str| {
            let mut typed = fields_of_caps(caps);
            typed.values.insert(name.to_owned(), vec![value.to_owned()]);
            typed
        };
        let typed = with(&Caps::default(), "countries", "+371, 370");
        let caps = edit_caps(&typed).unwrap();
        assert_eq!(caps.countries, ["371", "370"]);
        let mut typed = with(&caps, "countries", "371, 999999");
        typed.values.insert("per_day".to_owned(), vec!["many".to_owned()]);
        let problems = edit_caps(&typed).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["countries", "per_day"]);
    }
}
