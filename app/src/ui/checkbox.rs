//! Checkboxes.

use leptos::prelude::*;

use super::choice::{Choice, choice_text, group, option_id};
use super::field::Field;

/// Any number of answers under one legend. Each is posted under the field's name.
#[component]
pub fn CheckboxGroup(
    /// Name, values and problem.
    field: Field,
    /// The answers.
    choices: Vec<Choice>,
    /// The question.
    #[prop(into)]
    legend: String,
    /// How to answer.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let (owner, list) = (field.clone(), format!("{}-list", field.id));
    let options = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let checked = owner.has(&choice.value);
            row(option_id(&owner, index), owner.name.clone(), owner.invalid(), choice, checked)
        })
        .collect_view();
    group(
        &field,
        "group",
        Some(legend).into(),
        hint,
        view! { <div class="choices" id=list>{options}</div> }.into_any(),
    )
}

/// A single yes-or-no; posted as `true` when ticked.
#[component]
pub fn Checkbox(
    /// Name, value (`true`) and problem.
    field: Field,
    /// What is agreed to.
    #[prop(into)]
    label: String,
    /// One line that explains it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Not available at the moment.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let checked = field.has("true");
    let choice = Choice { value: "true".to_owned(), label, hint, sign: None, disabled };
    view! {
        <div class="field">
            {field.error_view()}
            {row(field.id.clone(), field.name.clone(), field.invalid(), choice, checked)}
        </div>
    }
}

fn row(
    id: String,
    name: String,
    invalid: Option<&'static str>,
    choice: Choice,
    checked: bool,
) -> impl IntoView {
    let hint_id = choice.hint.as_ref().map(|_| format!("{id}-option"));
    let text = choice_text(&id, choice.label, choice.hint);
    view! {
        <label class="choice">
            <input class="checkbox" type="checkbox" id=id.clone() name=name value=choice.value checked=checked
                disabled=choice.disabled aria-invalid=invalid aria-labelledby=format!("{id}-label")
                aria-describedby=hint_id/>
            {text}
        </label>
    }
}
