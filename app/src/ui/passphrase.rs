//! *Suggest a passphrase*: one that the rules accept, to use, to copy or to type.

use leptos::prelude::*;
use regain_core::secret::Secret;

use super::button::Look;
use super::content::Details;
use super::icon::{Icon, Sign};
use crate::islands::CopyButton;
use crate::services::services;
use crate::text::t;
use crate::visit::visit;

const ID: &str = "suggestion";
const COPY: &str = "suggestion-copy";
const STATUS: &str = "suggestion-status";

/// A passphrase behind *Suggest a passphrase*. It is new each time the page is shown, and stored nowhere.
#[component]
pub fn Passphrase(
    /// The passphrase.
    phrase: Secret,
    /// Where another one is had.
    another: &'static str,
    /// Open on arrival.
    #[prop(optional)]
    open: bool,
) -> impl IntoView {
    let script = services().site.asset("scripts/suggestion.js");
    let text = phrase.expose().to_owned();
    view! {
        <Details summary=t("ui-suggest") open>
            <div class="key" id=ID role="group" aria-label=t("ui-suggestion") dir="ltr">{text}</div>
            <div>
                <button class=Look::Secondary.class() type="button" hidden data-suggestion=ID aria-controls=STATUS>
                    {t("ui-suggest-use")}
                </button>
            </div>
            <p class="small" id=STATUS role="status" data-used=t("ui-suggest-used")></p>
            <div class="more">
                <button class="link-button" type="button" id=COPY hidden aria-describedby=ID>
                    <Icon sign=Sign::Copy/>
                    <span>{t("ui-copy")}</span>
                </button>
                <CopyButton button=COPY.to_owned() source=ID.to_owned() label=t("ui-copy") copied=t("ui-copied")/>
                <a href=another>{t("ui-suggest-another")}</a>
            </div>
        </Details>
        <script type="module" src=script nonce=visit().nonce></script>
    }
}
