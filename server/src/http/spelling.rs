//! One spelling for each page. Whoever asks for an address with other capitals, a slash at its end or two in a row is led
//! (308) to the page as it is written here, if there is one. What is known is what the router of pages knows. Addresses
//! that carry a token are left alone: its letters are its meaning.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, Method, StatusCode, header};

/// The part of an address that holds a token.
const TOKEN: &str = "{token}";

/// The addresses of pages and forms, as they are written.
#[derive(Clone, Default)]
pub(super) struct Spellings(HashMap<Method, matchit::Router<()>>);

impl Spellings {
    /// These addresses, each with names in braces where anything may stand.
    pub(super) fn of(addresses: impl IntoIterator<Item = (Method, String)>) -> Self {
        let mut known = Self::default();
        for (method, address) in addresses.into_iter().filter(|(_, address)| !address.contains(TOKEN)) {
            // A page may be listed twice; once is enough.
            let _ = known.0.entry(method).or_default().insert(address, ());
        }
        known
    }

    /// How the address is written that is asked for as `path`, where that is not how it is written. It begins with a part
    /// that the router knows by name, so no browser takes it for another host.
    fn own(&self, method: &Method, path: &str) -> Option<String> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        let known = self.0.get(method)?;
        let plain = plain(path);
        // What is known with a slash at its end keeps it.
        let own = [format!("{plain}/"), plain].into_iter().find(|address| known.at(address).is_ok())?;
        (own != path).then_some(own)
    }
}

/// In small letters, with one slash between two parts and none at the end.
fn plain(path: &str) -> String {
    let parts = path.split('/').filter(|part| !part.is_empty());
    format!("/{}", parts.collect::<Vec<_>>().join("/").to_ascii_lowercase())
}

/// Leads to the page's own spelling, with the query. A form that was posted is posted there again: where it comes from was
/// judged before, and is judged anew.
pub(super) async fn lead(State(known): State<Arc<Spellings>>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let own = known.own(request.method(), uri.path());
    let to = own.map(|own| uri.query().map_or_else(|| own.clone(), |query| format!("{own}?{query}")));
    match to.and_then(|to| HeaderValue::try_from(to).ok()) {
        Some(to) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response(),
        None => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn known() -> Spellings {
        let pages =
            ["/", "/admin", "/admin/users/{id}", "/authenticator", "/authenticator/", "/report/{token}"];
        let pages = pages.map(|page| (Method::GET, page.to_owned()));
        Spellings::of(pages.into_iter().chain([(Method::POST, "/reset".to_owned())]))
    }

    #[test]
    fn a_page_is_found_under_every_spelling() {
        let known = known();
        let own = |path: &str| known.own(&Method::GET, path);
        for (path, to) in [
            ("//", "/"),
            ("/ADMIN/", "/admin"),
            ("//admin", "/admin"),
            ("/Admin//Users/0A-1b/", "/admin/users/0a-1b"),
            ("/authenticator", "/authenticator/"),
            ("/Authenticator//", "/authenticator/"),
        ] {
            assert_eq!(own(path).as_deref(), Some(to), "{path}");
        }
        for path in ["/", "/admin", "/authenticator/", "/reset/", "/nothing/", "/Report/AbC", "/report/AbC/"]
        {
            assert_eq!(own(path), None, "{path}");
        }
        assert_eq!(known.own(&Method::HEAD, "/Admin").as_deref(), Some("/admin"));
        assert_eq!(known.own(&Method::POST, "/Reset").as_deref(), Some("/reset"));
        assert_eq!(known.own(&Method::POST, "/Admin"), None, "nothing takes it");
    }

    #[test]
    fn nothing_leads_to_another_host() {
        for path in [
            "//evil.example",
            "//evil.example/",
            "//evil.example/admin",
            "/\\evil.example",
            "/\\/evil.example/",
            "///evil.example//",
            "/%2fevil.example/",
            "/%5Cevil.example/",
            "/%2F%2Fevil.example/ADMIN",
            "/.//evil.example/",
            "/ADMIN/..//evil.example",
        ] {
            assert_eq!(known().own(&Method::GET, path), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn what_it_leads_to_is_a_page_of_ours_and_leads_nowhere_else(path in "/([/\\\\.%a-zA-Z0-9:@-]|admin|USERS|//){0,30}") {
            let known = known();
            if let Some(own) = known.own(&Method::GET, &path) {
                prop_assert!(own.starts_with('/') && !own.contains("//") && !own.starts_with("/\\"));
                prop_assert!(own == "/" || own.starts_with("/admin") || own == "/authenticator/");
                prop_assert_eq!(known.own(&Method::GET, &own), None);
                let letters = |path: &str| path.replace('/', "").to_ascii_lowercase();
                prop_assert_eq!(letters(&own), letters(&path));
            }
        }

        #[test]
        fn every_spelling_of_a_page_leads_to_it(
            capitals in any::<u32>(), before in 1..4_usize, between in 1..4_usize, after in 0..4_usize,
        ) {
            let slashes = |number| "/".repeat(number);
            let typed = ["admin", "users", "0a1b"].map(|part| {
                let letter = |(at, c): (usize, char)| {
                    if capitals >> at & 1 == 1 { c.to_ascii_uppercase() } else { c }
                };
                part.chars().enumerate().map(letter).collect::<String>()
            });
            let [first, second, third] = typed;
            let path = [
                slashes(before), first, slashes(between), second, slashes(between), third, slashes(after),
            ].concat();
            let own = known().own(&Method::GET, &path);
            prop_assert_eq!(own.unwrap_or(path), "/admin/users/0a1b");
        }
    }
}
