//! The organisation's name and way to help, for the shells.

use std::future::Future;

use leptos::prelude::*;

use super::icon::Mark;
use crate::services::Services;
use crate::services::site::{Logo, Organization};
use crate::text::Zone;

/// The organisation. Without services (a page that tells of a failure) the product speaks for itself.
pub(super) fn organization() -> impl Future<Output = Organization> + Send + 'static {
    let services = use_context::<Services>();
    async move {
        match services {
            Some(services) => services.site.organization().await,
            None => Organization {
                name: "Regain".to_owned(),
                help_link: "/help".to_owned(),
                helpdesk: None,
                logo: None,
                zone: Zone::default(),
            },
        }
    }
}

/// The organisation's logo, or the product's mark. The name stands beside it, so that it says nothing of its own.
#[component]
pub(super) fn OrganizationMark(
    /// The logo, if there is one.
    logo: Option<Logo>,
) -> impl IntoView {
    match logo {
        None => view! { <Mark/> }.into_any(),
        Some(logo) => view! {
            <img class="org-logo" src=logo.address width=logo.width height=logo.height alt=""/>
        }
        .into_any(),
    }
}
