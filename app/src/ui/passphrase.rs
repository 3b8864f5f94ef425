//! *Suggest a passphrase*: one that the rules accept, to copy or to type.

use leptos::prelude::*;
use regain_core::secret::Secret;

use super::content::Details;
use super::icon::{Icon, Sign};
use crate::islands::CopyButton;
use crate::text::t;

const ID: &str = "suggestion";
const COPY: &str = "suggestion-copy";

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
    let text = phrase.expose().to_owned();
    view! {
        <Details summary=t("ui-suggest") open>
            <div class="key" id=ID role="group" aria-label=t("ui-suggestion") dir="ltr">{text}</div>
            <div class="more">
                <button class="link-button" type="button" id=COPY hidden aria-describedby=ID>
                    <Icon sign=Sign::Copy/>
                    <span>{t("ui-copy")}</span>
                </button>
                <CopyButton button=COPY.to_owned() source=ID.to_owned() label=t("ui-copy") copied=t("ui-copied")/>
                <a href=another>{t("ui-suggest-another")}</a>
            </div>
        </Details>
    }
}
