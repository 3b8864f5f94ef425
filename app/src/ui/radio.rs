//! One answer out of a few: as cards for people, as joined segments for settings, as plain rows.

use leptos::prelude::*;

use super::choice::{Choice, choice_text, group, option_id};
use super::field::Field;
use super::icon::{Icon, Sign};

/// Radios as cards: the main question of a page. Without a legend the page's heading is the question.
#[component]
pub fn RadioCards(
    /// Name, value and problem.
    field: Field,
    /// The answers.
    choices: Vec<Choice>,
    /// The question, where it is not the page's heading.
    #[prop(optional, into)]
    legend: Option<String>,
    /// How to answer.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let options = rows(&field, choices, "choice card");
    group(&field, "radiogroup", legend.into(), hint, view! { <div class="cards">{options}</div> }.into_any())
}

/// Radios as plain rows, for longer or secondary questions.
#[component]
pub fn RadioList(
    /// Name, value and problem.
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
    let list = format!("{}-list", field.id);
    let options = rows(&field, choices, "choice");
    let options = view! { <div class="choices" id=list>{options}</div> };
    group(&field, "radiogroup", Some(legend).into(), hint, options.into_any())
}

fn rows(field: &Field, choices: Vec<Choice>, class: &'static str) -> impl IntoView + use<> {
    let (name, field) = (field.name.clone(), field.clone());
    choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let id = option_id(&field, index);
            let checked = field.has(&choice.value);
            let hint_id = choice.hint.as_ref().map(|_| format!("{id}-option"));
            let text = choice_text(&id, choice.label, choice.hint);
            view! {
                <label class=class>
                    <input class="radio" type="radio" id=id.clone() name=name.clone() value=choice.value checked=checked
                        disabled=choice.disabled aria-labelledby=format!("{id}-label") aria-describedby=hint_id/>
                    {text}
                    {choice.sign.map(|sign| view! { <Icon sign/> })}
                </label>
            }
        })
        .collect_view()
}

/// Radios as joined segments: a closed set of short answers in a settings form.
#[component]
pub fn Segmented(
    /// Name, value and problem.
    field: Field,
    /// Value and label of each answer.
    choices: Vec<(String, String)>,
    /// The question.
    #[prop(into)]
    legend: String,
    /// How to answer.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let (name, owner) = (field.name.clone(), field.clone());
    let options = choices
        .into_iter()
        .enumerate()
        .map(|(index, (value, label))| {
            let checked = owner.has(&value);
            view! {
                <label class="segment">
                    <input type="radio" id=option_id(&owner, index) name=name.clone() value=value checked=checked/>
                    <Icon sign=Sign::Check/>
                    {label}
                </label>
            }
        })
        .collect_view();
    group(
        &field,
        "radiogroup",
        Some(legend).into(),
        hint,
        view! { <div class="segments">{options}</div> }.into_any(),
    )
}
