//! Use cases: the traits that pages call, implemented on the engine.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use regain_app::outcome::Failure;
use regain_app::services::Services;

use crate::engine::Engine;
use crate::http::SealedCookies;

mod account;
mod audit;
pub(crate) mod authenticator;
mod branding;
mod channels;
mod demo;
mod groups;
mod hardware_tokens;
pub(crate) mod helpdesk;
mod messages;
mod methods_policy;
mod overview;
mod paging;
mod passes;
mod password_protection;
mod people;
mod policy;
mod registration;
mod report;
mod reset;
mod security_info;
pub(crate) mod settings;
mod sign_in;
mod site;
mod stream;
mod upload;
pub(crate) mod usage;

pub(crate) use branding::PAGE as BRANDING_PAGE;
pub(crate) use groups::row as group_row;
pub(crate) use methods_policy::{COMMON_PAGE, page as methods_page};
pub(crate) use reset::decoy::{Mimic, Mix, SETTINGS as DECOYS};
pub(crate) use reset::finish::Next;
pub(crate) use reset::record::{evened, in_truth, name as method_name, of_decoy};
pub(crate) use reset::standing::outcome::{DONE, EXPIRED, REPORTED};
pub(crate) use reset::standing::{Standing, is_known};
pub(crate) use sign_in::factor_choice;

/// The services of an engine.
pub fn of(engine: &Arc<Engine>) -> Services {
    Services {
        cookies: Arc::new(SealedCookies(Arc::clone(engine))),
        account: Arc::clone(engine) as _,
        audit: Arc::clone(engine) as _,
        branding: Arc::clone(engine) as _,
        channels: Arc::clone(engine) as _,
        demo: Arc::clone(engine) as _,
        groups: Arc::clone(engine) as _,
        hardware_tokens: Arc::clone(engine) as _,
        helpdesk: Arc::clone(engine) as _,
        marks: Arc::clone(engine) as _,
        messages: Arc::clone(engine) as _,
        methods_policy: Arc::clone(engine) as _,
        overview: Arc::clone(engine) as _,
        passes: Arc::clone(engine) as _,
        password_protection: Arc::clone(engine) as _,
        people: Arc::clone(engine) as _,
        policy: Arc::clone(engine) as _,
        registration: Arc::clone(engine) as _,
        report: Arc::clone(engine) as _,
        reset: Arc::clone(engine) as _,
        security_info: Arc::clone(engine) as _,
        sign_in: Arc::clone(engine) as _,
        site: Arc::clone(engine) as _,
        usage: Arc::clone(engine) as _,
    }
}

/// Addresses that answer with something else than a page, and forms that are no server functions: downloads, uploads,
/// JSON, what an address with a token does.
pub fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route("/admin/audit-logs/export.csv", get(audit::csv))
        .route("/admin/audit-logs/export.json", get(audit::json))
        .route(regain_app::pages::admin::branding::UPLOAD, post(branding::upload))
        .route(regain_app::pages::admin::hardware_tokens::UPLOAD, post(hardware_tokens::upload))
        .route("/admin/usage-insights/users.csv", get(usage::csv))
        .route("/demo/outbox.json", get(demo::json))
        .route(regain_app::pages::report::PATTERN, post(report::post))
}

/// What pages learn of an error below the rules: where the database is the cause, that nothing was lost and another try
/// is worth it. The cause goes to the log.
pub(crate) fn failure(error: regain_store::Error) -> Failure {
    match error {
        regain_store::Error::Unavailable(trouble) => {
            tracing::warn!(%trouble, "the database cannot be used");
            Failure::Busy(5)
        }
        error => {
            tracing::error!(%error, "the database failed");
            Failure::Internal
        }
    }
}

/// What pages learn of a hash that could not be made.
pub(crate) fn hash_failure(error: regain_directory::HashError) -> Failure {
    match error {
        regain_directory::HashError::Busy => Failure::Busy(2),
        regain_directory::HashError::Failed => Failure::Internal,
    }
}
