//! Secrets that are carried to a phone: by camera, or by hand.

use leptos::prelude::*;

use super::content::Details;
use super::icon::{Icon, Sign};
use crate::islands::CopyButton;
use crate::text::t;

/// A QR code and, under *Can’t scan?*, what it says in a form that can be typed.
#[component]
pub fn QrPanel(
    /// The code as SVG, dark on light, made by the server.
    svg: String,
    /// Its accessible name.
    #[prop(into)]
    name: String,
    /// The accessible name of the typed form: *Secret key* or *Pairing code*.
    #[prop(into)]
    key_name: String,
    /// The typed form, without spaces; it is shown in groups of four.
    key: String,
    /// On the phone itself: a link that opens the app, and its text.
    #[prop(optional_no_strip)]
    open: Option<(String, String)>,
) -> impl IntoView {
    view! {
        <div class="qr-panel">
            {open.map(|(href, text)| view! { <a class="button button-secondary qr-open" href=href>{text}</a> })}
            <div class="qr" role="img" aria-label=name inner_html=svg></div>
            <Details summary=t("ui-cannot-scan")>
                <p class="small">{key_name.clone()}</p>
                <KeyText id="qr-key" name=key_name text=key/>
            </Details>
        </div>
    }
}

/// A key or code in groups of four, with *Copy*. The groups are parted by space alone, so that what is selected, read
/// or copied is the key as it is.
#[component]
pub fn KeyText(
    /// The id of the element that holds the key.
    #[prop(into)]
    id: String,
    /// Its accessible name.
    #[prop(into)]
    name: String,
    /// The key.
    text: String,
) -> impl IntoView {
    let chars: Vec<char> = text.chars().collect();
    let groups = chars
        .chunks(4)
        .map(|group| view! { <span>{group.iter().collect::<String>()}</span><wbr/> })
        .collect_view();
    let button = format!("{id}-copy");
    view! {
        <div class="key" id=id.clone() role="group" aria-label=name dir="ltr">{groups}</div>
        <div>
            <button class="link-button" type="button" id=button.clone() hidden aria-describedby=id.clone()>
                <Icon sign=Sign::Copy/>
                <span>{t("ui-copy")}</span>
            </button>
            <CopyButton button source=id label=t("ui-copy") copied=t("ui-copied")/>
        </div>
    }
}

/// A number that a person carries over to another screen.
#[component]
pub fn NumberToEnter(
    /// Its accessible name.
    #[prop(into)]
    name: String,
    /// The number.
    #[prop(into)]
    number: String,
) -> impl IntoView {
    view! { <div class="key key-big" role="group" aria-label=name dir="ltr">{number}</div> }
}
