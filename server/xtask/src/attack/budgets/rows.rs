//! Requests that are refused leave little behind.

use anyhow::Result;

use super::source;
use crate::attack::finding::{Finding, Verdict};
use crate::browser::Browser;
use crate::organisation::Organisation;

/// So often each address is asked, from one source.
const REQUESTS: usize = 200;
/// So many rows of the audit log that may leave: what was judged has a row of its own, until that is limited.
const ROWS: usize = 40;
/// So much the database may grow by all of it.
const MEGABYTES: u64 = 8;

type Post = (&'static str, &'static [(&'static str, &'static str)]);

/// Every address to which somebody without a session may post.
const POSTS: [Post; 28] = [
    ("/reset", &[("username", "budget0@contoso.example")]),
    ("/reset/why", &[("intent", "reset")]),
    ("/reset/method", &[("method", "email")]),
    ("/reset/phone", &[("phone", "+1 4255559999")]),
    ("/reset/verify", &[("code", "00000000")]),
    ("/reset/verify/resend", &[]),
    ("/reset/questions", &[("answer_0", "an answer")]),
    ("/reset/passkey", &[("credential", "{}")]),
    (
        "/reset/password",
        &[("new_password", "a long new password"), ("confirm_password", "a long new password")],
    ),
    ("/reset/unlock", &[]),
    ("/reset/cancel", &[]),
    ("/reset/drill", &[]),
    ("/signin", &[("step", "password"), ("username", "budget1@contoso.example"), ("password", "wrong")]),
    ("/signin", &[("step", "password"), ("username", "nobody@contoso.example"), ("password", "wrong")]),
    ("/signin/verify", &[("factor", "app_code"), ("code", "000000")]),
    ("/signin/verify/send", &[("factor", "email")]),
    ("/signin/verify/passkey", &[("credential", "{}")]),
    ("/signin/temporary-pass", &[("username", "budget2@contoso.example"), ("pass", "wrong")]),
    ("/signout", &[]),
    ("/help", &[("username", "budget3@contoso.example")]),
    ("/register/method", &[("method", "email")]),
    ("/register/code", &[("code", "00000000")]),
    ("/register/review", &[]),
    ("/security-info/remove", &[("id", "0")]),
    ("/security-info/change-password", &[("new_password", "a long new password")]),
    ("/admin/password-reset/properties", &[("scope", "all")]),
    ("/authenticator/api/answer", &[]),
    ("/authenticator/api/pair", &[]),
];

/// Each of them again and again; inside of one flow, too.
pub fn refused(organisation: &Organisation) -> Result<Vec<Finding>> {
    let bytes = organisation.database_bytes();
    let mut worst = (0, String::new());
    let mut beyond = Vec::new();
    for (number, (path, fields)) in (1..).zip(POSTS) {
        for inside in [false, true] {
            if inside && !path.starts_with("/reset/") {
                continue;
            }
            let before = audit_rows(organisation)?;
            let mut browser = Browser::new(organisation.port, source(if inside { 2 } else { 1 }, number));
            browser.get("/signin")?;
            if inside {
                browser.get("/reset")?;
                browser.post("/reset", &[("username", "budget4@contoso.example")])?;
            }
            for _ in 0..REQUESTS {
                browser.submit(path, fields)?;
            }
            let rows = audit_rows(organisation)?.saturating_sub(before);
            let place = if inside { format!("{path} in one flow") } else { path.to_owned() };
            if rows > ROWS {
                beyond.push(format!("{place}: {rows}"));
            }
            worst = worst.max((rows, place));
        }
    }
    let found = match beyond.as_slice() {
        [] => format!("{} at most, at {}", worst.0, worst.1),
        beyond => beyond.join(", "),
    };
    let grown = organisation.database_bytes().saturating_sub(bytes) >> 20;
    Ok(vec![
        Finding {
            threats: "Rows",
            tried: format!("{REQUESTS} refused posts to each of {} addresses: audit rows", POSTS.len()),
            found,
            allowed: format!("≤ {ROWS} each"),
            verdict: Verdict::of(beyond.is_empty()),
        },
        Finding {
            threats: "Rows",
            tried: "The same: growth of the database".to_owned(),
            found: format!("{grown} MB"),
            allowed: format!("≤ {MEGABYTES} MB"),
            verdict: Verdict::of(grown <= MEGABYTES),
        },
    ])
}

fn audit_rows(organisation: &Organisation) -> Result<usize> {
    let exported: Vec<serde_json::Value> =
        serde_json::from_str(&organisation.regain(&["audit", "export", "--json"])?)?;
    Ok(exported.len())
}
