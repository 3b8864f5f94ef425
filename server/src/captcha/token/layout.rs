//! The bytes inside a token. They are sealed, so their only reader is their writer; the version is
//! for a node that has been updated before its neighbour.

use super::{Action, Contents, Effort, LENGTH, TokenId};
use regain_core::code::SupportCode;
use regain_core::time::Timestamp;

const VERSION: u8 = 1;

pub(super) fn encode(contents: &Contents) -> Vec<u8> {
    let action = match contents.action {
        Action::StartReset => 1,
        Action::SignIn => 2,
        Action::Prove => 3,
        Action::Help => 4,
        Action::Pair => 5,
    };
    let mut plain = vec![VERSION, action, contents.effort.bits()];
    plain.extend(contents.id.as_bytes());
    plain.extend(contents.seed);
    plain.extend(contents.expires.micros().to_le_bytes());
    plain.extend(contents.letters.as_bytes());
    plain.extend(contents.digits.as_bytes());
    plain.extend(contents.support_code.to_string().as_bytes());
    plain
}

pub(super) fn decode(plain: &[u8]) -> Option<Contents> {
    let mut rest = Rest(plain);
    let [version, action, effort] = rest.take()?;
    if version != VERSION {
        return None;
    }
    Some(Contents {
        action: match action {
            1 => Action::StartReset,
            2 => Action::SignIn,
            3 => Action::Prove,
            4 => Action::Help,
            5 => Action::Pair,
            _ => return None,
        },
        effort: Effort::of_bits(effort)?,
        id: TokenId(rest.take()?),
        seed: rest.take()?,
        expires: Timestamp(i64::from_le_bytes(rest.take()?)),
        letters: rest.text()?,
        digits: rest.text()?,
        support_code: SupportCode::parse(std::str::from_utf8(rest.0).ok()?)?,
    })
}

/// What has not been read yet.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*head)
    }

    fn text(&mut self) -> Option<String> {
        let characters: [u8; LENGTH] = self.take()?;
        String::from_utf8(characters.to_vec()).ok()
    }
}
