//! Buttons, and links that look like them.

use leptos::prelude::*;

/// How much a button stands out. One primary button for each page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The next step.
    #[default]
    Primary,
    /// Another way.
    Secondary,
    /// A way out.
    Subtle,
    /// What cannot be undone.
    Danger,
    /// Another way that stands in a row with links.
    Link,
}

impl Look {
    /// The classes.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button button-secondary",
            Self::Subtle => "button button-subtle",
            Self::Danger => "button button-danger",
            Self::Link => "link-button",
        }
    }
}

/// A button that submits its form.
#[component]
pub fn Button(
    /// A verb.
    #[prop(into)]
    label: String,
    /// How much it stands out.
    #[prop(optional)]
    look: Look,
    /// What is posted for it, where a form has several buttons.
    #[prop(optional, into)]
    name: Option<String>,
    /// The value for `name`.
    #[prop(optional, into)]
    value: Option<String>,
    /// Its id, where an island acts on it.
    #[prop(optional, into)]
    id: Option<String>,
    /// The id of the form it belongs to, where that is not around it.
    #[prop(optional, into)]
    form: Option<String>,
) -> impl IntoView {
    view! { <button class=look.class() type="submit" id=id form=form name=name value=value>{label}</button> }
}

/// A link that looks like a button: it leads somewhere and changes nothing.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its text.
    #[prop(into)]
    label: String,
    /// How much it stands out.
    #[prop(default = Look::Secondary)]
    look: Look,
) -> impl IntoView {
    view! { <a class=look.class() href=href>{label}</a> }
}
