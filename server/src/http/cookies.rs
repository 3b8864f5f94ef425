//! Our cookies, named and written in one place.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use http::{HeaderMap, HeaderValue, header};
use regain_app::outcome::Cookie;
use regain_app::services::Cookies;
use regain_app::text::Locale;
use regain_core::code::SupportCode;
use regain_core::form::FormState;
use regain_core::limits::KNOWN_BROWSER;
use regain_core::secret::Secret;
use regain_core::time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;

/// Lax: a link into the portal arrives signed in.
const SESSION: &str = "__Host-regain_session";
/// Strict: no other site can bring a flow along.
const FLOW: &str = "__Host-regain_flow";
/// Strict, and of the phone: where a new password is chosen.
const FINISH: &str = "__Host-regain_finish";
const FORM: &str = "__Host-regain_form";
/// What the browser is recognised by for as long as people are known in it. Lax: a link into a reset is recognised.
const BROWSER: &str = "__Host-regain_browser";
/// Holds nothing: that it comes back tells that the browser keeps cookies.
const PROBE: &str = "__Host-regain_probe";
/// The language that an address asked for, for the rest of the visit.
const LOCALE: &str = "__Host-regain_locale";
/// The support code that pages show outside sessions and flows: one for a visit, so that it leads to what was done.
const VISIT: &str = "__Host-regain_visit";

/// What a refused form typed is for the page it leads to, at once.
const FORM_LIFE: Duration = Duration::from_mins(5);
/// Browsers keep 4,096 bytes; name, attributes and sealing take their part.
const FORM_BYTES: usize = 2_700;
/// The notice that what was typed did not fit.
const CUT: &str = "form-cut";

#[derive(Serialize, Deserialize)]
struct Kept {
    path: String,
    until: Timestamp,
    form: FormState,
}

/// Cookies sealed with the engine's keys.
pub struct SealedCookies(pub Arc<Engine>);

impl Cookies for SealedCookies {
    fn set(&self, cookie: &Cookie) -> HeaderValue {
        match cookie {
            Cookie::Session(token) => write(SESSION, token.expose(), "Lax"),
            Cookie::EndSession => clear(SESSION, "Lax"),
            Cookie::Flow(token) => write(FLOW, token.expose(), "Strict"),
            Cookie::EndFlow => clear(FLOW, "Strict"),
            Cookie::Finish(token) => write(FINISH, token.expose(), "Strict"),
            Cookie::Browser(token) => keep_browser(token),
            Cookie::Probe => write(PROBE, "1", "Lax"),
            Cookie::EndVisit => clear(VISIT, "Lax"),
        }
    }

    fn keep_form(&self, path: &str, form: Option<&FormState>) -> HeaderValue {
        let Some(form) = form else { return forget_form() };
        let path = path.split('?').next().unwrap_or_default().to_owned();
        let until = self.0.now().plus(FORM_LIFE);
        let mut kept = Kept { path, until, form: form.clone() };
        let mut json = serde_json::to_vec(&kept).unwrap_or_default();
        while json.len() > FORM_BYTES {
            // Better to lose the end of the longest value than to lose the problem: there is something to shorten.
            let Some(longest) = longest(&mut kept.form) else { return clear(FORM, "Lax") };
            let keeps = (longest.len() * FORM_BYTES / json.len()).min(longest.len() - 1);
            longest.truncate(longest.floor_char_boundary(keeps));
            kept.form.notice.get_or_insert_with(|| CUT.to_owned());
            json = serde_json::to_vec(&kept).unwrap_or_default();
        }
        write(FORM, &BASE64URL_NOPAD.encode(&self.0.seal("form", b"", &json)), "Lax")
    }
}

/// Stays when the browser is closed.
pub(super) fn keep_browser(token: &Secret) -> HeaderValue {
    let text = format!(
        "{BROWSER}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={}",
        token.expose(),
        KNOWN_BROWSER.as_secs()
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// Clears what a refused form left, once it was shown.
pub(super) fn forget_form() -> HeaderValue {
    clear(FORM, "Lax")
}

/// Comes back only from a browser that keeps cookies.
pub(super) fn probe() -> HeaderValue {
    write(PROBE, "1", "Lax")
}

/// Keeps the language that an address asked for until the browser closes (R111).
pub(super) fn keep_locale(locale: Locale) -> HeaderValue {
    write(LOCALE, locale.tag(), "Lax")
}

/// Keeps a support code for the rest of the visit. Sealed: nobody writes another's code into the audit log.
pub(super) fn keep_code(engine: &Engine, code: &SupportCode) -> HeaderValue {
    let sealed = engine.seal("visit", b"", code.as_str().as_bytes());
    write(VISIT, &BASE64URL_NOPAD.encode(&sealed), "Lax")
}

fn longest(form: &mut FormState) -> Option<&mut String> {
    let values = form.values.values_mut().flatten();
    values.max_by_key(|value| value.len()).filter(|value| !value.is_empty())
}

fn write(name: &str, value: &str, same_site: &str) -> HeaderValue {
    let text = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite={same_site}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

fn clear(name: &str, same_site: &str) -> HeaderValue {
    let text = format!("{name}=; Path=/; Secure; HttpOnly; SameSite={same_site}; Max-Age=0");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// What a request's cookies hold.
pub(super) struct Received {
    pub(super) session: Option<Secret>,
    pub(super) flow: Option<Secret>,
    pub(super) finish: Option<Secret>,
    pub(super) browser: Option<Secret>,
    pub(super) form: FormState,
    pub(super) locale: Option<Locale>,
    /// The visit's support code, if a page showed one.
    pub(super) code: Option<SupportCode>,
    /// Whether the browser keeps our cookies.
    pub(super) any: bool,
}

pub(super) fn read(engine: &Engine, headers: &HeaderMap, path: &str) -> Received {
    let value = |name: &str| {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
            .filter(|value| !value.is_empty())
    };
    Received {
        session: value(SESSION).map(Secret::from),
        flow: value(FLOW).map(Secret::from),
        finish: value(FINISH).map(Secret::from),
        browser: value(BROWSER).map(Secret::from),
        code: value(VISIT).and_then(|sealed| open_code(engine, sealed)),
        locale: value(LOCALE).and_then(Locale::from_tag),
        any: [PROBE, SESSION, FLOW, FINISH, FORM, VISIT, BROWSER]
            .into_iter()
            .any(|name| value(name).is_some()),
        form: value(FORM).and_then(|sealed| open_form(engine, sealed, path)).unwrap_or_default(),
    }
}

/// What an answer keeps for the page it leads to, as it is set in the browser; `None`: nothing.
pub(super) fn form_cookie(headers: &HeaderMap) -> Option<&str> {
    let set = headers.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut kept = set.filter(|cookie| cookie.starts_with(FORM) && !cookie.contains("Max-Age=0"));
    kept.next()
}

fn open_code(engine: &Engine, sealed: &str) -> Option<SupportCode> {
    let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    SupportCode::parse(std::str::from_utf8(&engine.open("visit", b"", &sealed)?).ok()?)
}

fn open_form(engine: &Engine, sealed: &str, path: &str) -> Option<FormState> {
    let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    let kept: Kept = serde_json::from_slice(&engine.open("form", b"", &sealed)?).ok()?;
    (kept.path == path && kept.until > engine.now()).then_some(kept.form)
}
