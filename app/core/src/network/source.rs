//! The client's address, as far as it is known.

use std::fmt;
use std::net::IpAddr;

use super::Network;

/// Where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// From this address.
    Known(IpAddr),
    /// A proxy that is trusted said so, in words that cannot be read. It is in no network that a setting names.
    Unknown,
}

impl Source {
    /// Whether it is known to be in one of these networks.
    pub fn is_in(self, networks: &[Network]) -> bool {
        match self {
            Source::Known(address) => networks.iter().any(|network| network.contains(address)),
            Source::Unknown => false,
        }
    }

    /// The name under which limits count it. An IPv6 customer has more addresses than there is memory for counters, so a
    /// whole /64 has one name (T137, T138). All that is unknown has one name, too: where it is over a limit it may be
    /// asked for more work, but never be refused, because it stands for everybody behind that proxy.
    pub fn key(self) -> String {
        match self {
            Source::Known(address) => match address.to_canonical() {
                IpAddr::V4(v4) => v4.to_string(),
                IpAddr::V6(v6) => {
                    let [a, b, c, d, ..] = v6.segments();
                    format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
                }
            },
            Source::Unknown => UNKNOWN.to_owned(),
        }
    }
}

const UNKNOWN: &str = "unknown";

/// As records and messages tell it: the address, or `unknown`.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Known(address) => address.fmt(f),
            Source::Unknown => f.write_str(UNKNOWN),
        }
    }
}
