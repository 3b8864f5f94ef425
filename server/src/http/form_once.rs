//! Answers a form of one of our pages once ([`crate::forms`]): the same form again is led where the first one was led.

use std::sync::Arc;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use regain_app::form_mark::{Posted, Subject};
use regain_app::outcome::{REFUSED, is_gate};
use regain_app::services::Cookies;
use regain_app::visit::Visit;

use super::cookies::{SealedCookies, form_cookie};
use crate::engine::Engine;
use crate::forms::Earlier;

/// The form's answer. `belongs`: it acts on what its cookie names now, or on nothing.
pub(super) async fn answer(
    engine: Arc<Engine>,
    mut visit: Visit,
    posted: Posted,
    belongs: bool,
    mut request: Request,
    next: Next,
) -> Response {
    let answering = async move {
        let _turn = engine.forms.take(&posted.digest).await;
        match engine.earlier(&visit, &posted, belongs).await {
            Ok(Some(earlier)) => return again(&SealedCookies(Arc::clone(&engine)), earlier),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "whether a form came before cannot be read");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        }
        visit.posted = Some(posted.clone());
        request.extensions_mut().insert(visit.clone());
        let response = next.run(request).await;
        // Another server may have answered the same form meanwhile: then this one changed nothing.
        if response.status() == StatusCode::SERVICE_UNAVAILABLE
            && let Ok(Some(earlier)) = engine.earlier(&visit, &posted, belongs).await
        {
            return again(&SealedCookies(Arc::clone(&engine)), earlier);
        }
        let kept = worth_keeping(&visit, &response);
        if let Some((led_to, shows)) = kept
            && let Err(error) = engine.remember_later(&visit, &led_to, shows.as_deref()).await
        {
            tracing::warn!(%error, path = visit.logged_path(), "where a form led could not be kept");
        }
        response
    };
    // Whoever presses twice closes the first connection. What was begun is brought to its end all the same.
    match tokio::spawn(answering).await.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(response) => response,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        Err(Err(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Where a form of a session led, if it did what was asked for. What the steps of a reset lead to is kept with what they
/// do: nothing else is written for them.
fn worth_keeping(visit: &Visit, response: &Response) -> Option<(String, Option<String>)> {
    let of_session = matches!(Subject::of(&visit.path), Subject::Session | Subject::Visitor);
    let refused = response.headers().contains_key(REFUSED);
    if !of_session || refused || response.status() != StatusCode::SEE_OTHER {
        return None;
    }
    let led_to = response.headers().get(header::LOCATION)?.to_str().ok().filter(|led_to| !is_gate(led_to))?;
    Some((led_to.to_owned(), form_cookie(response.headers()).map(ToOwned::to_owned)))
}

fn again(cookies: &SealedCookies, earlier: Earlier) -> Response {
    let mut headers = HeaderMap::new();
    let location = HeaderValue::from_str(&earlier.led_to).unwrap_or(HeaderValue::from_static("/"));
    headers.insert(header::LOCATION, location);
    for cookie in &earlier.cookies {
        headers.append(header::SET_COOKIE, cookies.set(cookie));
    }
    let shows = earlier.shows.and_then(|shows| HeaderValue::from_str(&shows).ok());
    let shows = shows.unwrap_or_else(|| cookies.keep_form(&earlier.led_to, None));
    headers.append(header::SET_COOKIE, shows);
    (StatusCode::SEE_OTHER, headers).into_response()
}
