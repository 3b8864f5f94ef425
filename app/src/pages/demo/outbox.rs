//! `/demo/outbox`: what would have gone to mailboxes and phones.

use leptos::prelude::*;

use crate::outcome::end_page;
use crate::services::demo::SentMessage;
use crate::services::services;
use crate::text::t;
use crate::text::when::brief;
use crate::ui::{Tag, UserPage};

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
    let channel = t(&format!("demo-outbox-{}", message.channel));
    let title = if message.subject.is_empty() { channel.clone() } else { message.subject };
    let code =
        code_in(&message.text).map(|code| view! { <p class="key key-big" dir="ltr">{code.to_owned()}</p> });
    let at = brief(message.sent_at);
    view! {
        <li class="message">
            <h2>{title}</h2>
            <p class="hint">
                <Tag text=channel/>" "<bdi dir="ltr">{message.to.join(", ")}</bdi>" · "
                <time datetime=message.at>{at}</time>
            </p>
            {code}
            <p class="message-text">{message.text.clone()}</p>
        </li>
    }
}

/// The code in a message: the first run of exactly six or eight digits. Numbers of phones and years are longer or shorter.
fn code_in(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_digit()).find(|run| matches!(run.len(), 6 | 8))
}

#[cfg(test)]
mod tests {
    use super::code_in;

    #[test]
    fn a_code_is_told_from_years_and_phone_numbers() {
        assert_eq!(code_in("On 26 November 2026 for +14255550100:\n\n12345678\n\nBye"), Some("12345678"));
        assert_eq!(code_in("Your code: 123456. Do not share it."), Some("123456"));
        assert_eq!(code_in("Support code ABCD-1234, 203.0.113.1"), None);
    }
}
