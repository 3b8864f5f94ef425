//! Where a banned term occurs in a password.

use std::ops::Range;

/// The places of `term` in `text`: exact ones and, only if there is none, those at edit distance 1.
///
/// Looking for near places beside exact ones would swallow neighbouring characters and give fewer points
/// than Microsoft's published examples have.
pub(super) fn places(text: &[char], term: &[char]) -> Vec<Range<usize>> {
    let exact = windows(text, term.len()).filter(|place| text[place.clone()] == *term).collect::<Vec<_>>();
    if !exact.is_empty() || !has_half(text, term) {
        return exact;
    }
    let lengths = term.len().saturating_sub(1)..=term.len() + 1;
    lengths
        .flat_map(|length| windows(text, length))
        .filter(|place| is_within_one_edit(&text[place.clone()], term))
        .collect()
}

/// One edit leaves one half of a term as it is; so most terms need no closer look.
fn has_half(text: &[char], term: &[char]) -> bool {
    let (first, second) = term.split_at(term.len() / 2);
    [first, second].iter().any(|half| half.is_empty() || text.windows(half.len()).any(|part| part == *half))
}

fn windows(text: &[char], length: usize) -> impl Iterator<Item = Range<usize>> + use<> {
    let starts = if length == 0 { 0 } else { (text.len() + 1).saturating_sub(length) };
    (0..starts).map(move |start| start..start + length)
}

/// Whether one inserted, deleted or replaced character at most makes one out of the other.
pub(super) fn is_within_one_edit(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let rest_of_short = if short.len() == long.len() { same + 1 } else { same };
    short.get(rest_of_short..).unwrap_or_default() == long.get(same + 1..).unwrap_or_default()
}
