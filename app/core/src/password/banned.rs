//! Banned words: names refuse a password outright, listed words hardly count (Entra's scoring).

mod custom;
mod matches;
mod score;

pub use custom::{CUSTOM_CHARS, MAX_CUSTOM, parse_custom_list};
pub use score::{BannedWords, ENOUGH_POINTS, Score};

use super::new_password::Person;
use crate::secret::Secret;

/// Shorter names are parts of too many words (R169).
const SHORTEST_NAME: usize = 4;

/// Evens out what people change to slip a word past a list: case, and `0` for `o`, `1` for `l`, `$` for
/// `s`, `@` for `a` (R167).
pub fn normalized(text: &str) -> String {
    let evened_out = |c: char| match c {
        '0' => 'o',
        '1' => 'l',
        '$' => 's',
        '@' => 'a',
        other => other,
    };
    text.chars().flat_map(char::to_lowercase).map(evened_out).collect()
}

/// Whether a name of the person or of the organisation is in the password (R169, R174).
pub fn contains_name(password: &str, person: &Person) -> bool {
    contains_part(password, &name_parts(person))
}

/// What a password must not contain of the names, evened out: each name as written and without its blanks.
pub fn name_parts(person: &Person) -> Vec<String> {
    let names = person.names;
    let account = names.upn.split('@').next().unwrap_or_default();
    let mut parts = Vec::new();
    for name in [&names.given, &names.surname, &names.display, account, person.organization] {
        let name = name.trim();
        if name.chars().count() < SHORTEST_NAME {
            continue;
        }
        let name = normalized(&crate::text::nfkc(name));
        let squeezed: String = name.split_whitespace().collect();
        parts.push(name);
        parts.push(squeezed);
    }
    parts.retain(|part| part.chars().count() >= SHORTEST_NAME);
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// Whether one of `parts` is in the password, which is in NFKC. In the browser, too: nothing here needs a table that the
/// bundle does not have already.
pub fn contains_part(password: &str, parts: &[String]) -> bool {
    let password = Secret::from(normalized(password));
    parts.iter().any(|part| password.expose().contains(part.as_str()))
}
