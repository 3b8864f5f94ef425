//! The one form that is posted: it says which flow or session its page belonged to.

use leptos::prelude::*;

use crate::form_mark::FIELD;
use crate::services::Services;
use crate::visit::Visit;

/// A form that changes something. What browsers would check by themselves the server checks, in words of our own.
#[component]
pub fn PostForm(
    /// Where it is posted.
    #[prop(into)]
    action: String,
    /// How it is laid out.
    #[prop(optional)]
    class: Option<&'static str>,
    /// Its id, where something refers to it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Whether browsers may offer what was typed into it before.
    #[prop(default = true)]
    autofill: bool,
    /// It sends a file.
    #[prop(optional)]
    file: bool,
    /// What it carries on unseen: names and values.
    #[prop(optional)]
    hidden: Vec<(&'static str, String)>,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let mark = use_context::<Services>()
        .zip(use_context::<Visit>())
        .map(|(services, visit)| services.marks.mark(&visit, &action));
    let hidden =
        hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let autocomplete = (!autofill).then_some("off");
    let enctype = file.then_some("multipart/form-data");
    view! {
        <form class=class id=id method="post" action=action novalidate autocomplete=autocomplete enctype=enctype>
            <input type="hidden" name=FIELD value=mark/>
            {hidden.collect_view()}
            {children()}
        </form>
    }
}
