//! A phone number: country, then the number in whatever form people write it.

use leptos::prelude::*;

use super::field::{Field, labelled};
use super::select_field::SelectField;
use crate::text::t;

/// *Country or region* and *Phone number*. A number that begins with `+` or `00` needs no country.
#[component]
pub fn PhoneField(
    /// Name, value (two letters, ISO 3166) and problem of the country.
    country: Field,
    /// Name, value and problem of the number; shown again as it was typed.
    number: Field,
    /// How to answer, under the label of the number.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let input = view! {
        <input class="input" id=number.id.clone() name=number.name.clone() type="tel" inputmode="tel"
            value=number.value() autocomplete="tel" enterkeyhint="next" spellcheck="false" dir="ltr"
            aria-invalid=number.invalid() aria-describedby=number.described_by(hint.is_some(), None)/>
    };
    view! {
        <div class="phone">
            <SelectField field=country label=t("ui-country") options=countries() autocomplete="country"/>
            {labelled(&number, t("ui-phone"), hint, input.into_any())}
        </div>
    }
}

/// By name alone: who knows the calling code types it.
fn countries() -> Vec<(String, String)> {
    let none = (String::new(), t("ui-country-none"));
    let all = regain_core::contact::country::ALL.iter();
    let named = all.map(|country| (country.iso2.to_owned(), country.name.to_owned()));
    std::iter::once(none).chain(named).collect()
}
