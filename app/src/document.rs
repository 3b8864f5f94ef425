//! The HTML document around every page.

use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

use crate::pages::another::{Another, AnotherPage};
use crate::pages::error::ErrorPage;
use crate::routes::App;
use crate::services::Services;
use crate::visit::Visit;

/// The document of the application.
#[component]
pub fn Document() -> impl IntoView {
    frame(view! { <App/> }.into_any())
}

/// The document of a request that cannot be answered, whatever its address.
#[component]
pub fn ErrorDocument(
    /// What went wrong: the HTTP status, or a name.
    name: String,
    /// Where the start page is.
    home: String,
) -> impl IntoView {
    provide_meta_context();
    frame(view! { <ErrorPage name home/> }.into_any())
}

/// The document of a form that belongs to another reset or sign-in than its browser has by now.
#[component]
pub fn AnotherDocument(
    /// What the browser has by now.
    another: Another,
) -> impl IntoView {
    provide_meta_context();
    frame(view! { <AnotherPage another/> }.into_any())
}

/// Scripts are external modules: nothing blocks, and nothing inline needs an exception.
fn frame(body: AnyView) -> impl IntoView {
    let visit = use_context::<Visit>();
    let services = use_context::<Services>();
    let asset = |name: &str| services.as_ref().map(|services| services.site.asset(name)).unwrap_or_default();
    let (lang, dir, nonce) = visit.map_or(("en", "ltr", String::new()), |visit| {
        (visit.locale.tag(), visit.locale.direction(), visit.nonce)
    });
    view! {
        <!DOCTYPE html>
        <html lang=lang dir=dir>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" href=asset("regain.css")/>
                <link rel="icon" href=asset("favicon.svg") type="image/svg+xml"/>
                <script type="module" src=asset("regain.js") nonce=nonce></script>
                <MetaTags/>
            </head>
            <body>{body}</body>
        </html>
    }
}
