//! Security questions: the built-in ones, the rules for answers, and the draw.
//!
//! Off by default, never the only proof, never for administrators (ruling 12).

use crate::entropy::{Entropy, shuffle};
use crate::form::FieldProblem;
use crate::secret::Secret;
use crate::text;
use std::ops::RangeInclusive;

/// How many questions may be asked for at registration and at a reset (R39).
pub const NUMBERS: RangeInclusive<u8> = 3..=5;
/// How many questions an administrator can choose, built-in and own together (R41).
pub const MAX_CHOSEN: usize = 20;
/// Length of a question in characters (R42).
pub const QUESTION_CHARS: RangeInclusive<usize> = 3..=200;
/// Length of an answer in characters (R44).
pub const ANSWER_CHARS: RangeInclusive<usize> = 3..=40;

/// The built-in questions. The catalogue holds the text of each as `question-<id>`.
pub const PREDEFINED: [&str; 35] = [
    "birthplace-mother",
    "birthplace-father",
    "birthplace-oldest-sibling",
    "birthplace-grandmother",
    "middle-name-mother",
    "middle-name-father",
    "middle-name-oldest-sibling",
    "name-first-cousin",
    "name-grandmother",
    "name-grandfather",
    "parents-met-town",
    "parents-wedding-town",
    "childhood-street",
    "childhood-nickname",
    "childhood-hero",
    "childhood-friend",
    "childhood-toy",
    "childhood-book",
    "first-pet",
    "first-school-town",
    "first-school-teacher",
    "favorite-teacher",
    "favorite-school-subject",
    "first-job-town",
    "first-job-employer",
    "first-manager",
    "first-car",
    "first-home-town",
    "first-journey-abroad",
    "first-concert",
    "first-film",
    "favorite-food",
    "favorite-sport",
    "favorite-song",
    "new-year-2000",
];

/// Whether the name is one of the built-in questions.
pub fn is_predefined(id: &str) -> bool {
    PREDEFINED.contains(&id)
}

/// Whether an administrator may use the text as a question.
pub fn is_question_text(text: &str) -> bool {
    let text = text.trim();
    QUESTION_CHARS.contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

/// How answers are evened out before they are hashed. Kept with each, so that a later way leaves those before alone.
pub const FOLDING: i64 = 2;

/// One spelling for answers that people would call the same.
pub fn normalized(text: &str) -> String {
    text::search_key(text)
}

/// The spelling under which an answer was hashed whose folding is `folding`.
pub fn normalized_by(folding: i64, text: &str) -> String {
    if folding == FOLDING { normalized(text) } else { normalized_at_first(text) }
}

/// The first way, under which quotation marks, dashes and the two i were apart. It stays as it was.
fn normalized_at_first(text: &str) -> String {
    let lower = text::nfkc(text).chars().flat_map(char::to_lowercase).collect::<String>();
    let folded = text::nfkc(&lower.replace('ς', "σ").replace('ß', "ss"));
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An answer, in the form that is hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer(Secret);

impl Answer {
    /// Reads a typed answer; the error is the code of a problem.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.len() > 4 * 10 * ANSWER_CHARS.end() {
            return Err("answer-too-long");
        }
        let chars = text.trim().chars().count();
        if chars < *ANSWER_CHARS.start() {
            return Err("answer-too-short");
        }
        if chars > *ANSWER_CHARS.end() {
            return Err("answer-too-long");
        }
        if text.chars().any(char::is_control) {
            return Err("answer-malformed");
        }
        Ok(Self(Secret::from(normalized(text))))
    }

    /// The normal form, for the hash.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The name of the field for the question at `index`, counted from 0.
pub fn question_field(index: usize) -> String {
    ["question_", &index.to_string()].concat()
}

/// The name of the field for the answer at `index`, counted from 0.
pub fn answer_field(index: usize) -> String {
    ["answer_", &index.to_string()].concat()
}

/// Checks a whole registration: `chosen` are the questions with their answers as typed, `offered` the
/// policy's questions. Every question may be used once (R45), every answer once (R46).
pub fn check_registration(
    chosen: &[(String, Secret)],
    offered: &[super::policy::Question],
    to_register: u8,
) -> Result<Vec<(String, Answer)>, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut accepted: Vec<(String, Answer)> = Vec::new();
    for (index, (id, typed)) in chosen.iter().enumerate() {
        if !offered.iter().any(|question| question.id() == id) {
            problems.push(FieldProblem::new(&question_field(index), "question-missing"));
        } else if chosen[..index].iter().any(|(earlier, _)| earlier == id) {
            problems.push(FieldProblem::new(&question_field(index), "question-twice"));
        }
        match Answer::parse(typed.expose()) {
            Ok(answer) if accepted.iter().any(|(_, earlier)| *earlier == answer) => {
                problems.push(FieldProblem::new(&answer_field(index), "answer-twice"));
            }
            Ok(answer) => accepted.push((id.clone(), answer)),
            Err(code) => problems.push(FieldProblem::new(&answer_field(index), code)),
        }
    }
    if chosen.len() < usize::from(to_register) {
        let problem = FieldProblem::new(&question_field(chosen.len()), "questions-too-few");
        problems.push(problem.with("min", &to_register));
    }
    if problems.is_empty() { Ok(accepted) } else { Err(problems) }
}

/// Draws `number` of the registered questions, each set and order equally likely (R47).
pub fn draw(registered: &[String], number: u8, entropy: &dyn Entropy) -> Vec<String> {
    let mut drawn = registered.to_vec();
    shuffle(entropy, &mut drawn);
    drawn.truncate(usize::from(number));
    drawn
}
