//! Where people sign in from: familiar places have a sign-in counter of their own (R181), so that guesses from
//! elsewhere do not lock a person out at home.

use std::net::IpAddr;

use regain_core::network::Source;
use regain_core::time::Duration;

use crate::crypto::Keys;

/// A place stays familiar so long after the last sign-in from it.
pub const FAMILIAR: Duration = Duration::from_hours(90 * 24);

/// The name of the place an address belongs to. It is a keyed hash: what is stored is no list of addresses. An unknown
/// source is at no place: it could become familiar to everybody.
pub fn place_of(keys: &Keys, source: Source) -> Option<String> {
    match source {
        Source::Known(address) => Some(keys.subject("place", &network(address))),
        Source::Unknown => None,
    }
}

/// The network that counts as one place: what a household or an office keeps when its provider gives it a new
/// address, which is a /24 of IPv4 and a /48 of IPv6. The browser does not count: whoever guesses can claim any.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> String {
        network(address.parse().unwrap())
    }

    #[test]
    fn r181_neighbours_are_one_place() {
        assert_eq!(of("203.0.113.7"), of("203.0.113.250"));
        assert_ne!(of("203.0.113.7"), of("203.0.114.7"));
        assert_eq!(of("2001:db8:1:2::3"), of("2001:db8:1:ffff::9"));
        assert_ne!(of("2001:db8:1::1"), of("2001:db8:2::1"));
    }

    #[test]
    fn an_ipv4_address_in_ipv6_clothes_is_the_same_place() {
        assert_eq!(of("::ffff:203.0.113.7"), of("203.0.113.9"));
    }

    #[test]
    fn the_stored_name_does_not_tell_the_network() {
        let keys = Keys::derive(&[7; 32]);
        let here = Source::Known("203.0.113.7".parse().unwrap());
        let place = place_of(&keys, here).unwrap();
        assert!(!place.contains("203"), "{place}");
        assert_ne!(place, place_of(&Keys::derive(&[8; 32]), here).unwrap());
        assert_eq!(place_of(&keys, Source::Unknown), None);
    }
}
