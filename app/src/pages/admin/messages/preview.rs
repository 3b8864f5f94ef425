//! A message as people will see or hear it. The page draws it itself: nothing of a mail's own HTML gets into the portal.

use leptos::prelude::*;
use regain_core::gsm7::Size;
use regain_core::template::Way;

use crate::services::messages::{Block, MessageView, Preview};
use crate::text::{Locale, t, t_args, text};
use crate::ui::{DescriptionList, Details, Fact, Panel};

/// The id that *Preview* leads to.
pub const ID: &str = "preview";

/// The preview.
pub(super) fn panel(view: &MessageView, preview: &Preview) -> impl IntoView + use<> {
    let content = match view.kind.way {
        Way::Mail => mail(view, preview),
        Way::Text | Way::Call | Way::Push => bubble(view, preview),
    };
    view! {
        <div id=ID>
            <Panel heading=t("messages-preview")>
                <p class="small muted">{t("messages-preview-lead")}</p>
                {content}
            </Panel>
        </div>
    }
}

fn mail(view: &MessageView, preview: &Preview) -> AnyView {
    let (lang, dir) = (view.locale.tag(), view.locale.direction());
    let facts = vec![
        Fact::new(t("messages-from"), view! { <bdi>{preview.from.clone()}</bdi> }),
        Fact::new(t("messages-subject"), view! { <bdi lang=lang>{preview.subject.clone()}</bdi> }),
    ];
    let blocks = preview.blocks.iter().map(|block| match block {
        Block::Code(code) => view! { <p class="message-code" dir="ltr">{code.clone()}</p> }.into_any(),
        Block::Text(lines) => view! { <p class="message-plain">{lines.clone()}</p> }.into_any(),
    });
    let (blocks, from, text) = (blocks.collect_view(), preview.from.clone(), preview.text.clone());
    view! {
        <DescriptionList facts/>
        <div class="message-mail stack" lang=lang dir=dir>
            <p class="message-from">{from}</p>
            {blocks}
            {preview.report.clone().map(|address| report(view.locale, address))}
        </div>
        <Details summary=t("messages-plain")>
            <p class="message-plain mono" lang=lang dir=dir>{text}</p>
        </Details>
    }
    .into_any()
}

/// The button of the frame. It shows where it leads, and leads nowhere from here.
fn report(locale: Locale, address: String) -> AnyView {
    view! {
        <p>{text(locale, "message-report-why", &[])}</p>
        <p>
            <span class="button button-secondary" title=address>{text(locale, "message-report-button", &[])}</span>
        </p>
    }
    .into_any()
}

fn bubble(view: &MessageView, preview: &Preview) -> AnyView {
    let (lang, dir) = (view.locale.tag(), view.locale.direction());
    let text = preview.text.clone();
    let size = preview.size.map(|size| view! { <p class="small">{size_text(size)}</p> });
    let spoken =
        (view.kind.way == Way::Call).then(|| view! { <p class="small muted">{t("messages-spoken")}</p> });
    view! {
        <p class="message-bubble message-plain" lang=lang dir=dir>{text}</p>
        {size}
        {spoken}
    }
    .into_any()
}

/// As in *114 of 160 characters, 1 text message*.
fn size_text(size: Size) -> String {
    let args = [
        ("units", size.units.to_string()),
        ("room", size.room().to_string()),
        ("segments", size.segments.to_string()),
    ];
    t_args(if size.plain { "messages-size" } else { "messages-size-unicode" }, &args)
}
