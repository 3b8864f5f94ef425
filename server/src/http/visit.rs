//! From a request to a [`Visit`].

use std::net::SocketAddr;
use std::str::FromStr as _;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use http::{HeaderMap, Method, StatusCode, header};
use regain_app::form_mark::Subject;
use regain_app::outcome::SHOWS_CODE;
use regain_app::pages::authenticator::password;
use regain_app::text::Locale;
use regain_app::visit::{Session, Visit};
use regain_core::code::SupportCode;
use regain_core::form::FormState;
use regain_core::role::Role;
use regain_core::secret::Secret;
use regain_core::time::Duration;
use regain_store::Result;
use uuid::Uuid;

use super::authenticator;
use super::cookies;
use super::edge::{UnderWay, refuse};
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::policy;

/// Idle time-out (security reference 1.3; NIST SP 800-63B-4 AAL3, PCI DSS 8.2.8).
pub const IDLE: Duration = Duration::from_mins(15);
/// `seen_at` is written at most this often.
const TOUCH: Duration = Duration::from_mins(1);
const CLIENT_CHARS: usize = 256;

/// Puts the visit into the request's extensions.
pub(super) async fn make_visit(
    State(engine): State<Arc<Engine>>,
    mut request: Request,
    next: Next,
) -> Response {
    // A form posted by Leptos's rules would be answered with a redirect to wherever the Referer says.
    request.headers_mut().remove(header::REFERER);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let headers = request.headers();
    let path = request.uri().path().to_owned();
    let received = cookies::read(&engine, headers, &path);
    // A phone's calls prove themselves by its key: the app left open does not keep the browser's session awake.
    let token = received.session.as_ref().filter(|_| !path.starts_with(authenticator::CALLS));
    let loaded = async {
        let session = load_session(&engine, token).await?;
        Ok::<_, regain_store::Error>((session, load_flow(&engine, &received, &path).await?))
    };
    let (session, flow_id) = match loaded.await {
        Ok(loaded) => loaded,
        Err(error) => {
            tracing::error!(%error, "what the cookies name cannot be read");
            return refuse(&engine, StatusCode::SERVICE_UNAVAILABLE, None).await;
        }
    };
    let query = request.uri().query().unwrap_or_default().to_owned();
    let is_new = session.is_none() && received.code.is_none();
    let code = received.code.unwrap_or_else(|| SupportCode::generate(&*engine.entropy));
    let support_code = session.as_ref().map_or_else(|| code.as_str().to_owned(), |(_, code)| code.clone());
    let forced = forced(&query);
    let zone = engine.organization().await.zone;
    let visit = Visit {
        address: engine.source_of(peer, headers),
        client: client(headers),
        locale: forced.or(received.locale).unwrap_or_else(|| preferred(headers)),
        zone,
        path,
        query,
        support_code,
        nonce: nonce(&engine),
        session: session.map(|(session, _)| session),
        session_token: received.session,
        flow_token: received.flow,
        finish_token: received.finish,
        browser: received.browser,
        flow_id,
        keeps_cookies: received.any,
        form: received.form,
        posted: None,
        demo: engine.demo,
    };
    let (nonce, keeps_cookies) = (visit.nonce.clone(), visit.keeps_cookies);
    let shows_form = request.method() == Method::GET && visit.form != FormState::default();
    let for_errors = visit.clone();
    if let Some(under_way) = request.extensions().get::<UnderWay>() {
        under_way.note(&visit);
    }
    request.extensions_mut().insert(visit);
    let led = super::must_change::lead(&for_errors, request.method());
    let response = match led {
        Some(response) => response,
        None => next.run(request).await,
    };
    let response = super::errors::replace_failures(&engine, for_errors, response).await;
    let mut response = super::html::end_page(response).await;
    if !keeps_cookies && super::html::is_page(&response) {
        // It comes back with the page's form, or that form is told that nothing works without cookies.
        response.headers_mut().append(header::SET_COOKIE, cookies::probe());
    }
    if shows_form && response.status().is_success() {
        // Told once: the same page opened again, or *Discard*, shows what is saved.
        response.headers_mut().append(header::SET_COOKIE, cookies::forget_form());
    }
    if let Some(locale) = forced {
        response.headers_mut().append(header::SET_COOKIE, cookies::keep_locale(locale));
    }
    if response.headers_mut().remove(SHOWS_CODE).is_some() && is_new {
        response.headers_mut().append(header::SET_COOKIE, cookies::keep_code(&engine, &code));
    }
    super::headers::secure(&engine, Some(&nonce), response.headers_mut());
    engine.metrics.count_answer(response.status());
    response
}

async fn load_session(engine: &Engine, token: Option<&Secret>) -> Result<Option<(Session, String)>> {
    let Some(token) = token else { return Ok(None) };
    let now = engine.now();
    let mut tx = engine.store.read().await?;
    let Some(row) = tx.session(&token_hash(token.expose()), now, now.minus(IDLE)).await? else {
        return Ok(None);
    };
    let Some(user) = tx.user(row.user_id).await? else { return Ok(None) };
    let roles: Vec<Role> =
        tx.roles(user.id).await?.iter().filter_map(|role| Role::from_str(role).ok()).collect();
    // Whom a temporary pass let in did not use the password that somebody else set.
    let by_pass = row.pass_id.is_some();
    let must_change_password =
        !by_pass && tx.password(user.id).await?.is_some_and(|password| password.temporary);
    let policies = policy::All::load(&mut *tx).await?;
    let groups = policies.membership(&mut *tx, user.id).await?;
    let effective = engine.effective(&policies, &roles, &groups);
    let held_until = engine.held_until(&mut *tx, &row, &policies).await?;
    drop(tx);
    if now.since(row.seen_at) >= TOUCH
        && let Err(error) = touch(engine, row.id).await
    {
        // Reading goes on without it, also on a database that takes no writes.
        tracing::warn!(%error, "when a session was seen cannot be written");
    }
    let mut session = Session {
        id: row.id.to_string(),
        user_id: user.id.to_string(),
        upn: user.upn,
        display_name: user.display_name,
        roles,
        signed_in_at: row.created_at,
        proved_at: row.proved_at,
        proved_by: row.proved_by.and_then(|method| method.parse().ok()),
        second_factors: effective.second_factors,
        must_change_password,
        by_pass,
        held_until,
        owes_second_factor: false,
    };
    session.owes_second_factor =
        effective.second_factor && !by_pass && !must_change_password && !session.is_strongly_proved();
    Ok(Some((session, row.support_code)))
}

/// The flow of the cookie, where forms may act on it.
async fn load_flow(engine: &Engine, received: &cookies::Received, path: &str) -> Result<Option<String>> {
    if path == password::PATH {
        return load_finish(engine, received.finish.as_ref()).await;
    }
    let acts = matches!(Subject::of(path), Subject::Flow | Subject::Visitor);
    let Some(token) = received.flow.as_ref().filter(|_| acts) else { return Ok(None) };
    let flow = engine.store.read().await?.flow(&token_hash(token.expose())).await?;
    Ok(flow.map(|flow| flow.id.to_string()))
}

/// The reset whose new password is chosen on this phone, while it may be.
async fn load_finish(engine: &Engine, token: Option<&Secret>) -> Result<Option<String>> {
    let Some(token) = token else { return Ok(None) };
    let finish = engine.store.read().await?.finish_by_token(&token_hash(token.expose())).await?;
    let open = finish.filter(|finish| finish.expires_at > engine.now());
    Ok(open.map(|finish| finish.flow_id.to_string()))
}

async fn touch(engine: &Engine, session: Uuid) -> Result<()> {
    let mut tx = engine.store.write().await?;
    tx.touch_session(session, engine.now()).await?;
    tx.commit().await
}

fn client(headers: &HeaderMap) -> String {
    let text = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.chars().filter(|c| !c.is_control()).take(CLIENT_CHARS).collect()
}

/// `?mkt=` goes before everything else, on this page and the next ones (R111).
fn forced(query: &str) -> Option<Locale> {
    let tag =
        query.split('&').find_map(|pair| pair.strip_prefix("mkt=").or(pair.strip_prefix("ui_locales=")));
    tag.and_then(Locale::from_tag)
}

/// What the browser prefers.
fn preferred(headers: &HeaderMap) -> Locale {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    accepted.map(Locale::from_accept_language).unwrap_or_default()
}

fn nonce(engine: &Engine) -> String {
    let mut bytes = [0; 18];
    engine.entropy.fill(&mut bytes);
    BASE64URL_NOPAD.encode(&bytes)
}
