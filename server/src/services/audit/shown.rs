//! A row as pages show it.

use regain_app::services::audit::{Change, Entry};
use regain_store::AuditRow;
use serde_json::Value;

/// The whole row.
pub(super) fn entry(row: &AuditRow) -> Entry {
    let record = &row.record;
    let details: serde_json::Map<String, Value> = serde_json::from_str(&record.details).unwrap_or_default();
    let (mut changes, mut facts) = (Vec::new(), Vec::new());
    for (name, value) in details {
        match (name.as_str(), &value) {
            ("changes", Value::Array(listed)) => {
                changes.extend(listed.iter().filter_map(|change| {
                    change_of(change.get("property").and_then(Value::as_str).unwrap_or_default(), change)
                }));
            }
            _ => match change_of(&name, &value) {
                Some(change) => changes.push(change),
                None => facts.push((name, plain(&value))),
            },
        }
    }
    Entry {
        seq: row.seq,
        at: record.at,
        service: record.service.clone(),
        category: record.category.clone(),
        activity: record.activity.clone(),
        success: record.result == "success",
        reason: record.reason.clone(),
        actor_name: record.actor_name.clone(),
        actor_upn: record.actor_upn.clone(),
        address: record.address.clone(),
        client: record.client.clone(),
        target_kind: record.target_kind.clone(),
        target_name: record.target_name.clone(),
        code: record.correlation.clone(),
        changes,
        facts,
    }
}

/// The row for somebody who follows a flow and need not see what settings were and are.
pub(super) fn without_values(row: &AuditRow) -> Entry {
    Entry { changes: Vec::new(), facts: Vec::new(), ..entry(row) }
}

fn change_of(property: &str, value: &Value) -> Option<Change> {
    let (old, new) = (value.get("old")?, value.get("new")?);
    Some(Change { property: property.to_owned(), old: plain(old), new: plain(new) })
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
