//! What is typed on a tab and not saved yet, carried through another page and back.

use leptos::prelude::*;
use leptos_router::location::Url;
use regain_core::form::FormState;
use regain_core::policy::{field, methods_field};

use super::VERSION;
use crate::visit::Visit;

/// The form's fields that are lists: posted as `name[]`.
const LISTS: [&str; 6] = [
    field::METHODS,
    methods_field::CHOSEN,
    methods_field::GROUP_LISTS[0],
    methods_field::GROUP_LISTS[1],
    methods_field::GROUP_LISTS[2],
    methods_field::GROUP_LISTS[3],
];

/// A form with what was typed, and the version it was made from.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Values and problems.
    pub form: FormState,
    version: Option<String>,
}

impl Draft {
    /// What a refusal left. The next try is made from what is saved now: the person has been told.
    pub fn refused(form: FormState) -> Self {
        Self { form, version: None }
    }

    /// What the query brings of `fields`; nothing of anything else.
    pub fn from_query(visit: &Visit, fields: &[&str]) -> Self {
        let mut form = FormState::default();
        for name in fields {
            if LISTS.contains(name) {
                let values = visit.query_values(&format!("{name}[]"));
                form = values.into_iter().fold(form, |form, value| form.with_value(name, value));
            } else if let Some(value) = visit.query_value(name) {
                form = form.with_value(name, value);
            }
        }
        Self { form, version: visit.query_value(VERSION).filter(|_| !fields.is_empty()) }
    }

    /// The version it was made from, if it came from another page.
    pub fn version(&self) -> Option<String> {
        self.version.clone()
    }

    /// Whether it holds changes that are not saved.
    pub fn is_unsaved(&self) -> bool {
        self.form.is_refused() || !self.form.values.is_empty()
    }

    /// The same with another value for a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.form.values.insert(name.to_owned(), vec![value.to_owned()]);
        self
    }

    /// The same without a field.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.form.values.remove(name);
        self
    }

    /// Names and values, as a form posts them.
    fn pairs(&self) -> impl Iterator<Item = (String, &String)> {
        self.form.values.iter().flat_map(|(name, values)| {
            let posted = if LISTS.contains(&name.as_str()) { format!("{name}[]") } else { name.clone() };
            values.iter().map(move |value| (posted.clone(), value))
        })
    }

    /// As a query, without `?`; empty without values.
    pub fn query(&self) -> String {
        let version = self.version.iter().map(|version| (VERSION.to_owned(), version));
        let pairs = self.pairs().chain(version);
        pairs
            .map(|(name, value)| format!("{}={}", Url::escape(&name), Url::escape(value)))
            .collect::<Vec<_>>()
            .join("&")
    }

    /// `path` with this as its query.
    pub fn link(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// As hidden fields of a form.
    pub fn hidden(&self) -> impl IntoView + use<> {
        let version = self.version.clone().map(|version| (VERSION.to_owned(), version));
        let pairs: Vec<_> = self.pairs().map(|(name, value)| (name, value.clone())).chain(version).collect();
        pairs
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view()
    }
}
