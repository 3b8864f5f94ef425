//! `/`

use leptos::prelude::*;

use crate::outcome::lead_to;
use crate::visit::visit;

/// Leads to the person's security info, or to sign-in.
#[component]
pub fn Home() -> impl IntoView {
    lead_to(if visit().session.is_some() { "/security-info" } else { "/signin" });
}
