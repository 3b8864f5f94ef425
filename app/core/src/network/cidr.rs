//! Networks in CIDR notation.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// The leading bits that every IPv4 address mapped into IPv6 shares (`::ffff:0:0/96`).
const MAPPED: u8 = 96;

/// A network: an address and how many of its leading bits count. Evened out like the addresses it is compared with:
/// what is mapped into IPv6 is IPv4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Reads `10.0.0.0/8`, `2001:db8::/32`, or a single address. `::ffff:10.0.0.0/104` is `10.0.0.0/8`; a mapped address
    /// with a shorter prefix than that of all mapped ones is neither the one nor the other, and is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix: u8 = match prefix {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
            Some(_) => return None,
            None => longest,
        };
        if prefix > longest {
            return None;
        }
        match (address, address.to_canonical()) {
            (IpAddr::V6(_), inner @ IpAddr::V4(_)) => {
                Some(Self { address: inner, prefix: prefix.checked_sub(MAPPED)? })
            }
            _ => Some(Self { address, prefix }),
        }
    }

    /// Whether the address is in the network. An IPv4 address mapped into IPv6 counts as IPv4.
    pub fn contains(self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let shift = 32 - u32::from(self.prefix);
                shr32(network.to_bits(), shift) == shr32(address.to_bits(), shift)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let shift = 128 - u32::from(self.prefix);
                shr128(network.to_bits(), shift) == shr128(address.to_bits(), shift)
            }
            _ => false,
        }
    }
}

/// The text is no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoNetwork;

impl FromStr for Network {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        Self::parse(text).ok_or(NoNetwork)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

/// A shift by the whole width gives 0, which is what a prefix of no bits means.
fn shr32(bits: u32, shift: u32) -> u32 {
    bits.checked_shr(shift).unwrap_or(0)
}

fn shr128(bits: u128, shift: u32) -> u128 {
    bits.checked_shr(shift).unwrap_or(0)
}
