//! The style sheet: all of `style/` in one file, without comments and needless white space.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::files_below;

/// All sheets, in the order of their names; those that begin with a layer order (`@layer reset, base;`) come first,
/// so that layers decide and names do not.
pub fn sheet(folder: &Path) -> Result<String> {
    let mut sheets = Vec::new();
    for file in
        files_below(folder)?.iter().filter(|file| file.path.extension().is_some_and(|end| end == "css"))
    {
        let text =
            fs::read_to_string(&file.path).with_context(|| format!("cannot read {}", file.path.display()))?;
        sheets.push(minified(&text));
    }
    sheets.sort_by_key(|sheet| !begins_with_layer_order(sheet));
    Ok(sheets.concat())
}

fn begins_with_layer_order(sheet: &str) -> bool {
    let end = sheet.find([';', '{']);
    sheet.starts_with("@layer") && end.is_some_and(|end| sheet[end..].starts_with(';'))
}

/// What only people need goes: comments, line breaks, spaces around punctuation. Strings stay as they are.
fn minified(sheet: &str) -> String {
    let mut small = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' => {
                let end = string_length(rest, first);
                small.push_str(&rest[..end]);
                end
            }
            _ if first.is_ascii_whitespace() => {
                if !small.is_empty() && !small.ends_with([' ', '{', '}', ';', ',', ':']) {
                    small.push(' ');
                }
                first.len_utf8()
            }
            _ => {
                push_mark(&mut small, first);
                first.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    small.truncate(small.trim_end().len());
    small
}

/// Adds a character; before these marks neither a space nor a last semicolon means anything.
fn push_mark(small: &mut String, mark: char) {
    if matches!(mark, '{' | '}' | ';' | ',') {
        small.truncate(small.trim_end_matches(' ').len());
    }
    if mark == '}' {
        small.truncate(small.trim_end_matches(';').len());
    }
    small.push(mark);
}

/// The length of the string that `text` begins with, quotes included.
fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '\\' if !escaped => escaped = true,
            _ if character == quote && !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_comments_go() {
        let sheet = "/* colours */\n.a ,\n.b > .c {\n  color : red;\n  margin: 0  auto ;\n}\n\n@media (width >= 40em) { p { a: b } }\n";
        assert_eq!(minified(sheet), ".a,.b > .c{color :red;margin:0 auto}@media (width >= 40em){p{a:b}}");
    }

    #[test]
    fn a_space_that_means_something_stays() {
        assert_eq!(minified("a :hover { width: calc(1px + 2px) }"), "a :hover{width:calc(1px + 2px)}");
    }

    #[test]
    fn strings_stay() {
        assert_eq!(
            minified(r#"p::before { content: "a  /* b */ \" ; }" ; }"#),
            r#"p::before{content:"a  /* b */ \" ; }"}"#
        );
    }

    #[test]
    fn the_layer_order_comes_first() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("base.css"), "@layer base { p { margin: 0 } }").expect("a file");
        fs::write(folder.path().join("tokens.css"), "/* order */ @layer reset, base;").expect("a file");
        assert_eq!(sheet(folder.path()).expect("a sheet"), "@layer reset,base;@layer base{p{margin:0}}");
    }
}
