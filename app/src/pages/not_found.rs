//! Any address that is none of ours.

use leptos::prelude::*;

use crate::outcome::{Failure, end_page};

/// Ends in the 404 page. It renders nothing itself: an unknown path must never show another page's content.
#[component]
pub fn NotFound() -> impl IntoView {
    if use_context::<crate::visit::Visit>().is_some() {
        end_page(Failure::NotFound);
    }
}
