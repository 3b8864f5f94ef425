//! `/admin/messages`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::pages::admin::messages::message::{PREVIEW, SUBJECT, TEST, TEXT};
use crate::pages::admin::password_reset::typed;
use crate::services::messages::{Act, Named};
use crate::services::services;
use crate::visit::visit;

/// *Save*, *Preview* and *Send me a test*.
#[server(prefix = "", endpoint = "/admin/messages")]
pub async fn edit(
    #[server(default)] kind: String,
    #[server(default)] lang: String,
    #[server(default)] version: String,
    #[server(default)] act: String,
    #[server(default)] subject: String,
    #[server(default)] text: String,
) -> Result<(), ServerFnError> {
    let act = match act.as_str() {
        PREVIEW => Act::Preview,
        TEST => Act::Test,
        _ => Act::Save,
    };
    let typed = typed(&[(SUBJECT, subject), (TEXT, text)]);
    let answer = services().messages.act(&visit(), &Named { kind, lang }, act, &version, typed).await;
    respond(answer)
}

/// *Restore the default*.
#[server(prefix = "", endpoint = "/admin/messages/restore")]
pub async fn restore(
    #[server(default)] kind: String,
    #[server(default)] lang: String,
) -> Result<(), ServerFnError> {
    respond(services().messages.restore(&visit(), &Named { kind, lang }).await)
}
