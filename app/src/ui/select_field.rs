//! A closed list, longer than radios can show.

use leptos::prelude::*;

use super::field::{Field, labelled};

/// A choice from a list.
#[component]
pub fn SelectField(
    /// Name, value and problem.
    field: Field,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Value and text of each option.
    options: Vec<(String, String)>,
    /// How to answer, under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let chosen = field.value();
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    let select = view! {
        <select class="input" id=field.id.clone() name=field.name.clone() autocomplete=autocomplete
            aria-invalid=field.invalid() aria-describedby=field.described_by(hint.is_some(), None)>
            {options}
        </select>
    };
    labelled(&field, label, hint, select.into_any())
}
