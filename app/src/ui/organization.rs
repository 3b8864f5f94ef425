//! The organisation's name and way to help, for the shells.

use std::future::Future;

use leptos::prelude::use_context;

use crate::services::Services;
use crate::services::site::Organization;

/// The organisation. Without services (a page that tells of a failure) the product speaks for itself.
pub(super) fn organization() -> impl Future<Output = Organization> + Send + 'static {
    let services = use_context::<Services>();
    async move {
        match services {
            Some(services) => services.site.organization().await,
            None => Organization { name: "Regain".to_owned(), help_link: "/help".to_owned() },
        }
    }
}
