//! Takes out of an answer what is random or typed, and nothing else: what is left is the same for everybody or tells
//! somebody apart.

/// Shorter runs are words.
const TOKEN: usize = 20;

/// What stands around a nonce, in pages and in their policy: it is of an alphabet that has signs between words.
const NONCES: [(&str, char); 2] = [("nonce=\"", '"'), ("'nonce-", '\'')];

/// The text with the name's own part as `NAME`, tokens and support codes as `*` and their length, and the seconds of
/// countdowns as `#`.
pub fn evened(text: &str, name: &str) -> String {
    let own = name.split('@').next().unwrap_or(name);
    let mut text = text.replace(own, "NAME");
    for (before, after) in NONCES {
        text = without(&text, before, after);
    }
    let mut even = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| !is_of_a_token(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if run.is_empty() {
            even.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let counts_down = ["seconds&quot;:", "seconds\":"].iter().any(|before| even.ends_with(before));
        if counts_down && run.chars().all(|c| c.is_ascii_digit()) {
            even.push('#');
        } else if is_token(run) || is_support_code(run) {
            even.push_str(&format!("*{}", run.len()));
        } else {
            even.push_str(run);
        }
        rest = after;
    }
    even
}

/// What stands between goes, but for its length.
fn without(text: &str, before: &str, after: char) -> String {
    let mut parts = text.split(before);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| {
        let end = part.find(after).unwrap_or_default();
        format!("{kept}{before}*{end}{}", &part[end..])
    })
}

const fn is_of_a_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// Names of classes and texts are lower case and have hyphens.
fn is_token(run: &str) -> bool {
    let has = |what: fn(&char) -> bool| run.chars().any(|c| what(&c));
    run.len() >= TOKEN && (has(char::is_ascii_digit) || has(char::is_ascii_uppercase))
}

fn is_support_code(run: &str) -> bool {
    run.split_once('-').is_some_and(|parts| [parts.0, parts.1].iter().all(|part| is_code_part(part)))
}

fn is_code_part(part: &str) -> bool {
    part.len() == 4 && part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_random_goes_and_what_tells_stays() {
        let page = "<p class=\"visually-hidden-by-design\">pat@x</p> AB12-CD34 ?name=pat%40x \
                    {&quot;seconds&quot;:29,&quot;tries&quot;:3} nonce=\"a1B/c3D+e==\" token a1B2c3D4e5F6g7H8i9J0k 12345678";
        let even = "<p class=\"visually-hidden-by-design\">NAME@x</p> *9 ?name=NAME%40x \
                    {&quot;seconds&quot;:#,&quot;tries&quot;:3} nonce=\"*11\" token *21 12345678";
        assert_eq!(evened(page, "pat@x"), even);
    }
}
