//! The button of a passkey. Only a script can ask the browser for one (`public/scripts/passkey.js`); it puts the answer into
//! the form and sends it.

use leptos::prelude::*;

use super::button::{Button, Look};
use super::post_form::PostForm;
use crate::services::services;
use crate::text::t;
use crate::visit::visit;

/// What the browser is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyAct {
    /// Make a passkey.
    Create,
    /// Find one, and unlock it.
    Get,
}

impl PasskeyAct {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Get => "get",
        }
    }
}

/// The form. Without scripts, and where the browser knows no passkeys, it says so, and the page's other ways lead on.
#[component]
pub fn PasskeyForm(
    /// Where the answer goes.
    #[prop(into)]
    action: String,
    /// What the browser is asked to do.
    act: PasskeyAct,
    /// What exactly, as JSON.
    options: String,
    /// The button's text.
    #[prop(into)]
    label: String,
    /// What else the form carries on.
    #[prop(optional)]
    hidden: Vec<(&'static str, String)>,
    /// The person has just chosen the passkey: the browser is asked at once, and the button is for another try.
    #[prop(optional)]
    begins: bool,
    /// What is to be filled in before.
    #[prop(optional)]
    before: Option<AnyView>,
) -> impl IntoView {
    let script = services().site.asset("scripts/passkey.js");
    view! {
        <PostForm action=action hidden attr:data-passkey=act.as_str() attr:data-options=options
            attr:data-begins=begins.to_string()>
            <input type="hidden" name="credential" value=""/>
            {before}
            <noscript><p>{t("passkey-no-script")}</p></noscript>
            <p role="status" data-passkey-unknown=t("passkey-unknown") data-passkey-failed=t("passkey-failed")></p>
            <div class="actions"><Button label look=Look::Primary/></div>
        </PostForm>
        <script type="module" src=script nonce=visit().nonce></script>
    }
}
