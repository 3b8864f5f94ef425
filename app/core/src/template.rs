//! Texts of messages that an administrator may edit: words and `{placeholders}`, nothing that decides or computes.

mod check;
mod fill;
mod kinds;

pub use check::{Edited, SUBJECT_CHARS, Surroundings, TEXT_BYTES, check};
pub use fill::{domain_line, fit_text_message, spread_digits};
pub use kinds::{Audience, KINDS, Kind, Way};

/// The placeholder of a code.
pub const CODE: &str = "code";
/// The placeholder of the organisation's name.
pub const ORGANIZATION: &str = "organization";
/// A code is the only unbroken run of so many digits in its message.
pub const CODE_DIGITS: std::ops::RangeInclusive<usize> = 6..=8;

/// Why a text is no template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A `{` without its `}`.
    Unclosed,
    /// A `}` without its `{`.
    Stray,
    /// A placeholder that this message does not have.
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Value(&'static str),
}

/// A text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

impl Template {
    /// Reads a text. `names` are the placeholders it may have; a brace means nothing else.
    pub fn parse(text: &str, names: &[&'static str]) -> Result<Self, Fault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (words, after) = rest.split_at(at);
            if !words.is_empty() {
                pieces.push(Piece::Words(words.to_owned()));
            }
            let Some(inside) = after.strip_prefix('{') else { return Err(Fault::Stray) };
            let end = inside.find(['{', '}', '\n']).filter(|end| inside[*end..].starts_with('}'));
            let (name, after) = inside.split_at(end.ok_or(Fault::Unclosed)?);
            let known = names.iter().find(|known| **known == name);
            pieces.push(Piece::Value(known.ok_or_else(|| Fault::Unknown(name.to_owned()))?));
            rest = &after[1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// The text with its values. A value is text, whatever it holds: nothing in it is read as a template.
    pub fn fill(&self, value: impl Fn(&str) -> String) -> String {
        let parts = self.0.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Value(name) => value(name),
        });
        parts.collect()
    }

    /// How often a placeholder stands in it.
    pub fn count(&self, name: &str) -> usize {
        self.0.iter().filter(|piece| matches!(piece, Piece::Value(known) if *known == name)).count()
    }

    /// The words between placeholders.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Words(words) => Some(words.as_str()),
            Piece::Value(_) => None,
        })
    }

    /// Whether a placeholder stands right beside a digit or another placeholder: together they could look like a code.
    fn touches(&self) -> bool {
        self.0.windows(2).any(|pair| match pair {
            [Piece::Value(_), Piece::Value(_)] => true,
            [Piece::Value(_), Piece::Words(words)] => words.starts_with(|c: char| c.is_ascii_digit()),
            [Piece::Words(words), Piece::Value(_)] => words.ends_with(|c: char| c.is_ascii_digit()),
            _ => false,
        })
    }
}

/// The unbroken runs of digits that could be a code.
pub fn code_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| CODE_DIGITS.contains(&run.len()))
}
