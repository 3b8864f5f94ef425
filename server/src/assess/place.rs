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
    fn a_container_is_said_from_the_base_on() {
        let base = "DC=example, DC=test";
        assert_eq!(path("OU=Berlin,OU=Staff,dc=example,dc=test", base), "Staff / Berlin");
        assert_eq!(path("DC=example,DC=test", base), "directly in example");
        assert_eq!(path("OU=Staff,DC=other", base), "OU=Staff,DC=other");
        assert!(!same("OU=Staff,DC=x", "DC=x") && !same("DC=x", "OU=Staff,DC=x"));
    }
}
