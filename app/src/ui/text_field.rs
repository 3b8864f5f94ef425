//! One line or several lines of text.

use leptos::prelude::*;

use super::escaped::escaped;
use super::field::{Field, labelled, no_autocorrect};

/// What a text field is for. It decides the keyboard, what the browser fills in, and the Enter key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// A name, a title: nothing is filled in.
    #[default]
    Plain,
    /// The person's own username.
    Username,
    /// The person's own email address.
    Email,
    /// A username of somebody else.
    TheirUsername,
    /// An email address of somebody else.
    TheirEmail,
    /// A saved code or temporary pass.
    SavedCode,
    /// An answer to a security question.
    Answer,
    /// The characters of a picture.
    Characters,
    /// A number that is carried over from another screen.
    CarriedNumber,
    /// A whole number.
    Number,
    /// A day.
    Date,
    /// A search.
    Search,
    /// An address on the web, or an email address.
    Link,
    /// A phone number of somebody else.
    Phone,
    /// A time zone.
    TimeZone,
}

/// `type`, `inputmode`, `autocomplete`, `enterkeyhint`, `autocapitalize`.
type Hints = (&'static str, Option<&'static str>, &'static str, Option<&'static str>, &'static str);

impl Purpose {
    const fn hints(self) -> Hints {
        match self {
            Self::Plain => ("text", None, "off", None, "sentences"),
            Self::Username => ("text", Some("email"), "username", Some("next"), "none"),
            Self::Email => ("email", Some("email"), "email", Some("next"), "none"),
            Self::TheirUsername => ("text", Some("email"), "off", None, "none"),
            Self::TheirEmail => ("email", Some("email"), "off", None, "none"),
            Self::SavedCode => ("text", None, "off", Some("done"), "characters"),
            Self::Answer | Self::Characters => ("text", None, "off", Some("next"), "none"),
            Self::CarriedNumber => ("text", Some("numeric"), "off", Some("done"), "none"),
            Self::Number => ("text", Some("numeric"), "off", None, "none"),
            Self::Date => ("date", None, "off", None, "none"),
            Self::Search => ("search", None, "off", Some("search"), "none"),
            Self::Phone => ("tel", Some("tel"), "off", None, "none"),
            Self::Link => ("text", Some("url"), "off", None, "none"),
            Self::TimeZone => ("text", None, "off", None, "words"),
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Number => "input input-short nums",
            Self::CarriedNumber => "input input-code",
            _ => "input",
        }
    }

    /// Usernames, addresses and codes run from left to right in every language.
    const fn direction(self) -> &'static str {
        match self {
            Self::Plain | Self::Answer | Self::Search => "auto",
            _ => "ltr",
        }
    }
}

/// A line of text.
#[component]
pub fn TextField(
    /// Name, value and problem.
    field: Field,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// How to answer, under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What it is for.
    #[prop(optional)]
    purpose: Purpose,
    /// Shown, posted, but not to be changed.
    #[prop(optional)]
    readonly: bool,
    /// Does not apply at the moment; the hint says why.
    #[prop(optional)]
    disabled: bool,
    /// What follows the control on its line, such as *days*.
    #[prop(optional, into)]
    suffix: Option<String>,
    /// What the browser offers while somebody types.
    #[prop(optional)]
    offers: &'static [String],
) -> impl IntoView {
    let list = (!offers.is_empty()).then(|| format!("{}-list", field.id));
    let (kind, inputmode, autocomplete, enterkeyhint, autocapitalize) = purpose.hints();
    let input = view! {
        <input class=purpose.class() id=field.id.clone() name=field.name.clone() type=kind value=field.value()
            inputmode=inputmode autocomplete=autocomplete enterkeyhint=enterkeyhint autocapitalize=autocapitalize
            spellcheck="false" {..no_autocorrect()} dir=purpose.direction() readonly=readonly disabled=disabled
            list=list.clone()
            aria-invalid=field.invalid() aria-describedby=field.described_by(hint.is_some(), None)/>
    };
    let control = match suffix {
        Some(suffix) => view! { <div class="affix">{input}<span>{suffix}</span></div> }.into_any(),
        None => input.into_any(),
    };
    let control = match list {
        Some(id) => view! { {control}<datalist id=id inner_html=offers_html(offers)></datalist> }.into_any(),
        None => control,
    };
    labelled(&field, label, hint, control)
}

/// As few bytes as HTML needs: long lists are most of their page.
fn offers_html(offers: &[String]) -> String {
    offers
        .iter()
        .flat_map(|offer| ["<option value=\"".to_owned(), escaped(offer), "\">".to_owned()])
        .collect()
}

/// Text as it stands in a text area: the framework writes the content of this element as it is, and a parser drops its
/// first line end.
fn text_of_area(text: &str) -> String {
    let escaped = escaped(text);
    if escaped.starts_with('\n') { format!("\n{escaped}") } else { escaped }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// Name, value and problem.
    field: Field,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// How to answer, under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Height in lines.
    #[prop(default = 5)]
    rows: u8,
) -> impl IntoView {
    let area = view! {
        <textarea class="input" id=field.id.clone() name=field.name.clone() rows=rows.to_string() spellcheck="false"
            autocapitalize="none" {..no_autocorrect()} dir="auto" aria-invalid=field.invalid()
            aria-describedby=field.described_by(hint.is_some(), None)>
            {text_of_area(&field.value())}
        </textarea>
    };
    labelled(&field, label, hint, area.into_any())
}
