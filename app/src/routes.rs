//! Which page answers which address. Routes decide nothing else: services authorise.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, StaticSegment};

use crate::pages;

/// The application: every page, each complete HTML without streaming.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=pages::not_found::NotFound>
                <Route path=StaticSegment("signin") view=pages::signin::SignIn ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
