//! An answer as the classifier sees it.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hasher as _};
use std::time::Duration;

use super::even::evened;
use crate::attack::classifier::Seen;
use crate::http::Reply;

/// What the classifier is given, in its order.
pub const COLUMNS: [&str; 11] = [
    "time to the first byte",
    "time against the usual one",
    "time of the rest",
    "length of the body",
    "length of the head",
    "status",
    "location",
    "names of headers",
    "values of headers",
    "cookies",
    "the page",
];
/// The last of them.
const PAGE: usize = 5;

/// How many different pages there are among these, what is random taken out: if that is not enough, there are many, and a
/// difference between them would drown.
pub fn pages<'s>(seen: impl Iterator<Item = &'s Seen>) -> usize {
    seen.filter_map(|seen| seen.shapes.get(PAGE)).collect::<HashSet<_>>().len()
}

/// So many answers to the same step came just before; what the machine does at the moment shows in them.
const RECENT: usize = 15;

/// What is usual for each step at the moment.
#[derive(Default)]
pub struct Usual(HashMap<String, VecDeque<f64>>);

impl Usual {
    /// The answer to a step that was taken for `name`.
    pub fn see(&mut self, step: &str, reply: &Reply, name: &str) -> Seen {
        let first_byte = milliseconds(reply.first_byte);
        let recent = self.0.entry(step.to_owned()).or_default();
        let usual = middle(recent).unwrap_or(first_byte);
        recent.push_back(first_byte);
        if recent.len() > RECENT {
            recent.pop_front();
        }
        let (total, head) =
            (milliseconds(reply.total), reply.headers.iter().map(|(name, value)| name.len() + value.len()));
        Seen {
            numbers: vec![
                first_byte,
                first_byte - usual,
                total - first_byte,
                length(reply.body.len()),
                length(head.sum()),
            ],
            shapes: shapes(reply, name),
        }
    }
}

/// Status, where it leads, which headers in which order, what is in them, cookies, the page.
fn shapes(reply: &Reply, name: &str) -> Vec<u64> {
    let head = reply.headers.iter().filter(|(header, _)| !header.eq_ignore_ascii_case("date"));
    let names: Vec<&str> = reply.headers.iter().map(|(header, _)| header.as_str()).collect();
    let values: Vec<String> = head.map(|(_, value)| evened(value, name)).collect();
    let cookies: Vec<String> = reply.cookies.iter().map(|cookie| evened(cookie, name)).collect();
    vec![
        digest(&reply.status),
        digest(&evened(&reply.location, name)),
        digest(&names),
        digest(&values),
        digest(&cookies),
        digest(&evened(&reply.body, name)),
    ]
}

fn digest(what: &impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

fn middle(recent: &VecDeque<f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = recent.iter().copied().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "lengths of pages")]
fn length(bytes: usize) -> f64 {
    bytes as f64
}
