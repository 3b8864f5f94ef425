//! Facts, details, panels.

use leptos::prelude::*;

use super::icon::{Icon, Sign};

/// One fact of a description list.
pub struct Fact {
    name: String,
    value: AnyView,
    action: Option<(String, String, String)>,
}

impl Fact {
    /// A name and its value.
    pub fn new(name: impl Into<String>, value: impl IntoAny) -> Self {
        Self { name: name.into(), value: value.into_any(), action: None }
    }

    /// With a link such as *Change*; `about` completes its accessible name, as in *Change* *phone*.
    #[must_use]
    pub fn action(
        mut self,
        label: impl Into<String>,
        about: impl Into<String>,
        href: impl Into<String>,
    ) -> Self {
        self.action = Some((label.into(), about.into(), href.into()));
        self
    }
}

/// Names and values, as on a page to check answers.
#[component]
pub fn DescriptionList(
    /// The facts, in order.
    facts: Vec<Fact>,
) -> impl IntoView {
    let facts = facts
        .into_iter()
        .map(|fact| {
            let action = fact.action.map(|(label, about, href)| {
                view! {
                    <dd class="fact-action">
                        <a href=href>{label}<span class="visually-hidden">" "{about}</span></a>
                    </dd>
                }
            });
            view! { <div class="fact"><dt>{fact.name}</dt><dd class="fact-value">{fact.value}</dd>{action}</div> }
        })
        .collect_view();
    view! { <dl class="facts">{facts}</dl> }
}

/// Something that most people need not see, behind its summary.
#[component]
pub fn Details(
    /// What one opens.
    #[prop(into)]
    summary: String,
    /// Open on arrival.
    #[prop(optional)]
    open: bool,
    /// What is inside.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="details" open=open>
            <summary><Icon sign=Sign::Chevron/>{summary}</summary>
            <div class="details-body">{children()}</div>
        </details>
    }
}

/// A part of an admin page on its own surface.
#[component]
pub fn Panel(
    /// Its heading.
    #[prop(optional, into)]
    heading: Option<String>,
    /// What is inside.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel stack">
            {heading.map(|heading| view! { <h2>{heading}</h2> })}
            {children()}
        </section>
    }
}
