//! *Send me a test*: a message with sample values, written before it is saved, on the way that the real one takes.

use std::collections::BTreeMap;

use regain_store::OutboxMessage;

use super::texts::Written;

/// Its name in the outbox. The words stand in the row.
pub(crate) const TEMPLATE: &str = "trial";

/// What a row keeps of a message that is written already.
pub(crate) fn params(written: &Written, code: Option<&str>) -> [(&'static str, String); 4] {
    [
        ("subject", written.subject.clone()),
        ("text", written.text.clone()),
        ("greeting", written.greeting.clone()),
        ("code", code.unwrap_or_default().to_owned()),
    ]
}

/// The message that a row keeps.
pub(super) fn written(row: &OutboxMessage) -> serde_json::Result<Written> {
    let mut params: BTreeMap<String, String> = serde_json::from_str(&row.params)?;
    let mut take = |name: &str| params.remove(name).unwrap_or_default();
    Ok(Written { subject: take("subject"), text: take("text"), greeting: take("greeting") })
}

/// The code that a test shows; it opens nothing.
pub(super) fn sample_code(row: &OutboxMessage) -> Option<String> {
    if row.template != TEMPLATE {
        return None;
    }
    let params: BTreeMap<String, String> = serde_json::from_str(&row.params).ok()?;
    params.get("code").filter(|code| !code.is_empty()).cloned()
}
