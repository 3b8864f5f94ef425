//! The site's files: style sheet, scripts, WebAssembly, icons.
//!
//! Each file has a logical name (`regain.css`) and an address that carries a hash of its content
//! (`/assets/regain-1f0c….css`), so that it may be cached for ever. Files that browsers look for at a fixed place
//! (`/favicon.ico`, `/robots.txt`, the service worker) answer there as well, with a short life in caches.
//! A release build has them inside the binary; a debug build without them reads `target/site` once.

mod negotiate;
mod site;

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};

use negotiate::Encoding;
use site::{File, Site};

pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ONE_HOUR: &str = "public, max-age=3600";

static SITE: LazyLock<Site> = LazyLock::new(Site::load);

/// The public address of the asset with this logical name: `regain.css` is `/assets/regain-<hash>.css`.
/// For a name that the bundle does not have it is an address that answers 404.
pub fn asset(name: &str) -> &'static str {
    SITE.address(name).unwrap_or("/assets/missing")
}

/// Whether the binary found a bundle; without one, pages work but have neither style nor scripts.
pub fn present() -> bool {
    !SITE.is_empty()
}

/// The routes of all assets.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let hashed = Router::new().route("/assets/{*file}", get(serve));
    SITE.fixed_addresses().fold(hashed, |router, address| router.route(address, get(serve)))
}

async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    match SITE.at(uri.path()) {
        Some(file) => answer(file, uri.path(), &headers),
        None => missing(),
    }
}

fn answer(file: &File, address: &str, request: &HeaderMap) -> Response {
    let offered = |encoding| file.encoded(encoding).is_some();
    let encoding = negotiate::choose(request, offered);
    let mut response = Response::new(Body::from(file.encoded(encoding).unwrap_or(file.identity)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let life = if address == file.path { FOR_EVER } else { ONE_HOUR };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(life));
    if file.br.is_some() || file.gzip.is_some() {
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    }
    if let Some(name) = encoding.name() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    response
}

fn missing() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl File {
    /// The bytes in this encoding, if the bundle has them.
    fn encoded(&self, encoding: Encoding) -> Option<&'static [u8]> {
        match encoding {
            Encoding::Brotli => self.br,
            Encoding::Gzip => self.gzip,
            Encoding::Identity => Some(self.identity),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::header::ACCEPT_ENCODING;

    use super::*;

    const STYLE: File = File {
        name: "regain.css",
        path: "/assets/regain-0123.css",
        fixed: Some("/regain.css"),
        content_type: "text/css; charset=utf-8",
        identity: b"body{}",
        br: Some(b"brotli"),
        gzip: None,
    };

    fn accepting(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))])
    }

    #[test]
    fn a_hashed_address_is_cached_for_ever() {
        let response = answer(&STYLE, STYLE.path, &accepting("gzip, br"));
        assert_eq!(response.headers()[CACHE_CONTROL], FOR_EVER);
        assert_eq!(response.headers()[CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
    }

    #[test]
    fn a_fixed_address_is_not() {
        let response = answer(&STYLE, "/regain.css", &accepting("identity"));
        assert_eq!(response.headers()[CACHE_CONTROL], ONE_HOUR);
        assert!(!response.headers().contains_key(CONTENT_ENCODING));
    }

    #[test]
    fn an_encoding_that_the_bundle_lacks_is_not_used() {
        let response = answer(&STYLE, STYLE.path, &accepting("gzip"));
        assert!(!response.headers().contains_key(CONTENT_ENCODING));
        assert_eq!(response.headers()[VARY], "accept-encoding");
    }
}
