//! What the page has to say besides its question.

use leptos::prelude::*;

use super::icon::{Icon, Sign};

/// The tone of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// It worked.
    Ok,
    /// Think twice.
    Warn,
    /// It did not work.
    Bad,
}

impl Tone {
    const fn banner(self) -> (&'static str, Sign) {
        match self {
            Self::Info => ("banner", Sign::Info),
            Self::Ok => ("banner banner-ok", Sign::Check),
            Self::Warn => ("banner banner-warn", Sign::Alert),
            Self::Bad => ("banner banner-bad", Sign::Stop),
        }
    }

    const fn tag(self) -> &'static str {
        match self {
            Self::Info => "tag tag-info",
            Self::Ok => "tag tag-ok",
            Self::Warn => "tag tag-warn",
            Self::Bad => "tag tag-bad",
        }
    }
}

/// A message in the page, which stays until the next one.
#[component]
pub fn Banner(
    /// The tone.
    #[prop(optional)]
    tone: Tone,
    /// The message in a few words.
    #[prop(optional, into)]
    title: Option<String>,
    /// The rest of it.
    children: Children,
) -> impl IntoView {
    let (class, sign) = tone.banner();
    let title = title.map(|title| view! { <p class="banner-title">{title}</p> });
    view! {
        <div class=class>
            <Icon sign/>
            <div class="banner-body">{title}{children()}</div>
        </div>
    }
}

/// What the last act did, for instance that settings were saved: focused on arrival, so that it is read first.
#[component]
pub fn StatusMessage(
    /// The message.
    #[prop(into)]
    text: String,
    /// The tone.
    #[prop(default = Tone::Ok)]
    tone: Tone,
) -> impl IntoView {
    let (class, sign) = tone.banner();
    view! {
        <div class=class role="status" tabindex="-1" autofocus>
            <Icon sign/>
            <p>{text}</p>
        </div>
    }
}

/// A list or search without a result: one sentence, and what to do next as the children.
#[component]
pub fn EmptyState(
    /// The sentence.
    #[prop(into)]
    text: String,
    /// A sign above it.
    #[prop(optional)]
    sign: Option<Sign>,
    /// One action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {sign.map(|sign| view! { <Icon sign/> })}
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// A state in one word, in a table or beside a name.
#[component]
pub fn Tag(
    /// The word.
    #[prop(into)]
    text: String,
    /// The tone; neutral without.
    #[prop(optional)]
    tone: Option<Tone>,
) -> impl IntoView {
    view! { <span class=tone.map_or("tag", Tone::tag)>{text}</span> }
}
