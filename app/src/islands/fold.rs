//! What `regain_core::text` does by tables, by those of the browser: so that both call the same texts equal, and the
//! bundle stays small.

use js_sys::{JsString, RegExp};

/// One spelling for characters that look and mean the same.
pub(super) fn nfkc(text: &str) -> String {
    JsString::from(text).normalize("NFKC").into()
}

/// `regain_core::text::folded`.
pub(super) fn folded(text: &str) -> String {
    nfkc(&plain(&nfkc(&lower(&nfkc(&plain(text))))))
}

/// Full case folding: small letters of the capitals of small letters. The final sigma is a matter of place.
fn lower(text: &str) -> String {
    let text = JsString::from(text).to_lower_case().to_upper_case().to_lower_case();
    String::from(text).replace('ς', "σ")
}

// A mark of combining class 0 between an i and its dot is skipped here alone: browsers do not tell classes apart.
fn plain(text: &str) -> String {
    let steps = [
        (r"\p{Default_Ignorable_Code_Point}", ""),
        (r"[\p{Quotation_Mark}`\u00B4\u02B9-\u02BD\u2032\u2035]", "'"),
        (r"\p{Dash}", "-"),
        ("\u{131}", "i"),
        (r"(\p{Soft_Dotted}(?:(?!\u0307)\p{M})*)\u0307+", "$1"),
    ];
    let replace = |text: JsString, (pattern, with): (&str, &str)| {
        text.replace_by_pattern(&RegExp::new(pattern, "gu"), with)
    };
    steps.into_iter().fold(JsString::from(text), replace).into()
}
