//! The HTML document around every page.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::routes::App;
use crate::services::Services;
use crate::visit::Visit;

/// The whole document. Scripts are external modules: nothing blocks, and nothing inline needs an exception.
#[component]
pub fn Document() -> impl IntoView {
    let visit = use_context::<Visit>();
    let asset = |name: &str| use_context::<Services>().map(|services| services.site.asset(name)).unwrap_or_default();
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
                <script type="module" src=asset("boot.js") nonce=nonce></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
