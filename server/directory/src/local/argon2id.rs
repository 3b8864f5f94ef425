//! argon2id with reused memory, and its PHC string.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use data_encoding::BASE64_NOPAD;
use subtle::ConstantTimeEq;

/// OWASP ASVS 5 appendix C: t=2 needs at least 19 MiB. The cost of every new hash.
pub(crate) const M_COST: u32 = 19_456;
const T_COST: u32 = 2;
const P_COST: u32 = 1;
const OUTPUT: usize = 32;

/// Memory for one hash at a time; made once for each permit, because touching 19 MiB of fresh pages costs half the time.
pub(crate) struct Memory(Vec<Block>);

impl Memory {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }
}

fn compute(
    pepper: &[u8],
    params: Params,
    input: &[u8],
    salt: &[u8],
    memory: &mut Memory,
) -> Option<[u8; OUTPUT]> {
    let blocks = params.block_count();
    if memory.0.len() < blocks {
        memory.0.resize(blocks, Block::new());
    }
    let context = Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params).ok()?;
    let mut output = [0; OUTPUT];
    context.hash_password_into_with_memory(input, salt, &mut output, &mut memory.0[..blocks]).ok()?;
    Some(output)
}

/// A PHC string for `input`. The pepper enters as argon2's secret, so it never stands in the database.
pub(crate) fn hash(pepper: &[u8], input: &[u8], salt: &[u8; 16], memory: &mut Memory) -> Option<String> {
    let params = Params::new(M_COST, T_COST, P_COST, Some(OUTPUT)).ok()?;
    let output = compute(pepper, params, input, salt, memory)?;
    let (salt, output) = (BASE64_NOPAD.encode(salt), BASE64_NOPAD.encode(&output));
    Some(format!("$argon2id$v=19$m={M_COST},t={T_COST},p={P_COST}${salt}${output}"))
}

/// Whether `phc` was made of `input`. The costs are the string's own, within ten times of ours.
pub(crate) fn verify(pepper: &[u8], input: &[u8], phc: &str, memory: &mut Memory) -> bool {
    matches(pepper, input, phc, memory).unwrap_or(false)
}

/// Which of these strings was made of `input`, where all have one salt and one cost: one hash for all of them.
pub(crate) fn find(pepper: &[u8], input: &[u8], phcs: &[String], memory: &mut Memory) -> Option<usize> {
    let first = Parsed::of(phcs.first()?)?;
    let actual = compute(pepper, first.params()?, input, &first.salt, memory)?;
    let same = |phc: &String| {
        Parsed::of(phc).is_some_and(|one| {
            one.costs == first.costs
                && one.salt == first.salt
                && bool::from(actual.as_slice().ct_eq(&one.output))
        })
    };
    // Every one is compared, whichever it is.
    let found: Vec<usize> = (0..phcs.len()).filter(|index| phcs.get(*index).is_some_and(same)).collect();
    found.first().copied()
}

fn matches(pepper: &[u8], input: &[u8], phc: &str, memory: &mut Memory) -> Option<bool> {
    let parsed = Parsed::of(phc)?;
    let actual = compute(pepper, parsed.params()?, input, &parsed.salt, memory)?;
    Some(bool::from(actual.as_slice().ct_eq(&parsed.output)))
}

/// A PHC string, taken apart.
struct Parsed {
    costs: (u32, u32, u32),
    salt: Vec<u8>,
    output: Vec<u8>,
}

impl Parsed {
    fn of(phc: &str) -> Option<Self> {
        let mut parts = phc.strip_prefix("$argon2id$v=19$")?.split('$');
        let (costs, salt, output) = (parts.next()?, parts.next()?, parts.next()?);
        let mut numbers =
            costs.split(',').map(|pair| pair.split_once('=').and_then(|(_, value)| value.parse().ok()));
        let (m, t, p): (u32, u32, u32) = (numbers.next()??, numbers.next()??, numbers.next()??);
        if m > 10 * M_COST || t > 10 * T_COST || p > 4 {
            return None;
        }
        let salt = BASE64_NOPAD.decode(salt.as_bytes()).ok()?;
        let output = BASE64_NOPAD.decode(output.as_bytes()).ok()?;
        Some(Self { costs: (m, t, p), salt, output })
    }

    fn params(&self) -> Option<Params> {
        let (m, t, p) = self.costs;
        Params::new(m, t, p, Some(OUTPUT)).ok()
    }
}

/// Whether a string has today's costs.
pub(crate) fn is_current(phc: &str) -> bool {
    phc.starts_with(&format!("$argon2id$v=19$m={M_COST},t={T_COST},p={P_COST}$"))
}
