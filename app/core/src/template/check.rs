//! What an edited message must be before it is saved.

use super::{CODE, Fault, Kind, ORGANIZATION, Template, Way, code_runs, domain_line, fit_text_message};
use crate::form::FieldProblem;
use crate::gsm7;
use crate::text::is_invisible;

/// The longest subject, in characters: mail programs show less, and RFC 5322 wants lines of at most 78.
pub const SUBJECT_CHARS: usize = 120;
/// The longest text, in bytes: what was typed has to survive a refusal in a cookie, of which browsers keep 4,096 bytes,
/// and a mail should stay under 10 KB.
pub const TEXT_BYTES: usize = 2_000;
/// The longest text of a call, in characters: about twenty seconds, before anybody is asked to press a key.
const SPOKEN_CHARS: usize = 300;
/// The longest line on a phone's lock screen that is not cut everywhere.
const PUSH_CHARS: usize = 120;

/// A message as it was typed, cleaned: line ends are `\n`, nothing blank stands at an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The subject; empty where there is none.
    pub subject: String,
    /// The text.
    pub text: String,
}

impl Edited {
    /// Cleans what was typed.
    pub fn clean(kind: &Kind, subject: &str, text: &str) -> Self {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<_> = lines.split('\n').map(str::trim_end).collect();
        let subject =
            if kind.way == Way::Mail { subject.trim_matches(' ').to_owned() } else { String::new() };
        Self { subject, text: lines.join("\n").trim().to_owned() }
    }

    /// The same as templates, if they can be filled.
    pub fn parse(&self, kind: &Kind) -> Result<(Template, Template), Fault> {
        let subject = Template::parse(&self.subject, kind.placeholders)?;
        Ok((subject, Template::parse(&self.text, kind.placeholders)?))
    }
}

/// What a message is measured with.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The organisation's name.
    pub organization: &'a str,
    /// The host that codes are bound to.
    pub host: &'a str,
}

/// Judges a message. Problems are of the fields `subject` and `text`.
pub fn check(kind: &Kind, edited: &Edited, around: Surroundings<'_>) -> Result<(), Vec<FieldProblem>> {
    let mut problems = Vec::new();
    if kind.way == Way::Mail {
        check_part(kind, "subject", &edited.subject, &mut problems);
    }
    let found = problems.len();
    let text = check_part(kind, "text", &edited.text, &mut problems);
    if let Some(text) = text.filter(|_| problems.len() == found) {
        problems.extend(check_code(kind, &text));
        if kind.way == Way::Text {
            problems.extend(check_size(kind, &text, around));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// What holds for each part by itself: length, characters, braces, links, digits.
fn check_part(kind: &Kind, field: &str, text: &str, problems: &mut Vec<FieldProblem>) -> Option<Template> {
    let problem = |code: &str| FieldProblem::new(field, code);
    if text.trim().is_empty() {
        problems.push(problem("template-empty"));
        return None;
    }
    if let Some(too_long) = check_length(kind, field, text) {
        problems.push(too_long);
        return None;
    }
    let one_line = field == "subject" || kind.way != Way::Mail;
    if one_line && text.contains(['\r', '\n']) {
        problems.push(problem("template-lines"));
        return None;
    }
    if text.chars().any(|c| c != '\n' && !is_joiner(c) && is_invisible(c)) {
        problems.push(problem("template-invisible"));
    }
    if let Some(link) = link_in(text) {
        problems.push(problem("template-link").with("link", &link));
    }
    let template = match Template::parse(text, kind.placeholders) {
        Ok(template) => template,
        Err(fault) => {
            problems.push(fault_of(field, fault));
            return None;
        }
    };
    if kind.guards_code() {
        problems.extend(check_digits(field, &template));
    }
    Some(template)
}

fn check_length(kind: &Kind, field: &str, text: &str) -> Option<FieldProblem> {
    let (length, most) = match (field, kind.way) {
        ("subject", _) => (text.chars().count(), SUBJECT_CHARS),
        (_, Way::Call) => (text.chars().count(), SPOKEN_CHARS),
        (_, Way::Push) => (text.chars().count(), PUSH_CHARS),
        // A segment is judged with the values in it; this is for what could not be kept.
        (_, Way::Mail | Way::Text) => (text.len(), TEXT_BYTES),
    };
    let problem = || FieldProblem::new(field, "template-too-long").with("max", &most).with("length", &length);
    (length > most).then(problem)
}

/// The nearest thing to a link: people learn to trust what stands in these messages, so none holds one but the help
/// desk's, which is a placeholder.
fn link_in(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| {
        let word = word.to_lowercase();
        word.contains("://") || word.contains("www.") || word.contains("mailto:")
    })
}

fn fault_of(field: &str, fault: Fault) -> FieldProblem {
    match fault {
        Fault::Unclosed => FieldProblem::new(field, "template-unclosed"),
        Fault::Stray => FieldProblem::new(field, "template-stray"),
        Fault::Unknown(name) => {
            let name: String = name.chars().take(40).collect();
            FieldProblem::new(field, "template-unknown").with("name", &name)
        }
    }
}

/// Nothing beside the code may look like one, or people and phones take the wrong digits.
fn check_digits(field: &str, template: &Template) -> Option<FieldProblem> {
    if let Some(run) = template.words().find_map(|words| code_runs(words).next()) {
        return Some(FieldProblem::new(field, "template-digits").with("digits", &run));
    }
    template.touches().then(|| FieldProblem::new(field, "template-touches"))
}

fn check_code(kind: &Kind, text: &Template) -> Option<FieldProblem> {
    match text.count(CODE) {
        _ if !kind.holds_code() => None,
        0 => Some(FieldProblem::new("text", "template-code-missing")),
        1 => None,
        _ => Some(FieldProblem::new("text", "template-code-twice")),
    }
}

/// With the longest values a text message still is one segment.
fn check_size(kind: &Kind, text: &Template, around: Surroundings<'_>) -> Option<FieldProblem> {
    let code = "0".repeat(6);
    let last_line = if kind.binds_code() { domain_line(around.host, &code) } else { String::new() };
    let longest = |name: &str| match name {
        CODE => code.clone(),
        ORGANIZATION => around.organization.to_owned(),
        "minutes" => "10".to_owned(),
        _ => "W".repeat(9),
    };
    let size = gsm7::measure(&fit_text_message(text, longest, &last_line));
    if size.segments == 1 {
        return None;
    }
    let problem = match text.words().find_map(gsm7::first_foreign) {
        Some(foreign) => FieldProblem::new("text", "template-text-alphabet").with("character", &foreign),
        None => FieldProblem::new("text", "template-text-long"),
    };
    let over = size.units - size.room();
    Some(problem.with("over", &over).with("room", &size.room()))
}

/// Joiners and direction marks: right-to-left and Indic languages write with them.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}'..='\u{200F}')
}
