//! An option of a group, and the group around it.

use leptos::prelude::*;

use super::field::Field;
use super::icon::Sign;

/// The page's heading, which can name a group instead of a legend of its own.
pub const HEADING_ID: &str = "heading";

/// One answer among several.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// The accessible name.
    pub label: String,
    /// One line that explains it.
    pub hint: Option<String>,
    /// A sign at the end of a card.
    pub sign: Option<Sign>,
    /// Not available at the moment; the hint says why.
    pub disabled: bool,
}

impl Choice {
    /// An option with a label alone.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, sign: None, disabled: false }
    }

    /// With one line that explains it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With a sign.
    #[must_use]
    pub fn sign(mut self, sign: Sign) -> Self {
        self.sign = Some(sign);
        self
    }

    /// Not available; the hint should say why.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

/// What names a group.
pub(super) enum Legend {
    /// A text of its own.
    Text(String),
    /// The page's heading, which asks the question.
    Heading,
}

impl From<Option<String>> for Legend {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Heading, Self::Text)
    }
}

/// The id of the option at `index`: the first has the field's, so that the error summary leads to it.
pub(super) fn option_id(field: &Field, index: usize) -> String {
    if index == 0 { field.id.clone() } else { format!("{}-{}", field.id, index + 1) }
}

/// Label and hint beside a control.
pub(super) fn choice_text(id: &str, label: String, hint: Option<String>) -> impl IntoView + use<> {
    let hint = hint.map(|hint| view! { <span class="hint" id=format!("{id}-option")>{hint}</span> });
    view! {
        <span class="choice-text">
            <span class="choice-title" id=format!("{id}-label")>{label}</span>
            {hint}
        </span>
    }
}

/// The group: legend, hint, error, options.
pub(super) fn group(
    field: &Field,
    role: &'static str,
    legend: Legend,
    hint: Option<String>,
    options: AnyView,
) -> AnyView {
    let own = format!("{}-legend", field.id);
    let (name, legend) = match legend {
        Legend::Heading => (HEADING_ID.to_owned(), None),
        Legend::Text(text) => (own.clone(), Some(view! { <legend class="label" id=own>{text}</legend> })),
    };
    // `aria-invalid` is for radio groups alone: on a plain group it is not supported.
    let invalid = if role == "radiogroup" { field.invalid() } else { None };
    let describes = field.described_by(hint.is_some(), None);
    view! {
        <fieldset class="field" role=role aria-labelledby=name aria-invalid=invalid aria-describedby=describes>
            {legend}
            {field.hint_view(hint)}
            {field.error_view()}
            {options}
        </fieldset>
    }
    .into_any()
}
