use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::XmlHttpRequest;

use super::dom::{after, in_browser, window};

/// How often the status is asked for, in milliseconds.
const PAUSE: i32 = 2_000;

/// Loads the page again as soon as its status is another than the one that it shows. The page decides what comes next;
/// the status proves nothing.
#[island]
pub fn PushWait(
    /// The address of the status.
    status: String,
    /// What it says as long as there is nothing new.
    state: String,
) -> impl IntoView {
    in_browser(move || ask_later(status, state));
}

fn ask_later(status: String, state: String) -> Option<()> {
    after(PAUSE, move || {
        let _ = ask(status, state);
    })
}

fn ask(status: String, state: String) -> Option<()> {
    let request = XmlHttpRequest::new().ok()?;
    request.open("GET", &status).ok()?;
    let answered = request.clone();
    let done = Closure::once_into_js(move || {
        let text = answered.response_text().ok().flatten().unwrap_or_default();
        // Without an answer the page waits on: the network may come back.
        if answered.status().is_ok_and(|code| code == 200) && text != state {
            let _ = window().map(|window| window.location().reload());
        } else {
            ask_later(status, state);
        }
    });
    request.set_onloadend(Some(done.unchecked_ref()));
    request.send().ok()
}
