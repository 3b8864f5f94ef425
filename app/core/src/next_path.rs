//! Where a person was going when sign-in came between.

/// Longer addresses are none of ours.
const MAX_BYTES: usize = 1024;

/// A path of this site, with or without a query, that is safe to lead to (T87).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextPath(String);

impl NextPath {
    /// Accepts a path that begins with exactly one slash and holds only visible ASCII without backslashes: a browser
    /// reads two slashes as another host, reads `\` as `/`, and drops tabs and line breaks before it looks. Sign-in
    /// and sign-out are refused, because leading there would go round in circles.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('/')?;
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if text.len() > MAX_BYTES || !visible || rest.starts_with('/') {
            return None;
        }
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let is_or_below =
            |start: &str| path.strip_prefix(start).is_some_and(|end| end.is_empty() || end.starts_with('/'));
        if is_or_below("/signin") || is_or_below("/signout") {
            return None;
        }
        Some(Self(text.to_owned()))
    }

    /// The path and query.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path without the query.
    pub fn path(&self) -> &str {
        self.0.split(['?', '#']).next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::NextPath;

    #[test]
    fn t87_paths_of_this_site_survive() {
        for path in
            ["/", "/admin", "/admin/users?q=%C3%A9&page=2", "/register?next=%2Fadmin", "/security-info#phone"]
        {
            assert_eq!(NextPath::parse(path).as_ref().map(NextPath::as_str), Some(path));
        }
        assert_eq!(NextPath::parse("/admin?x=/y").unwrap().path(), "/admin");
    }

    #[test]
    fn t87_everything_else_does_not() {
        let long = format!("/{}", "a".repeat(1024));
        for text in [
            "",
            "admin",
            "//evil.example",
            "/\\evil.example",
            "/a\\b",
            "\\\\evil.example",
            "https:evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "\t//evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/a\r\nSet-Cookie: x=y",
            " /admin",
            "/admin users",
            "/caf\u{e9}",
            "/\u{2f}\u{ff0f}evil",
            "/\0",
            &long,
        ] {
            assert_eq!(NextPath::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn nobody_goes_round_in_circles() {
        for text in ["/signin", "/signin?next=/admin", "/signin/verify", "/signout"] {
            assert_eq!(NextPath::parse(text), None, "{text}");
        }
        assert!(NextPath::parse("/signing-ceremony").is_some());
    }
}
