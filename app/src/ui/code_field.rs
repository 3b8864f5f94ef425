//! A code that was sent, or that an app shows: one field, however many digits it has.

use leptos::prelude::*;

use super::field::{Field, labelled, no_autocorrect};
use crate::text::t;

/// *Enter your verification code*. Spaces and dashes are welcome; the browser fills the code in where it can.
#[component]
pub fn CodeField(
    /// Name and problem; a code is never shown again.
    field: Field,
    /// Another label than *Enter your verification code*.
    #[prop(optional, into)]
    label: Option<String>,
    /// Where the code is, or how many digits it has.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Somebody else's, who reads it out: the browser fills none of the person's own in.
    #[prop(optional)]
    theirs: bool,
) -> impl IntoView {
    let label = label.unwrap_or_else(|| t("ui-code"));
    let autocomplete = if theirs { "off" } else { "one-time-code" };
    let input = view! {
        <input class="input input-code" id=field.id.clone() name=field.name.clone() type="text" inputmode="numeric"
            autocomplete=autocomplete enterkeyhint="done" pattern=r"[\p{Nd}\p{Pd}\s]*" autocapitalize="none"
            spellcheck="false" {..no_autocorrect()} dir="ltr" autofocus=!field.refused()
            aria-invalid=field.invalid() aria-describedby=field.described_by(hint.is_some(), None)/>
    };
    labelled(&field, label, hint, input.into_any())
}
