//! What a refused form remembers until the page is shown again: values and problems, never secrets.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One problem with one field. Its text is the catalogue's `problem-<code>`, filled with `args`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The form's name for the field, which is also the target of the link in the error summary.
    pub field: String,
    /// Which rule was broken, in kebab case.
    pub code: String,
    /// Numbers and names that the text mentions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, String)>,
}

impl FieldProblem {
    /// A problem whose text mentions nothing further.
    pub fn new(field: &str, code: &str) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), args: Vec::new() }
    }

    /// Something else was typed than one of the words that the field takes.
    pub fn one_of(field: &str, words: impl IntoIterator<Item = &'static str>) -> Self {
        let words: Vec<_> = words.into_iter().collect();
        Self::new(field, "choice-unknown").with("choices", &words.join(", "))
    }

    /// The same problem with one more value that its text mentions.
    #[must_use]
    pub fn with(mut self, name: &str, value: &impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}

/// The state of a form between a refusal and the next try.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    /// What was typed, by field; several values for a group of check boxes. Secrets are never kept.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Vec<String>>,
    /// What was wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<FieldProblem>,
    /// A message about the form as a whole: its code in the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}

impl FormState {
    /// The single value of a field; empty when it has none.
    pub fn value(&self, name: &str) -> &str {
        self.values(name).first().map_or("", String::as_str)
    }

    /// All values of a field.
    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first problem of a field.
    pub fn problem(&self, name: &str) -> Option<&FieldProblem> {
        self.problems.iter().find(|problem| problem.field == name)
    }

    /// Whether the form was refused.
    pub fn is_refused(&self) -> bool {
        !self.problems.is_empty()
    }

    /// The same form with a value to keep.
    #[must_use]
    pub fn with_value(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.entry(name.to_owned()).or_default().push(value.into());
        self
    }

    /// The same form with a problem.
    #[must_use]
    pub fn with_problem(mut self, problem: FieldProblem) -> Self {
        self.problems.push(problem);
        self
    }
}
