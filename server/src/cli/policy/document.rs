//! All settings as names and values: what `show` prints and `set` reads.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail, ensure};
use regain_core::form::FormState;
use regain_core::policy::{
    AdministratorPolicy, COMMON, Question, ResetPolicy, Tab, field, typed, typed_common, yes_no,
};
use regain_store::Tx;
use serde_json::{Map, Value};

use crate::audit::retention::{KeptDays, SETTINGS as AUDIT_KEPT_DAYS};
use crate::organization::{self, TIME_ZONE};
use crate::password_protection::{self, edit as protection};
use crate::policy;

/// Settings that are lists.
const LISTS: [&str; 4] = [field::EXPLAIN_NETWORKS, field::METHODS, field::QUESTIONS, protection::field::LIST];
/// Lists whose form is one text with a line for each value.
const LINES: [&str; 2] = [field::EXPLAIN_NETWORKS, protection::field::LIST];
/// Settings that only count while another one has a value: the setting, the other one, the value.
const DEPENDENT: [(&str, &str, &str); 8] = [
    (field::GROUP, field::SCOPE, "selected"),
    (field::EXPLAIN_NETWORKS, field::EXPLAIN, "on_networks"),
    (field::QUESTIONS_TO_REGISTER, field::METHODS, "security_questions"),
    (field::QUESTIONS_TO_RESET, field::METHODS, "security_questions"),
    (field::RECONFIRM_DAYS, field::REGISTRATION_REQUIRED, "yes"),
    (field::HELPDESK_TARGET, field::HELPDESK_CUSTOMIZED, "yes"),
    (protection::field::MIN, protection::field::RULES, "nist"),
    (protection::field::LIST, protection::field::ENFORCE, "yes"),
];

/// Settings by name, each with its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Document(BTreeMap<String, Vec<String>>);

impl Document {
    /// Everything that is saved.
    pub(super) async fn read(tx: &mut dyn Tx) -> anyhow::Result<Self> {
        let policy = policy::current(tx).await?.policy;
        let administrators = policy::administrators(tx).await?;
        let mut all = Self::of_policy(&policy, administrators);
        all.absorb(&protection::typed(&password_protection::load(tx).await?));
        all.absorb(&typed_common(&policy::methods(tx).await?));
        let organization = organization::load(tx).await?;
        all.0.insert(TIME_ZONE.to_owned(), vec![organization.time_zone]);
        let (kept, _): (KeptDays, i64) = policy::document(tx, AUDIT_KEPT_DAYS).await?;
        all.0.insert(AUDIT_KEPT_DAYS.to_owned(), vec![kept.days().to_string()]);
        if let Some(id) = policy.scope.group().and_then(|id| id.parse().ok())
            && let Some(group) = tx.group(id).await?
        {
            all.0.insert(field::GROUP.to_owned(), vec![group.name]);
        }
        Ok(all)
    }

    fn of_policy(policy: &ResetPolicy, administrators: AdministratorPolicy) -> Self {
        let mut all = Self::default();
        for tab in Tab::ALL {
            all.absorb(&typed(policy, *tab));
        }
        let questions = policy.questions.chosen.iter().map(|question| match question {
            Question::Predefined(id) => id.clone(),
            Question::Custom { text, .. } => text.clone(),
        });
        all.0.insert(field::QUESTIONS.to_owned(), questions.collect());
        let enabled = yes_no(administrators.enabled).to_owned();
        all.0.insert(field::ADMINISTRATORS_ENABLED.to_owned(), vec![enabled]);
        all
    }

    fn absorb(&mut self, form: &FormState) {
        for (name, values) in &form.values {
            let values = if LINES.contains(&name.as_str()) {
                values.iter().flat_map(|value| value.lines()).map(ToOwned::to_owned).collect()
            } else {
                values.clone()
            };
            self.0.insert(name.clone(), values);
        }
    }

    /// One setting.
    pub(super) fn from_pair(key: &str, values: Vec<String>) -> Self {
        Self(BTreeMap::from([(key.to_owned(), values)]))
    }

    /// Settings from a JSON object: texts, numbers, yes-or-no as such or as booleans, lists of texts.
    pub(super) fn from_json(json: &Value) -> anyhow::Result<Self> {
        let object = json.as_object().context("the file must hold one JSON object")?;
        let mut all = Self::default();
        for (name, value) in object {
            let values = match value {
                Value::Array(values) => {
                    values.iter().map(|value| text(name, value)).collect::<Result<_, _>>()?
                }
                Value::Null => Vec::new(),
                value => vec![text(name, value)?],
            };
            all.0.insert(name.clone(), values);
        }
        Ok(all)
    }

    /// Refuses names that are no settings, and several values for a setting that has one.
    pub(super) fn check_keys(&self) -> anyhow::Result<()> {
        for (name, values) in &self.0 {
            ensure!(is_setting(name), "there is no setting {name}; regain policy show lists them");
            ensure!(values.len() <= 1 || LISTS.contains(&name.as_str()), "{name} has one value");
        }
        Ok(())
    }

    /// As JSON, which [`Document::from_json`] reads.
    pub(super) fn to_json(&self) -> Value {
        let entries = self.0.iter().map(|(name, values)| {
            let value = if LISTS.contains(&name.as_str()) {
                Value::from(values.clone())
            } else {
                Value::from(values.first().cloned().unwrap_or_default())
            };
            (name.clone(), value)
        });
        Value::Object(entries.collect::<Map<_, _>>())
    }

    /// As names and values.
    pub(super) fn lines(&self) -> Vec<(&str, String)> {
        self.0.iter().map(|(name, values)| (name.as_str(), values.join(", "))).collect()
    }

    /// The values of a setting, if it is there.
    pub(super) fn get(&self, name: &str) -> Option<&[String]> {
        self.0.get(name).map(Vec::as_slice)
    }

    /// Whether any of the settings of a form is there.
    pub(super) fn touches(&self, form: &FormState) -> bool {
        form.values.keys().any(|name| self.0.contains_key(name))
            || self.0.contains_key(field::METHODS) && form.values.contains_key(field::METHODS_REQUIRED)
    }

    /// A form with these settings in the place of its own.
    pub(super) fn onto(&self, mut form: FormState) -> FormState {
        for (name, values) in &self.0 {
            let is_there = form.values.contains_key(name) || name == field::METHODS;
            if is_there {
                let values =
                    if LINES.contains(&name.as_str()) { vec![values.join("\n")] } else { values.clone() };
                form.values.insert(name.clone(), values);
            }
        }
        form
    }

    /// Refuses a changed setting that has no effect, because the one it belongs to is off.
    pub(super) fn check_effect(&self, before: &Self, after: &Self) -> anyhow::Result<()> {
        for (name, on, value) in DEPENDENT {
            let is_on = after.0.get(on).is_some_and(|values| values.iter().any(|found| found == value));
            let is_set = self.0.get(name).is_some_and(|values| Some(values) != before.0.get(name));
            // A group and a list that are given up together with their switch come as nothing.
            let is_empty = self.0.get(name).is_some_and(|values| values.iter().all(String::is_empty));
            if is_set && !is_on && !is_empty {
                bail!("{name} has no effect while {on} is not {value}; set {on} first, or both with --file");
            }
        }
        Ok(())
    }
}

/// Whether there is a setting of this name.
pub(super) fn is_setting(name: &str) -> bool {
    let own = [field::QUESTIONS, field::ADMINISTRATORS_ENABLED, AUDIT_KEPT_DAYS, TIME_ZONE];
    Tab::of(name).is_some()
        || own.contains(&name)
        || COMMON.contains(&name)
        || protection::field::ALL.contains(&name)
}

fn text(name: &str, value: &Value) -> anyhow::Result<String> {
    Ok(match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => yes_no(*value).to_owned(),
        _ => bail!("{name}: this is not a text, number, yes or no"),
    })
}
