//! Our own signs, drawn on a grid of 20 by 20 with a line of 1.5. Only those a page uses are sent.

use leptos::prelude::*;

/// What a sign stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A triangle with an exclamation mark.
    Alert,
    /// The authenticator app.
    App,
    /// To the previous page.
    Back,
    /// Branding.
    Brush,
    /// Channels: how messages leave.
    Channels,
    /// Usage & insights.
    Chart,
    /// Done, chosen.
    Check,
    /// Further, or closed details.
    Chevron,
    /// An empty circle: a rule that is not met yet.
    Circle,
    /// To the clipboard.
    Copy,
    /// Show what is hidden.
    Eye,
    /// Groups.
    Group,
    /// Information.
    Info,
    /// A saved code.
    Key,
    /// Password protection, unlock.
    Lock,
    /// Email.
    Mail,
    /// The menu under 900 px.
    Menu,
    /// The audit log.
    Log,
    /// The overview.
    Overview,
    /// A passkey.
    Passkey,
    /// Phone.
    Phone,
    /// Security questions.
    Question,
    /// Another picture, another try.
    Refresh,
    /// Password reset.
    Reset,
    /// Roles and policies.
    Shield,
    /// Sorted ascending.
    SortUp,
    /// Sorted descending.
    SortDown,
    /// Sortable.
    Sort,
    /// Listen.
    Sound,
    /// Stop: nothing more can be done here.
    Stop,
    /// A text message.
    Text,
    /// A person.
    User,
}

impl Sign {
    /// The path data.
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M10 3 18 16.5H2zM10 8v3.75M10 14.1v.1",
            Self::App => {
                "M6.5 2.5h7a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1zM8 10l1.5 1.5L12.25 8.5"
            }
            Self::Back => "M8.5 4 2.5 10l6 6M2.5 10h15",
            Self::Brush => {
                "M16.5 3 8.75 10.75M5 17c2.5 0 4-1 4-3a2.25 2.25 0 0 0-4.5 0c0 1.5-.75 2.25-1.75 2.5.6.35 1.4.5 2.25.5z"
            }
            Self::Channels => "M17.5 2.5 9 11M17.5 2.5l-5.25 15L9 11 2.5 7.75z",
            Self::Chart => "M3 3v14h14M7 13.5V10M11 13.5V6M15 13.5V8.5",
            Self::Check => "M4 10.5 8 14.5 16.5 5.5",
            Self::Chevron => "M7.5 4.5 13 10l-5.5 5.5",
            Self::Circle => "M10 3.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z",
            Self::Copy => "M7 6.5h9.5v10H7zM13.5 6.5v-3h-10v10H7",
            Self::Eye => {
                "M2 10c2-3.75 4.75-5.5 8-5.5s6 1.75 8 5.5c-2 3.75-4.75 5.5-8 5.5S4 13.75 2 10zM10 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"
            }
            Self::Group => {
                "M7 4a2.75 2.75 0 1 1 0 5.5A2.75 2.75 0 0 1 7 4zM2 16.5c0-3 2-4.75 5-4.75s5 1.75 5 4.75M13 4.2a2.75 2.75 0 0 1 0 5.1M14.5 12c2.2.6 3.5 2.2 3.5 4.5"
            }
            Self::Info => "M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM10 9.25V14M10 6.2v.1",
            Self::Key => "M13 3a4 4 0 1 1-3.6 5.75L3 15.25V17h2.5v-2h2v-2h2l1.6-1.6M14 6v.1",
            Self::Lock => {
                "M5 9h10a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM6.75 9V6.25a3.25 3.25 0 0 1 6.5 0V9M10 12v2"
            }
            Self::Mail => {
                "M3 4.5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM2.5 6l7.5 5 7.5-5"
            }
            Self::Menu => "M3 5.5h14M3 10h14M3 14.5h14",
            Self::Log => "M5 2.5h7L15.5 6v11.5H5zM12 2.5V6h3.5M7.5 9.5h5.5M7.5 13H13",
            Self::Overview => "M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z",
            Self::Passkey => {
                "M7.5 3a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM2 16.5c0-3 2.25-4.75 5.5-4.75 1 0 1.9.15 2.65.5M14.75 8a2.5 2.5 0 0 1 1 4.8v4.2l-1.25.75-1-1 .75-1-.75-1v-2.2A2.5 2.5 0 0 1 14.75 8z"
            }
            Self::Phone => {
                "M6.25 2.75 8 6.5 6.25 8.25c1 2.25 3.25 4.5 5.5 5.5L13.5 12l3.75 1.75c0 2-1.25 3.5-3 3.5C8.5 17.25 2.75 11.5 2.75 5.75c0-1.75 1.5-3 3.5-3z"
            }
            Self::Question => {
                "M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM7.75 8A2.25 2.25 0 1 1 10 10.25v1M10 13.9v.1"
            }
            Self::Refresh => "M16.5 10a6.5 6.5 0 1 1-1.9-4.6L16.5 7.25M16.5 3v4.25h-4.25",
            Self::Reset => {
                "M3.5 10a6.5 6.5 0 1 0 1.9-4.6L3.5 7.25M3.5 3v4.25h4.25M10 8.25a1.25 1.25 0 1 1 0 2.5 1.25 1.25 0 0 1 0-2.5zM10 10.75v2.25"
            }
            Self::Shield => "M10 2.5 16 5v4.5c0 4-2.5 6.75-6 8-3.5-1.25-6-4-6-8V5z",
            Self::SortUp => "M10 16V4.5M5.5 9 10 4.5 14.5 9",
            Self::SortDown => "M10 4v11.5M5.5 11l4.5 4.5 4.5-4.5",
            Self::Sort => "M6.5 7.5 10 4l3.5 3.5M6.5 12.5 10 16l3.5-3.5",
            Self::Sound => "M3 7.75h3l4-3.5v11.5l-4-3.5H3zM13 7.5a3.5 3.5 0 0 1 0 5M15 5a7 7 0 0 1 0 10",
            Self::Stop => "M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM6.25 10h7.5",
            Self::Text => {
                "M3 3.5h14a1 1 0 0 1 1 1v8.5a1 1 0 0 1-1 1h-7l-4 3.5V14H3a1 1 0 0 1-1-1V4.5a1 1 0 0 1 1-1zM6 7.25h8M6 10.25h5"
            }
            Self::User => {
                "M10 3a3.25 3.25 0 1 1 0 6.5A3.25 3.25 0 0 1 10 3zM3.5 17c0-3.5 2.5-5 6.5-5s6.5 1.5 6.5 5"
            }
        }
    }

    /// Whether it points along the line of text, and so turns round where that runs from right to left.
    const fn directional(self) -> bool {
        matches!(self, Self::Back | Self::Chevron)
    }
}

/// A sign beside a text that says the same: hidden from assistive technology.
#[component]
pub fn Icon(
    /// Which one.
    sign: Sign,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let directional = if sign.directional() { " icon-directional" } else { "" };
    view! {
        <svg class=format!("icon{directional} {class}").trim_end().to_owned() viewBox="0 0 20 20" aria-hidden="true">
            <path d=sign.path()></path>
        </svg>
    }
}

/// The product's mark, where the organisation has no logo of its own: a turn that ends at a keyhole.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="org-mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="currentColor"></rect>
            <g fill="none" class="org-mark-line" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">
                <path d="M8 12.2V7M8 12.2h5.2M8.6 12A9 9 0 1 1 7 17"></path>
                <path d="M16 19.5v-4.25"></path>
                <circle cx="16" cy="14.25" r="1.1"></circle>
            </g>
        </svg>
    }
}
