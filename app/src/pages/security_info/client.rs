//! A browser's name from what it says of itself, good enough to recognise one's own.

use crate::text::{Locale, text};

/// First match counts: every browser also claims to be the ones below it.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// As in *Firefox on Windows*; without both a plain *Browser*.
pub fn name(locale: Locale, client: &str) -> String {
    let find = |table: &[(&str, &str)]| {
        table.iter().find(|(mark, _)| client.contains(mark)).map(|(_, name)| (*name).to_owned())
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => {
            text(locale, "security-info-client", &[("browser", browser), ("system", system)])
        }
        (Some(name), None) | (None, Some(name)) => name,
        (None, None) => text(locale, "security-info-client-unknown", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_browsers_are_named() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";
        assert_eq!(name(Locale::English, edge), "Edge on Windows");
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";
        assert_eq!(name(Locale::English, safari), "Safari on iPhone");
        assert_eq!(name(Locale::English, "curl/8.5.0"), "Another browser");
    }
}
