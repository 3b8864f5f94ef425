//! `/demo/outbox`: what would have gone to mailboxes and phones.

use leptos::prelude::*;

use crate::outcome::end_page;
use crate::services::demo::SentMessage;
use crate::services::services;
use crate::text::t;
use crate::ui::UserPage;

/// Every message, newest first.
#[component]
pub fn Outbox() -> impl IntoView {
    let services = services();
    Suspend::new(async move {
        match services.demo.sent_messages().await {
            Ok(messages) => list(messages),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn list(messages: Vec<SentMessage>) -> AnyView {
    let empty = messages.is_empty().then(|| view! { <p>{t("demo-outbox-empty")}</p> });
    let items = messages.into_iter().map(item).collect_view();
    view! {
        <UserPage heading=t("demo-outbox-heading") lead=t("demo-outbox-lead") wide=true>
            <p><a href="/demo/outbox">{t("demo-outbox-reload")}</a></p>
            {empty}
            <ol class="messages">{items}</ol>
        </UserPage>
    }
    .into_any()
}

fn item(message: SentMessage) -> impl IntoView {
    let title = if message.subject.is_empty() {
        t(&format!("demo-outbox-{}", message.channel))
    } else {
        message.subject
    };
    let at = message.at;
    view! {
        <li class="message">
            <h2>{title}</h2>
            <p class="hint">
                <bdi dir="ltr">{message.to.join(", ")}</bdi>" · "<time datetime=at.clone()>{at.clone()}</time>
            </p>
            <p class="message-text">{message.text}</p>
        </li>
    }
}
