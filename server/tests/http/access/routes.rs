//! The addresses that a router really has. axum tells them to nobody but who prints the router.

use std::collections::{BTreeMap, BTreeSet};

use axum::Router;

/// Method and address, as in `("POST", "/admin/groups/{id}")`.
pub type Route = (String, String);

/// Every one of them.
pub fn routes(router: &Router) -> BTreeSet<Route> {
    let printed = format!("{router:?}");
    // What answers where there is no address stands behind.
    let (printed, _) = printed.split_once("fallback_router: ").expect("addresses, then fallbacks");
    let (mut paths, mut methods) = (BTreeMap::new(), BTreeMap::<&str, Vec<&str>>::new());
    for part in printed.split("RouteId(").skip(1) {
        let (id, rest) = part.split_once("): ").expect("an id and what it stands for");
        if let Some(path) = rest.strip_prefix('"') {
            paths.insert(id, path.split('"').next().unwrap_or_default());
        } else if rest.starts_with("MethodRouter") {
            methods.insert(id, METHODS.into_iter().filter(|method| answers(rest, method)).collect());
        } else {
            panic!("an address that takes any method: {rest}");
        }
    }
    assert_eq!(paths.len(), methods.len(), "every address has its methods: {printed}");
    let of = |(id, path): (&&str, &&str)| {
        let found = methods.get(id).expect("methods");
        found.iter().map(|method| (method.to_uppercase(), (*path).to_owned())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

const METHODS: [&str; 9] = ["get", "head", "delete", "options", "patch", "post", "put", "trace", "connect"];

fn answers(printed: &str, method: &str) -> bool {
    let field = format!(" {method}: ");
    let (_, value) = printed.split_once(&field).expect("every method is printed");
    !value.starts_with("None")
}
