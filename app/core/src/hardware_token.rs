//! Hardware tokens: what a row of the file that came with them says, and how far their clocks may be off.

use crate::form::FieldProblem;
use crate::secret::{Secret, SecretBytes};
use crate::text;
use crate::time::Duration;

/// The longest secret, in characters (Entra's limit).
pub const SECRET_CHARS: usize = 128;
/// The shortest secret, in bytes (RFC 4226, section 4, R6: at least 128 bits).
pub const SECRET_BYTES: usize = 16;
/// The longest serial number, manufacturer or model, in characters: more than any label on a token holds.
pub const NAME_CHARS: usize = 64;
/// How long a code may show, in seconds (Entra's choices).
pub const PERIODS: [u16; 2] = [30, 60];
/// The keys of the columns, in the order of Entra's template.
pub const COLUMNS: [&str; 6] =
    ["upn", "serial number", "secret key", "time interval", "manufacturer", "model"];

/// How far a token's clock may be off when it is activated: years in a drawer add up to minutes.
const ACTIVATION: Duration = Duration::from_mins(5);
/// One step back and one forward, once it is known how far the clock is off (RFC 6238, section 5.2).
const SKEW: u16 = 1;
/// A quartz that is 10 s off in a month is a poor one; a token that lay idle is allowed one more step for each month.
const IDLE: Duration = Duration::from_hours(30 * 24);
/// But not more of them: each adds two codes that are right.
const MOST_IDLE_STEPS: u64 = 3;

/// How the codes of a seed run: how long each shows, and by how many steps the clock behind it is known to be off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Seconds that a code shows.
    pub period: u16,
    /// Steps by which the clock is ahead of ours; below zero: behind.
    pub drift: i64,
    /// How many steps around that one are looked at.
    pub window: u16,
}

impl Pace {
    /// An authenticator app: thirty seconds, by the clock of a phone, which sets itself.
    pub const APP: Self = Self { period: 30, drift: 0, window: SKEW };

    /// A token whose clock nobody has read yet.
    pub fn unknown(period: u16) -> Self {
        let window = ACTIVATION.as_secs() / u64::from(period.max(1));
        Self { period, drift: 0, window: u16::try_from(window).unwrap_or(SKEW) }
    }

    /// A token that was last right `idle` ago, when its clock was off by `drift` steps.
    pub fn known(period: u16, drift: i64, idle: Duration) -> Self {
        let more = (idle.as_secs() / IDLE.as_secs()).min(MOST_IDLE_STEPS);
        Self { period, drift, window: SKEW + u16::try_from(more).unwrap_or_default() }
    }
}

/// A row as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub struct TypedToken<'a> {
    /// `serial number`.
    pub serial: &'a str,
    /// `secret key`, in Base32 or hexadecimal.
    pub secret: &'a Secret,
    /// `time interval`.
    pub interval: &'a str,
    /// `manufacturer`; may be empty.
    pub manufacturer: &'a str,
    /// `model`; may be empty.
    pub model: &'a str,
}

/// A row that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenDetails {
    /// Serial number, as it is printed on the token.
    pub serial: String,
    /// The key that all spellings of the serial number share.
    pub serial_key: String,
    /// Its seed.
    pub seed: SecretBytes,
    /// Seconds that a code shows.
    pub period: u16,
    /// Who made it.
    pub manufacturer: String,
    /// What they call it.
    pub model: String,
}

impl TypedToken<'_> {
    /// Reads a row; the first problem is told, and the secret never.
    pub fn parse(&self) -> Result<TokenDetails, FieldProblem> {
        let serial = name("serial number", self.serial)?;
        unrounded("serial number", &serial)?;
        if serial.is_empty() {
            return Err(problem("serial number", "token-serial-empty"));
        }
        let period = PERIODS.into_iter().find(|period| period.to_string() == self.interval.trim());
        let period = period.ok_or_else(|| problem("time interval", "token-interval"))?;
        Ok(TokenDetails {
            serial_key: text::canonical(&serial),
            serial,
            seed: seed(self.secret)?,
            period,
            manufacturer: name("manufacturer", self.manufacturer)?,
            model: name("model", self.model)?,
        })
    }
}

fn problem(column: &str, code: &str) -> FieldProblem {
    FieldProblem::new(column, code)
}

fn name(column: &str, typed: &str) -> Result<String, FieldProblem> {
    let name = typed.trim();
    if name.chars().count() > NAME_CHARS {
        Err(problem(column, "token-name-too-long").with("column", &column).with("max", &NAME_CHARS))
    } else if name.chars().any(text::is_invisible) {
        Err(problem(column, "token-name-invisible").with("column", &column))
    } else {
        Ok(name.to_owned())
    }
}

/// Whether a spreadsheet made a number of it, of which it shows the first digits alone.
fn is_rounded(text: &str) -> bool {
    let Some((digits, power)) = text.trim().split_once(['E', 'e']) else { return false };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let power = power.strip_prefix(['+', '-']);
    power.is_some_and(are_digits) && digits.split(['.', ',']).all(are_digits)
}

fn unrounded(column: &str, text: &str) -> Result<(), FieldProblem> {
    if is_rounded(text) {
        return Err(problem(column, "token-spreadsheet").with("column", &column));
    }
    Ok(())
}

/// Base32 (RFC 4648, section 6) as people write it, or hexadecimal: small letters, blanks, dashes and padding are
/// welcome, and so are bits of Base32 that fill no whole byte, as in Entra's own example. What could be both is Base32,
/// as Entra's example is: of 40 random hexadecimal digits one in 100,000 has none of 0, 1, 8 and 9.
fn seed(secret: &Secret) -> Result<SecretBytes, FieldProblem> {
    let column = "secret key";
    unrounded(column, secret.expose())?;
    let text = secret.expose().trim().trim_end_matches('=');
    let text =
        Secret::from(text.chars().filter(|c| !c.is_whitespace() && !text::is_dash(*c)).collect::<String>());
    let text = text.expose();
    if text.len() > SECRET_CHARS {
        return Err(problem(column, "token-secret-too-long").with("max", &SECRET_CHARS));
    }
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit()) && text.contains(['0', '1', '8', '9']);
    if is_hex && text.len() % 2 == 1 {
        return Err(problem(column, "token-secret-odd"));
    }
    let (of_symbol, each): (fn(char) -> Option<u32>, u8) = if is_hex { (hex, 4) } else { (base32, 5) };
    let (mut bits, mut held) = (0_u32, 0_u8);
    let mut bytes = Vec::with_capacity(SECRET_CHARS);
    for c in text.chars() {
        let value = of_symbol(c).ok_or_else(|| problem(column, "token-secret-malformed"))?;
        bits = ((bits << each) | value) & 0xFFF;
        held += each;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xFF).unwrap_or_default());
        }
    }
    let seed = SecretBytes::from(bytes);
    if seed.expose().len() < SECRET_BYTES {
        return Err(problem(column, "token-secret-too-short").with("min", &(SECRET_BYTES * 8)));
    }
    Ok(seed)
}

fn hex(c: char) -> Option<u32> {
    c.to_digit(16)
}

fn base32(c: char) -> Option<u32> {
    match c.to_ascii_uppercase() {
        letter @ 'A'..='Z' => Some(u32::from(letter) - u32::from('A')),
        digit @ '2'..='7' => Some(u32::from(digit) - u32::from('2') + 26),
        _ => None,
    }
}
