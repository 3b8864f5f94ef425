//! All addresses, and the layers around them.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use axum::{Extension, Router};
use http::request::Parts;
use http::{Method, StatusCode};
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{AxumRouteListing, LeptosRoutes as _, generate_route_list};
use regain_app::document::Document;
use regain_app::routes::App;
use regain_app::services::Services;
use regain_app::visit::Visit;

use super::{
    assets, authenticator, body_limit, captcha, edge, form_mark, headers, health, hooks, logo, origin,
    panics, repeat, spelling, visit, well_known,
};
use crate::engine::Engine;
use crate::services;
use spelling::Spellings;

/// The application.
pub fn router(engine: &Arc<Engine>) -> Router {
    let services = services::of(engine);
    let listed = generate_route_list(App);
    let spellings = Arc::new(spellings(&listed));
    let pages = pages(services.clone(), listed);
    // Innermost: a form that came before is known by now, and what is done again is the deed alone.
    let repeated = || from_fn_with_state(Arc::clone(engine), repeat::repeat);
    let forms = pages.merge(services::routes()).route_layer(repeated());
    let router = Router::new()
        .merge(forms.route_layer(from_fn_with_state(Arc::clone(engine), form_mark::judge)))
        .route("/reset/captcha.png", get(captcha::picture))
        .route("/reset/captcha.wav", get(captcha::sound))
        .merge(well_known::routes())
        .merge(authenticator::routes().route_layer(repeated()))
        .with_state(Arc::clone(engine));
    #[cfg(feature = "test-seams")]
    let router = router.merge(crate::seams::routes(engine));
    router
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(from_fn_with_state(spellings, spelling::lead))
        .layer(Extension(services))
        .layer(panics::layer(engine))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(body_limit::limit_body))
        .layer(from_fn(origin::show_token))
        .layer(origin::fetch_metadata())
        .layer(from_fn(origin::hide_token))
        .layer(from_fn_with_state(Arc::clone(engine), origin::judge_origin))
        .layer(from_fn_with_state(Arc::clone(engine), visit::make_visit))
        .merge(without_visit(engine))
        .layer(from_fn_with_state(Arc::clone(engine), origin::judge_host))
        .layer(from_fn_with_state(Arc::clone(engine), edge::guard))
}

/// Assets, health and what gateways call back: they need no visit, only its headers.
fn without_visit(engine: &Arc<Engine>) -> Router {
    assets::router()
        .route("/branding/{file}", get(logo::serve))
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .merge(hooks::routes().route_layer(from_fn(repeat::settle)))
        .layer(from_fn_with_state(Arc::clone(engine), headers::secure_always))
        .with_state(Arc::clone(engine))
}

/// The pages, the forms that they post, and the app's own page.
fn spellings(listed: &[AxumRouteListing]) -> Spellings {
    let pages = listed.iter().map(|page| (Method::GET, page.path().to_owned()));
    let forms = server_fn_paths().map(|(path, method)| (method, path.to_owned()));
    Spellings::of(pages.chain(forms).chain([(Method::GET, authenticator::PAGE.to_owned())]))
}

fn pages(services: Services, listed: Vec<AxumRouteListing>) -> Router<Arc<Engine>> {
    let options = LeptosOptions::builder().output_name("regain").build();
    let context = move || {
        provide_context(services.clone());
        let visit = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visit>().cloned());
        if let Some(visit) = visit {
            provide_context(Nonce::from_value(visit.nonce.clone()));
            provide_context(visit);
        }
    };
    Router::new().leptos_routes_with_context(&options, listed, context, Document).with_state(options)
}
