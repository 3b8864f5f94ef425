//! Where entries are: an entry's DN, divided (RFC 4514), and a container's name as people say it.

/// The entry's own part of a DN, and the DN of what holds it.
pub(super) fn divided(dn: &str) -> (&str, &str) {
    let mut escaped = false;
    for (index, c) in dn.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ',' => return (dn[..index].trim(), dn[index + 1..].trim()),
            _ => {}
        }
    }
    (dn.trim(), "")
}

/// The value of the first part of a DN: `Staff` of `OU=Staff,DC=example`.
pub(super) fn first_value(dn: &str) -> String {
    let (own, _) = divided(dn);
    plain(own.split_once('=').map_or(own, |(_, value)| value))
}

/// A container as people say it: `Staff / Berlin`, counted from the base. What is not below the base, by the whole DN.
pub(super) fn path(dn: &str, base: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = dn;
    while !rest.is_empty() {
        if same(rest, base) {
            break;
        }
        parts.push(first_value(rest));
        rest = divided(rest).1;
    }
    if rest.is_empty() {
        return dn.to_owned();
    }
    if parts.is_empty() {
        return format!("directly in {}", first_value(base));
    }
    parts.reverse();
    parts.join(" / ")
}

/// Whether two spellings are one DN, as far as case and blanks behind commas go.
pub(super) fn same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one, other);
    loop {
        let ((first, one_rest), (second, other_rest)) = (divided(one), divided(other));
        if !first.eq_ignore_ascii_case(second) {
            return false;
        }
        if one_rest.is_empty() || other_rest.is_empty() {
            return one_rest.is_empty() && other_rest.is_empty();
        }
        (one, other) = (one_rest, other_rest);
    }
}

/// The fewest containers below `base` that hold all of `places` and none of `others`: where all that a container holds is
/// meant, the container itself is said once.
pub(super) fn joined(places: Vec<String>, others: &[&str], base: &str) -> Vec<String> {
    let mut joined = places;
    while let Some(parent) = shared_parent(&joined, others, base) {
        let first = joined.iter().position(|place| is_within(place, &parent)).unwrap_or_default();
        joined.retain(|place| !is_within(place, &parent));
        joined.insert(first, parent);
    }
    joined
}

/// A container below `base` in which at least two of `places` are, and none of `others`.
fn shared_parent(places: &[String], others: &[&str], base: &str) -> Option<String> {
    let parents = places.iter().map(|place| divided(place).1);
    let mut fit = parents.filter(|parent| {
        let within = |place: &str| is_within(place, parent);
        is_within(parent, base)
            && !same(parent, base)
            && places.iter().filter(|place| within(place)).count() > 1
            && !others.iter().any(|other| within(other))
    });
    fit.next().map(str::to_owned)
}

/// Whether `dn` is `container`, or somewhere in it.
fn is_within(dn: &str, container: &str) -> bool {
    let mut rest = dn;
    while !rest.is_empty() {
        if same(rest, container) {
            return true;
        }
        rest = divided(rest).1;
    }
    false
}

/// A value without its escapes: a backslash before a character, or before two hexadecimal digits of a byte.
fn plain(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            bytes.push(byte);
        } else if let Some(pair) = rest.get(..2).and_then(hex) {
            bytes.push(pair);
            rest = &rest[2..];
        } else if let Some((&escaped, after)) = rest.split_first() {
            bytes.push(escaped);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let [high, low] = pair else { return None };
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dn_is_divided_where_no_comma_is_escaped() {
        assert_eq!(divided(r"CN=Berg\, Ana,OU=Staff,DC=x"), (r"CN=Berg\, Ana", "OU=Staff,DC=x"));
        assert_eq!(divided("DC=x"), ("DC=x", ""));
        assert_eq!(divided(""), ("", ""));
        assert_eq!(first_value(r"CN=Berg\, Ana,OU=Staff"), "Berg, Ana");
        assert_eq!(first_value(r"CN=M\C3\BCller\,,OU=Staff"), "Müller,");
        assert_eq!(first_value(r"CN=end\"), "end");
    }

    #[test]
    fn places_are_joined_where_a_container_holds_no_other() {
        let places = |names: &[&str]| names.iter().map(|name| format!("{name},DC=x")).collect::<Vec<_>>();
        let join = |names: &[&str], others: &[&str]| joined(places(names), others, "dc=x");
        let teams = ["OU=1,OU=Teams", "OU=Sales", "OU=2,ou=teams", "OU=a,OU=2,OU=Teams"];
        assert_eq!(join(&teams, &[]), places(&["OU=Teams", "OU=Sales"]));
        // Somebody whom it does not concern is there.
        let apart = ["OU=1,OU=Teams", "OU=Sales", "OU=2,OU=Teams"];
        assert_eq!(join(&apart, &["OU=3,OU=Teams,DC=x"]), places(&apart));
        assert_eq!(join(&["OU=a,OU=1", "OU=b,OU=1", "OU=c,OU=2"], &[]), places(&["OU=1", "OU=c,OU=2"]));
        // Never the whole base, and nothing beside it.
        assert_eq!(join(&["OU=1", "OU=2"], &[]), places(&["OU=1", "OU=2"]));
        assert_eq!(
            joined(places(&["OU=1,OU=A", "OU=2,OU=A"]), &[], "OU=B,DC=x"),
            places(&["OU=1,OU=A", "OU=2,OU=A"])
        );
    }

    #[test]
    fn a_container_is_said_from_the_base_on() {
        let base = "DC=example, DC=test";
        assert_eq!(path("OU=Berlin,OU=Staff,dc=example,dc=test", base), "Staff / Berlin");
        assert_eq!(path("DC=example,DC=test", base), "directly in example");
        assert_eq!(path("OU=Staff,DC=other", base), "OU=Staff,DC=other");
        assert!(!same("OU=Staff,DC=x", "DC=x") && !same("DC=x", "OU=Staff,DC=x"));
    }
}
