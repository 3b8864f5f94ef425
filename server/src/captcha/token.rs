//! The sealed token: everything about one CAPTCHA, carried by the page itself.

mod layout;

use crate::crypto::Keys;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use regain_core::code::SupportCode;
use regain_core::entropy::Entropy;
use regain_core::limits;
use regain_core::pow::Challenge;
use regain_core::time::{Duration, Timestamp};
use thiserror::Error;

/// How long a token can be answered: time to type a username, listen twice and answer slowly, while
/// the list of spent tokens stays short.
pub const LIFE: Duration = Duration::from_mins(10);

/// What tokens are sealed for, and nothing else is.
pub(super) const PURPOSE: &str = "captcha";

/// Letters that nobody takes for another letter or a digit, without vowels, so that they never make
/// a word.
pub(super) const LETTERS: &[u8] = b"CDFHJKMNPRTWXY";
/// What the sound says: independent of the letters, so that solving both gains nothing.
const DIGITS: &[u8] = b"0123456789";
/// Characters of either answer: 7.5 million pictures, a million sounds, one attempt at each.
const LENGTH: usize = 6;

/// What the CAPTCHA guards. A token for one action is worth nothing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The start of a reset or an unlock.
    StartReset,
    /// A sign-in that has to be slowed down.
    SignIn,
    /// An answer in a reset, from a source with many wrong ones.
    Prove,
    /// A request for help, from a source that made many.
    Help,
    /// A code that pairs a phone, from a source with many wrong ones.
    Pair,
}

/// The price of the check that runs by itself: zero bits that the digest has to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Effort(u8);

impl Effort {
    /// About 260,000 hashes: one to two seconds on a slow phone, far less elsewhere.
    pub const USUAL: Self = Self(18);
    /// Eight times the usual price, while the system is under attack.
    pub const RAISED: Self = Self(18 + limits::BREAKER_EXTRA_BITS);
    /// What nobody asks for more than: half a minute on a slow phone.
    const MOST: Self = Self(18 + limits::SOURCE_EXTRA_BITS);

    /// Zero bits that the digest has to begin with.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The price of a token that came back, if it can be one.
    pub fn of_bits(bits: u8) -> Option<Self> {
        (Self::USUAL..=Self::MOST).contains(&Self(bits)).then_some(Self(bits))
    }

    /// What a source pays that did something `times` times and may do it `most` times: nothing within that, then the
    /// usual price, and twice as much with each further time.
    pub fn beyond(times: i64, most: u32) -> Option<Self> {
        let over = times.checked_sub(i64::from(most)).filter(|over| *over >= 0)?;
        let extra = u8::try_from(over).unwrap_or(u8::MAX).min(limits::SOURCE_EXTRA_BITS);
        Some(Self(Self::USUAL.0 + extra))
    }

    /// Whether work at this price is enough where `asked` is asked for by now. Others may have failed while it was done:
    /// one doubling is forgiven.
    pub const fn is_enough_for(self, asked: Self) -> bool {
        self.0 + 1 >= asked.0
    }
}

/// The name under which a token is recorded as spent.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenId([u8; 16]);

impl TokenId {
    /// The 128 random bits.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// What is inside a token.
pub(super) struct Contents {
    pub(super) id: TokenId,
    pub(super) letters: String,
    pub(super) digits: String,
    pub(super) action: Action,
    pub(super) expires: Timestamp,
    pub(super) support_code: SupportCode,
    pub(super) effort: Effort,
    /// Public, unlike the id, from which picture and sound are drawn.
    seed: [u8; 16],
}

/// A new CAPTCHA, for the page.
pub struct Issued {
    /// For a hidden field and for the addresses of picture and sound.
    pub token: String,
    /// The work that spares the characters.
    pub challenge: Challenge,
}

/// Makes a new CAPTCHA. Touches nothing but the randomness.
pub fn issue(
    keys: &Keys,
    entropy: &dyn Entropy,
    now: Timestamp,
    action: Action,
    effort: Effort,
    support_code: SupportCode,
) -> Issued {
    let contents = Contents {
        id: TokenId(random(entropy)),
        letters: spell(u64::from_le_bytes(random(entropy)), LETTERS),
        digits: spell(u64::from_le_bytes(random(entropy)), DIGITS),
        action,
        effort,
        expires: now.plus(LIFE),
        seed: random(entropy),
        support_code,
    };
    let sealed = keys.seal(PURPOSE, b"", &layout::encode(&contents), entropy);
    Issued { token: BASE64URL_NOPAD.encode(&sealed), challenge: contents.challenge() }
}

fn random<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}

/// Writes a number with the characters of `alphabet` as digits. There are so many more numbers than
/// answers (2^64 to 10^7) that none is likelier than another by more than 2^-40.
fn spell(number: u64, alphabet: &[u8]) -> String {
    let base = alphabet.len() as u64;
    // A remainder of the length is an index.
    #[allow(clippy::cast_possible_truncation)]
    let digit = |rest: u64| char::from(alphabet[(rest % base) as usize]);
    std::iter::successors(Some(number), |rest| Some(rest / base)).take(LENGTH).map(digit).collect()
}

/// Why a token counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// It was not sealed by us, was changed since, or belongs to another action.
    #[error("the CAPTCHA's token is not valid here")]
    Invalid,
    /// It was answered after the end of its [`LIFE`].
    #[error("the CAPTCHA has expired")]
    Expired,
}

/// Unseals a token that is still good.
pub(super) fn contents(keys: &Keys, now: Timestamp, token: &str) -> Result<Contents, Refused> {
    let contents = unseal(keys, token).ok_or(Refused::Invalid)?;
    if now < contents.expires { Ok(contents) } else { Err(Refused::Expired) }
}

fn unseal(keys: &Keys, token: &str) -> Option<Contents> {
    let sealed = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    layout::decode(&keys.open(PURPOSE, b"", &sealed)?)
}

impl Contents {
    /// The work that this token asks for.
    pub(super) fn challenge(&self) -> Challenge {
        Challenge { seed: HEXLOWER.encode(&self.seed), bits: self.effort.bits() }
    }
}
