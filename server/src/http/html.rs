//! The end of every page: Leptos appends scripts for resources that stream in later. Ours are complete, so the page ends
//! where HTML ends, needs no inline script, and has a known length.

use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};

/// Far above any page of ours; a longer one is a fault.
const LONGEST: usize = 8 * 1024 * 1024;
const END: &[u8] = b"</html>";

/// Whether it is a page, rather than a file or a redirect.
pub(super) fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Cuts what follows `</html>`; other answers pass.
pub(super) async fn end_page(response: Response) -> Response {
    if !is_page(&response) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LONGEST).await else {
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        return Response::from_parts(parts, Body::empty());
    };
    let end =
        bytes.windows(END.len()).rposition(|window| window == END).map_or(bytes.len(), |at| at + END.len());
    let page = bytes.slice(..end);
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(page.len()));
    Response::from_parts(parts, Body::from(page))
}
