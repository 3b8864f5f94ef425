//! JavaScript: the glue that wasm-bindgen writes, and our own few lines.

use anyhow::{Result, ensure};

/// Without comments that have lines of their own, without indentation and without empty lines. Scripts here have no
/// template literal over several lines, whose text this would change.
pub fn minified(script: &str) -> String {
    let mut small = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            small.push_str(line);
            small.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    small
}

/// The script with each name replaced by the address that the bundle gave it.
pub fn with_addresses(script: &str, addresses: &[(&str, &str)]) -> Result<String> {
    let mut script = script.to_owned();
    for (name, address) in addresses {
        ensure!(script.contains(name), "the script does not mention {name}");
        script = script.replace(name, address);
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        let script = "/**\n * Adds.\n */\nfunction add(a, b) {\n    // the sum\n    return a + b; // kept\n\n}\n/* one */\n";
        assert_eq!(minified(script), "function add(a, b) {\nreturn a + b; // kept\n}\n");
    }

    #[test]
    fn a_name_that_is_not_there_is_an_error() {
        assert_eq!(
            with_addresses("import('./a.js')", &[("./a.js", "/x.js")]).expect("replaced"),
            "import('/x.js')"
        );
        assert!(with_addresses("import('./a.js')", &[("./b.js", "/x.js")]).is_err());
    }
}
