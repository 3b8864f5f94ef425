//! Asks before what cannot be undone.

use leptos::prelude::*;

use super::button::Look;
use super::post_form::PostForm;
use crate::text::t;

/// The consequence as children, then the safe choice first, then the act.
#[component]
pub fn ConfirmPanel(
    /// Where the act is posted.
    #[prop(into)]
    action: String,
    /// The act, as a verb: *Remove*, *Delete group*.
    #[prop(into)]
    confirm: String,
    /// Where the safe choice leads.
    #[prop(into)]
    cancel_href: String,
    /// The safe choice; *Cancel* without.
    #[prop(optional, into)]
    cancel: Option<String>,
    /// What is posted besides: names and values.
    #[prop(optional)]
    hidden: Vec<(&'static str, String)>,
    /// What will happen.
    children: Children,
) -> impl IntoView {
    view! {
        <PostForm action=action hidden class="stack">
            <div class="stack-tight">{children()}</div>
            <div class="actions">
                <a class=Look::Secondary.class() href=cancel_href>{cancel.unwrap_or_else(|| t("ui-cancel"))}</a>
                <button class=Look::Danger.class() type="submit">{confirm}</button>
            </div>
        </PostForm>
    }
}
