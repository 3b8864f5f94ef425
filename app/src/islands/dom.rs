//! The few things islands do to a document. Everything that may be missing is an `Option`: an island whose elements
//! are not there does nothing.

use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Window};

/// Runs `enhance` in the browser. On the server an island renders nothing.
pub(super) fn in_browser(enhance: impl FnOnce() -> Option<()>) {
    if cfg!(feature = "hydrate") {
        let _ = enhance();
    }
}

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

/// The element `id`, when it is a `T`.
pub(super) fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Calls `handle` on every `event`, for as long as the page lives.
pub(super) fn listen(target: &EventTarget, event: &str, handle: impl FnMut(Event) + 'static) -> Option<()> {
    let handle = Closure::<dyn FnMut(Event)>::new(handle);
    target.add_event_listener_with_callback(event, handle.as_ref().unchecked_ref()).ok()?;
    handle.forget();
    Some(())
}

/// Calls `then` once, after `milliseconds`.
pub(super) fn after(milliseconds: i32, then: impl FnOnce() + 'static) -> Option<()> {
    let then = Closure::once_into_js(then);
    let then = then.unchecked_ref();
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(then, milliseconds).ok().map(|_| ())
}

/// Every element in `root` that matches `selector`.
pub(super) fn each(root: &Element, selector: &str, mut visit: impl FnMut(HtmlElement)) {
    let Ok(list) = root.query_selector_all(selector) else { return };
    for index in 0..list.length() {
        if let Some(element) = list.get(index).and_then(|node| node.dyn_into().ok()) {
            visit(element);
        }
    }
}

/// Shows what is of use only with scripts.
pub(super) fn reveal(element: &Element) {
    let _ = element.remove_attribute("hidden");
}

pub(super) fn set(element: &Element, attribute: &str, value: &str) {
    let _ = element.set_attribute(attribute, value);
}
