//! A form of settings: *Save* and *Discard* stay in sight above it.

use leptos::prelude::*;

use super::message::{Banner, Tone};
use super::post_form::PostForm;
use crate::islands::DirtyGuard;
use crate::text::t;

/// The id of the form; a page has one.
const FORM: &str = "settings";
const DISCARD: &str = "settings-discard";
const STATE: &str = "settings-state";

/// Settings that are saved together. *Discard* loads the page afresh, which is what it looks like when nothing was
/// changed; it is a form of its own, so that it is a button with and without scripts.
#[component]
pub fn SettingsForm(
    /// Where it is posted, which is also the page's address unless `page` says another.
    #[prop(into)]
    action: String,
    /// The page's address, where that is not where the form is posted.
    #[prop(optional, into)]
    page: Option<String>,
    /// What the page's address has as its query, so that *Discard* comes back to the same.
    #[prop(optional)]
    keep: Vec<(String, String)>,
    /// The signed-in person may look but not save.
    #[prop(optional)]
    read_only: bool,
    /// The form arrives with changes that are not saved: it was refused, or it comes back from another page.
    #[prop(optional)]
    unsaved: bool,
    /// The settings.
    children: Children,
) -> impl IntoView {
    if read_only {
        return view! {
            <div class="admin-form">
                <Banner tone=Tone::Info><p>{t("ui-read-only")}</p></Banner>
                <fieldset class="admin-form" disabled>{children()}</fieldset>
            </div>
        }
        .into_any();
    }
    let page = page.unwrap_or_else(|| action.clone());
    let keep = keep.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let (state, text) = if unsaved { ("dirty", t("ui-dirty")) } else { ("clean", String::new()) };
    view! {
        <form id=DISCARD method="get" action=page hidden>{keep.collect_view()}</form>
        <PostForm action=action class="admin-form" id=FORM>
            <div class="commands">
                <button class="button button-primary" type="submit">{t("ui-save")}</button>
                <button class="button button-secondary" type="submit" form=DISCARD>{t("ui-discard")}</button>
                <span class="commands-state" id=STATE data-state=state aria-live="polite">{text}</span>
            </div>
            {children()}
        </PostForm>
        <DirtyGuard form=FORM.to_owned() state=STATE.to_owned() clean=t("ui-clean") dirty=t("ui-dirty") unsaved/>
    }
    .into_any()
}
