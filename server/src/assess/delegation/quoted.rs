//! Values inside commands. What comes from a directory must not become a command of its own when an administrator pastes it.

/// Inside double quotes, for the Windows command line; `None` where a value cannot be written there.
pub(super) fn for_cmd(value: &str) -> Option<String> {
    let is_special = |c: char| matches!(c, '"' | '%' | '!' | '\u{FFFD}');
    (!value.contains(is_special)).then(|| format!("\"{value}\""))
}

/// Inside single quotes, for PowerShell, which takes typographic quotation marks for such quotes, too.
pub(super) fn for_powershell(value: &str) -> String {
    let mut quoted = String::from("'");
    for c in value.chars() {
        quoted.push(c);
        if matches!(c, '\'' | '\u{2018}'..='\u{201B}') {
            quoted.push(c);
        }
    }
    quoted.push('\'');
    quoted
}

/// Inside single quotes, for a POSIX shell.
pub(super) fn for_shell(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}

/// Inside double quotes, for an access rule of OpenLDAP.
pub(super) fn for_slapd(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', r"\\").replace('"', "\\\""))
}

/// As part of an LDAP URL (RFC 4516): what could end it or the quotes around it is written as bytes.
pub(super) fn for_url(value: &str) -> String {
    let mut url = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~=,+@:'".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_leaves_its_quotes() {
        let hostile = "OU=x' \"$(rm -rf /)\" %PATH%";
        assert_eq!(for_cmd(hostile), None);
        assert_eq!(for_cmd("OU=Staff,DC=x").as_deref(), Some("\"OU=Staff,DC=x\""));
        assert_eq!(for_powershell("O'Hara’s"), "'O''Hara’’s'");
        assert_eq!(for_shell("O'Hara"), r"'O'\''Hara'");
        assert_eq!(for_slapd(r#"ou=a\"b"#), r#""ou=a\\\"b""#);
        assert_eq!(for_url("ou=a\" b?c,dc=x"), "ou=a%22%20b%3Fc,dc=x");
    }
}
