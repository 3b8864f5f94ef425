//! Views of one thing side by side, each an address of its own.

use leptos::prelude::*;

/// One view.
#[derive(Clone, Debug)]
pub struct LinkTab {
    /// Its name.
    pub text: String,
    /// Its address.
    pub href: String,
    /// It is the one that is shown.
    pub current: bool,
}

/// The views.
#[component]
pub fn LinkTabs(
    /// What they are views of, as in *Period*.
    #[prop(into)]
    label: String,
    /// The views, in order.
    tabs: Vec<LinkTab>,
) -> impl IntoView {
    let tabs = tabs.into_iter().map(|tab| {
        view! { <li><a href=tab.href aria-current=tab.current.then_some("page")>{tab.text}</a></li> }
    });
    view! { <nav class="link-tabs" aria-label=label><ul>{tabs.collect_view()}</ul></nav> }
}
