//! Codes that are shown once: to copy, download or print.

use leptos::prelude::*;

use super::icon::{Icon, Sign};
use crate::islands::CopyButton;
use crate::services::services;
use crate::text::t;
use crate::visit::visit;

const ID: &str = "recovery-codes";

/// *Recovery codes*, one for each line, with *Download*, *Print* and *Copy*. The download needs no script: the file stands
/// in its link, so that no second request carries the codes.
#[component]
pub fn SavedCodes(
    /// The codes, one for each line.
    codes: String,
    /// The file's text.
    file: String,
    /// The file's name.
    file_name: String,
) -> impl IntoView {
    let href = format!("data:text/plain;charset=utf-8,{}", leptos_router::location::Url::escape(&file));
    let script = services().site.asset("scripts/print.js");
    view! {
        <pre class="codes" id=ID role="group" aria-label=t("ui-recovery-codes") dir="ltr">{codes}</pre>
        <div class="row no-print">
            <a class="button button-secondary" href=href download=file_name>{t("ui-download")}</a>
            <button class="button button-secondary" type="button" data-print hidden>{t("ui-print")}</button>
            <button class="link-button" type="button" id="recovery-codes-copy" hidden aria-describedby=ID>
                <Icon sign=Sign::Copy/>
                <span>{t("ui-copy")}</span>
            </button>
            <CopyButton button="recovery-codes-copy".to_owned() source=ID.to_owned() label=t("ui-copy")
                copied=t("ui-copied")/>
        </div>
        <script type="module" src=script nonce=visit().nonce></script>
    }
}
