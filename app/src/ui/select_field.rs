//! A closed list, longer than radios can show.

use leptos::prelude::*;

use super::escaped::escaped;
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
    let options = options_html(&options, &field.value());
    let select = view! {
        <select class="input" id=field.id.clone() name=field.name.clone() autocomplete=autocomplete
            aria-invalid=field.invalid() aria-describedby=field.described_by(hint.is_some(), None)
            inner_html=options></select>
    };
    labelled(&field, label, hint, select.into_any())
}

/// The options in as few bytes as HTML needs, because a list of countries is most of its page: an option ends where the
/// next one begins, and a word needs no quotes.
fn options_html(options: &[(String, String)], chosen: &str) -> String {
    let mut html = String::new();
    for (value, text) in options {
        let is_word = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let quote = if is_word { "" } else { "\"" };
        let selected = if value == chosen { " selected" } else { "" };
        // As the framework writes it everywhere else.
        let (value, text) = (escaped(value), escaped(text).replace('>', "&gt;"));
        html.push_str(&format!("<option value={quote}{value}{quote}{selected}>{text}"));
    }
    html
}
