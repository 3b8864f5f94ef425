//! A password: paste and managers are welcome, nothing limits its length.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::field::{Field, labelled, no_autocorrect};
use super::icon::{Icon, Sign};
use crate::islands::ShowPassword;
use crate::text::t;

/// Whether the password is an old or a new one: managers fill in the first and save the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PasswordUse {
    /// The one in force.
    #[default]
    Current,
    /// One that is being chosen.
    New,
}

/// A password. With scripts, *Show password* stands under it.
#[component]
pub fn PasswordField(
    /// Name and problem; a value is never shown again.
    field: Field,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// How to answer, under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Old or new.
    #[prop(optional)]
    usage: PasswordUse,
    /// Ids of what else describes it, such as the rules.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// For `passwordrules`, from the profile in force.
    #[prop(optional, into)]
    rules: Option<String>,
    /// Leave *Show password* out, where another field's toggle shows this one too.
    #[prop(optional)]
    without_toggle: bool,
    /// The id of a second field that the toggle shows too.
    #[prop(optional, into)]
    shows_also: String,
) -> impl IntoView {
    let (autocomplete, enterkeyhint) = match usage {
        PasswordUse::Current => ("current-password", "go"),
        PasswordUse::New => ("new-password", "done"),
    };
    let describes = field.described_by(hint.is_some(), described_by.as_deref());
    let control = view! {
        <input class="input" id=field.id.clone() name=field.name.clone() type="password" autocomplete=autocomplete
            enterkeyhint=enterkeyhint autocapitalize="none" spellcheck="false" {..no_autocorrect()} dir="ltr"
            {..custom_attribute("passwordrules", rules)} aria-invalid=field.invalid() aria-describedby=describes/>
        {(!without_toggle).then(|| toggle(field.id.clone(), shows_also))}
    };
    labelled(&field, label, hint, control.into_any())
}

fn toggle(input: String, also: String) -> impl IntoView {
    let button = format!("{input}-show");
    view! {
        <div>
            <button class="link-button" type="button" id=button.clone() hidden aria-pressed="false" aria-controls=input.clone()>
                <Icon sign=Sign::Eye/>
                {t("ui-show-password")}
            </button>
            <ShowPassword button input also shown=t("ui-password-shown") hidden=t("ui-password-hidden")/>
        </div>
    }
}
