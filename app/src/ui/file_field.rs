//! A file to send.

use leptos::prelude::*;

use super::field::{Field, labelled};

/// One file. What was chosen is lost when the form is refused: browsers give no file back.
#[component]
pub fn FileField(
    /// Name and problem.
    field: Field,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Which file, under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The media types to offer.
    accept: &'static str,
) -> impl IntoView {
    let input = view! {
        <input class="input" type="file" id=field.id.clone() name=field.name.clone() accept=accept
            aria-invalid=field.invalid() aria-describedby=field.described_by(hint.is_some(), None)/>
    };
    labelled(&field, label, hint, input.into_any())
}
