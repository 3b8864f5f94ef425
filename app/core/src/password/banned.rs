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

/// Evens out what people change to slip a word past a list: case, quotation marks and dashes, and `0` for `o`, `1` for
/// `l`, `$` for `s`, `@` for `a` (R167).
pub fn normalized(text: &str) -> String {
    evened_out(&crate::text::folded(text))
}

fn evened_out(folded: &str) -> String {
    let letter = |c: char| match c {
        '0' => 'o',
        '1' => 'l',
        '$' => 's',
        '@' => 'a',
        other => other,
    };
    folded.chars().map(letter).collect()
}

/// Whether a name of the person or of the organisation is in the password (R169, R174).
pub fn contains_name(password: &str, person: &Person) -> bool {
    contains_part(&crate::text::folded(password), &name_parts(person))
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
        let name = normalized(name);
        let squeezed: String = name.split_whitespace().collect();
        parts.push(name);
        parts.push(squeezed);
    }
    parts.retain(|part| part.chars().count() >= SHORTEST_NAME);
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// Whether one of `parts` is in the password, which is folded already: the browser does that by tables of its own.
pub fn contains_part(folded: &str, parts: &[String]) -> bool {
    let password = Secret::from(evened_out(folded));
    parts.iter().any(|part| password.expose().contains(part.as_str()))
}
