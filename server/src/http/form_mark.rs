//! Judges what a form says of itself ([`regain_app::form_mark`]) before anything else hears of it. A form whose mark is
//! not the one of the flow or session that its cookie names by now, or that has none, changes nothing.

use std::error::Error as _;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest as _, Multipart, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, Method, StatusCode, header};
use http_body_util::LengthLimitError;
use regain_app::form_mark::{FIELD, FormMarks, Holder, Posted, Subject, is_judged_each_time};
use regain_app::outcome::REFUSED;
use regain_app::pages::another::Another;
use regain_app::visit::Visit;
use subtle::ConstantTimeEq as _;

use super::errors::{Told, another_page, failure_page};
use super::form_once;
use crate::crypto::Keys;
use crate::engine::Engine;

impl FormMarks for Engine {
    fn mark(&self, visit: &Visit, action: &str) -> String {
        let path = action.split(['?', '#']).next().unwrap_or_default();
        let mark = Holder::of(path, visit).map(|holder| mark_of(&self.keys, holder, &visit.nonce));
        format!("{}.{}", visit.nonce, mark.unwrap_or_default())
    }
}

/// Lets a form pass that belongs to what its cookie names, or that acts on nothing.
pub(super) async fn judge(State(engine): State<Arc<Engine>>, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().filter(|_| request.method() == Method::POST).cloned();
    let mut response = match visit {
        Some(visit) => judge_form(engine, visit, request, next).await,
        None => next.run(request).await,
    };
    response.headers_mut().remove(REFUSED);
    response
}

async fn judge_form(engine: Arc<Engine>, visit: Visit, request: Request, next: Next) -> Response {
    if Subject::of(&visit.path) == Subject::Address {
        // It happens once by itself. Where it led is not kept: addresses with tokens are in no table.
        return next.run(request).await;
    }
    if !visit.keeps_cookies {
        return refuse_cookieless(&engine, &visit).await;
    }
    let path = visit.path.clone();
    let holder = Holder::of(&path, &visit);
    // Nobody is there whom a file could belong to: that is said before it is read.
    if holder.is_none() && (is_judged_each_time(&path) || is_file(request.headers())) {
        return next.run(request).await;
    }
    let (request, body) = match read(request).await {
        Ok(read) => read,
        Err(status) => return status.into_response(),
    };
    let mark = match posted_mark(&request, &body).await {
        Ok(mark) => mark.unwrap_or_default(),
        Err(status) => return status.into_response(),
    };
    if let Some(holder) = holder
        && !is_of(&engine.keys, holder, &mark)
    {
        tracing::info!(
            support_code = visit.support_code,
            path = visit.logged_path(),
            "a form of another flow or session was refused"
        );
        return refuse(&engine, &visit, holder).await;
    }
    let form = (!is_judged_each_time(&path)).then(|| posted(&engine, &visit, holder, &mark, &body)).flatten();
    let request = request.map(|()| Body::from(body));
    let Some(form) = form else { return next.run(request).await };
    let belongs = holder.is_some() || matches!(Subject::of(&path), Subject::New | Subject::Visitor);
    form_once::answer(engine, visit, form, belongs, request, next).await
}

/// The form as it can be told from every other; `None`: it came from no page of ours.
fn posted(
    engine: &Engine,
    visit: &Visit,
    holder: Option<Holder<'_>>,
    mark: &str,
    body: &[u8],
) -> Option<Posted> {
    mark.split_once('.').filter(|(page, _)| !page.is_empty())?;
    let token = match Subject::of(&visit.path) {
        Subject::New | Subject::Address => None,
        Subject::Flow => visit.flow_token.clone(),
        Subject::Session => visit.session_token.clone(),
        Subject::Visitor => visit.session_token.clone().or_else(|| visit.flow_token.clone()),
    };
    Some(Posted {
        digest: engine.keys.form_digest(&format!("{}?{}", visit.path, visit.query), body),
        holder: holder.map(|holder| holder.id().to_owned()).unwrap_or_default(),
        token: token.unwrap_or_default(),
        at: engine.now(),
    })
}

async fn refuse(engine: &Arc<Engine>, visit: &Visit, holder: Holder<'_>) -> Response {
    let another = match (holder, &visit.session) {
        (Holder::Session(_), Some(session)) => Ok(Another::SignIn { name: session.upn.clone() }),
        _ => engine.reset_of(visit).await,
    };
    match another {
        Ok(another) => another_page(engine, visit, another).await,
        Err(failure) => failure_page(engine, Told::Status(failure.status()), Some(visit.clone())).await,
    }
}

/// Every page of ours leaves a cookie, and without one the next page could not know whose it is (R113).
async fn refuse_cookieless(engine: &Engine, visit: &Visit) -> Response {
    let mut response = match engine.note_cookieless(visit).await {
        Ok(()) => StatusCode::FORBIDDEN.into_response(),
        Err(failure) => return failure.status().into_response(),
    };
    response.extensions_mut().insert(Told::Cookies);
    response
}

fn mark_of(keys: &Keys, holder: Holder<'_>, page: &str) -> String {
    match holder {
        Holder::Flow(id) => keys.form_mark(&["flow", id], page),
        Holder::Session(id) => keys.form_mark(&["session", id], page),
    }
}

fn is_of(keys: &Keys, holder: Holder<'_>, posted: &str) -> bool {
    let (page, mark) = posted.split_once('.').unwrap_or_default();
    mark_of(keys, holder, page).as_bytes().ct_eq(mark.as_bytes()).into()
}

/// The body, as far as it may go: the layers around bound it in size and time.
async fn read(request: Request) -> Result<(http::Request<()>, Bytes), StatusCode> {
    let (parts, body) = request.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => Ok((http::Request::from_parts(parts, ()), bytes)),
        Err(error) => {
            let mut cause = error.source();
            while let Some(error) = cause {
                if error.is::<LengthLimitError>() {
                    return Err(StatusCode::PAYLOAD_TOO_LARGE);
                }
                cause = error.source();
            }
            Err(StatusCode::BAD_REQUEST)
        }
    }
}

/// Whether the form sends a file.
fn is_file(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(http::HeaderValue::as_bytes).unwrap_or_default();
    kind.starts_with(b"multipart/form-data")
}

/// The mark as it was posted; the first one counts. It fails where the body is not the form it says it is.
async fn posted_mark(request: &http::Request<()>, body: &Bytes) -> Result<Option<String>, StatusCode> {
    let kind = request.headers().get(header::CONTENT_TYPE).filter(|_| is_file(request.headers()));
    let Some(kind) = kind else {
        // Letters, digits and what else a mark is made of stand for themselves in a form's body.
        let value = |pair: &[u8]| Some(pair.strip_prefix(FIELD.as_bytes())?.strip_prefix(b"=")?.to_vec());
        let value = body.split(|byte| *byte == b'&').find_map(value);
        return Ok(value.and_then(|value| String::from_utf8(value).ok()));
    };
    let unreadable = |_| StatusCode::BAD_REQUEST;
    let copy = Request::builder().header(header::CONTENT_TYPE, kind).body(Body::from(body.clone()));
    let copy = copy.map_err(|_| StatusCode::BAD_REQUEST)?;
    let mut form = Multipart::from_request(copy, &()).await.map_err(|_| StatusCode::BAD_REQUEST)?;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if field.name() == Some(FIELD) {
            return field.text().await.map(Some).map_err(unreadable);
        }
    }
    Ok(None)
}
