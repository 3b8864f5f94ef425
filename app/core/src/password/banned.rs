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
    let password = Secret::from(normalized(password));
    let names = person.names;
    let account = names.upn.split('@').next().unwrap_or_default();
    [&names.given, &names.surname, &names.display, account, person.organization]
        .iter()
        .any(|name| is_part(name.trim(), password.expose()))
}

/// A name counts as written and without its blanks.
fn is_part(name: &str, password: &str) -> bool {
    if name.chars().count() < SHORTEST_NAME {
        return false;
    }
    let name = normalized(&crate::text::nfkc(name));
    let squeezed: String = name.split_whitespace().collect();
    password.contains(&name) || (squeezed.chars().count() >= SHORTEST_NAME && password.contains(&squeezed))
}
