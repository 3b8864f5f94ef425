//! T138: whose address counts, and what becomes of one that cannot be read. One reading of networks for all settings.
#![allow(clippy::unwrap_used, reason = "a test may: the failure is its message")]

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;
use regain_core::network::{Network, Source, Unreadable, client};

const PROXY: &str = "10.0.0.1";

fn networks(texts: &[&str]) -> Vec<Network> {
    texts.iter().map(|text| Network::parse(text).unwrap()).collect()
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// Who asks, when this proxy, which is trusted, sends these lines.
fn through_proxy(lines: &[&[u8]]) -> Result<Source, Unreadable> {
    client(ip(PROXY), lines.iter().copied(), &networks(&["10.0.0.0/8"]))
}

#[test]
fn t138_an_address_is_read_with_port_brackets_and_blanks() {
    for (said, address) in [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:51234", "203.0.113.7"),
        (" \t203.0.113.7\t ", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("[::ffff:203.0.113.7]:443", "203.0.113.7"),
    ] {
        assert_eq!(through_proxy(&[said.as_bytes()]), Ok(Source::Known(ip(address))), "{said}");
    }
}

#[test]
fn t138_what_cannot_be_read_is_unknown_and_never_the_proxy() {
    for said in [
        "",
        " ",
        ",",
        "203.0.113.7,",
        "203.0.113.7, ",
        "unknown",
        "_hidden",
        "_",
        "localhost",
        "client.example",
        "203.0.113.7:",
        "203.0.113.7:+80",
        "203.0.113.7:65536",
        "203.0.113.7:http",
        "203.0.113",
        "203.0.113.07",
        "0xcb007107",
        "3405803783",
        "203.0.113.7/32",
        "2001:db8::7]",
        "[2001:db8::7",
        "[2001:db8::7]443",
        "[2001:db8::7]:",
        "[203.0.113.7]",
        "[203.0.113.7]:80",
        "fe80::1%eth0",
        "[fe80::1%1]:80",
        "\"203.0.113.7\"",
        "for=203.0.113.7",
        "203.0.113.7;10.0.0.2",
        "203.0.113.7 10.0.0.2",
        "\u{661}.1.1.1",
        "２０３.0.113.7",
    ] {
        let found = through_proxy(&[said.as_bytes()]);
        assert_eq!(found.map_err(|unreadable| unreadable.proxy), Err(ip(PROXY)), "{said:?}");
    }
    for said in [&b"203.0.113.7\xff"[..], b"\xc3\xa9", b"203.0.113.7\0", b"\x80203.0.113.7"] {
        assert!(through_proxy(&[said]).is_err(), "{said:?}");
    }
}

#[test]
fn t138_it_is_read_from_the_right_past_trusted_proxies_over_all_lines() {
    let known = |address: &str| Ok(Source::Known(ip(address)));
    assert_eq!(through_proxy(&[b"198.51.100.9, 203.0.113.7, 10.0.0.2"]), known("203.0.113.7"));
    assert_eq!(
        through_proxy(&[b"198.51.100.9", b"203.0.113.7", b"10.0.0.2:80, 10.0.0.3"]),
        known("203.0.113.7")
    );
    // What a client wrote itself stands to the left of what the proxy added: it is not even read.
    assert_eq!(through_proxy(&[b"\xff, unknown, , 203.0.113.7"]), known("203.0.113.7"));
    assert_eq!(through_proxy(&[b"\xff", b"203.0.113.7"]), known("203.0.113.7"));
    // A proxy behind it that cannot be understood is told apart from the one in front.
    let hidden = through_proxy(&[b"203.0.113.7, _hidden, 10.0.0.2"]).unwrap_err();
    assert_eq!((hidden.proxy, hidden.said.as_str()), (ip("10.0.0.2"), "_hidden"));
    // Proxies alone: the farthest of them asks.
    assert_eq!(through_proxy(&[b"10.0.0.3, 10.0.0.2"]), known("10.0.0.3"));
    assert_eq!(through_proxy(&[]), known(PROXY));
}

#[test]
fn t138_a_peer_that_is_not_trusted_speaks_for_itself_alone() {
    let trusted = networks(&["10.0.0.0/8"]);
    for said in ["203.0.113.7", "10.0.0.1", "unknown", ""] {
        let found = client(ip("198.51.100.9"), [said.as_bytes()].into_iter(), &trusted);
        assert_eq!(found, Ok(Source::Known(ip("198.51.100.9"))), "{said:?}");
    }
    let mapped = client(ip("::ffff:10.0.0.1"), [&b"203.0.113.7"[..]].into_iter(), &trusted);
    assert_eq!(mapped, Ok(Source::Known(ip("203.0.113.7"))), "a peer is evened out as well");
}

#[test]
fn what_is_shown_of_it_prints_and_is_short() {
    let said = through_proxy(&[&b"\x1b[31m\r\n\xff<b>".repeat(50)]).unwrap_err().said;
    assert!(said.len() <= 64 && said.bytes().all(|byte| byte.is_ascii_graphic()), "{said}");
}

#[test]
fn t138_an_unknown_source_is_in_no_network() {
    let everything = networks(&["0.0.0.0/0", "::/0"]);
    assert!(!Source::Unknown.is_in(&everything));
    assert!(Source::Known(ip("203.0.113.7")).is_in(&everything));
    assert!(!Source::Known(ip("203.0.113.7")).is_in(&[]));
}

#[test]
fn networks_are_evened_out_like_addresses() {
    for (mapped, network) in [
        ("::ffff:127.0.0.0/104", "127.0.0.0/8"),
        ("::ffff:10.1.2.3", "10.1.2.3/32"),
        ("::ffff:0:0/96", "0.0.0.0/0"),
        ("::ffff:c0a8:0/112", "192.168.0.0/16"),
    ] {
        assert_eq!(Network::parse(mapped), Network::parse(network), "{mapped}");
    }
    for ambiguous in ["::ffff:127.0.0.0/95", "::ffff:10.0.0.0/8", "::ffff:0:0/0", "10.0.0.0/", "10.0.0.0/+8"]
    {
        assert_eq!(Network::parse(ambiguous), None, "{ambiguous}");
    }
    assert!(!Network::parse("::/0").unwrap().contains(ip("203.0.113.7")), "IPv6 alone");
}

#[test]
fn t138_limits_count_an_ipv4_address_and_an_ipv6_network() {
    let key = |address: &str| Source::Known(ip(address)).key();
    assert_ne!(key("203.0.113.7"), key("203.0.113.8"));
    assert_eq!(key("::ffff:203.0.113.7"), key("203.0.113.7"));
    assert_eq!(key("2001:db8:1:2::3"), key("2001:db8:1:2:ffff::9"));
    assert_ne!(key("2001:db8:1:2::3"), key("2001:db8:1:3::3"));
    assert_ne!(key("203.0.113.7"), Source::Unknown.key());
}

fn any_ip() -> impl Strategy<Value = IpAddr> {
    prop_oneof![any::<Ipv4Addr>().prop_map(IpAddr::V4), any::<Ipv6Addr>().prop_map(IpAddr::V6)]
}

fn any_header() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..60),
        "[0-9a-f.:,\\[\\] ]{0,40}".prop_map(String::into_bytes),
    ]
}

fn spelled(address: IpAddr, port: u16) -> Vec<String> {
    match address {
        IpAddr::V4(v4) => {
            vec![v4.to_string(), format!("{v4}:{port}"), format!("[::ffff:{v4}]:{port}"), format!(" {v4} ")]
        }
        IpAddr::V6(v6) => vec![v6.to_string(), format!("[{v6}]"), format!("[{v6}]:{port}")],
    }
}

proptest! {
    /// Whatever a client writes, it stays left of what the trusted proxy adds.
    #[test]
    fn t138_the_counters_cannot_be_escaped(
        forged in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..4),
        address in any_ip(),
        port in any::<u16>(),
    ) {
        prop_assume!(!Source::Known(address).is_in(&networks(&["10.0.0.0/8"])));
        for spelling in spelled(address, port) {
            let mut lines: Vec<&[u8]> = forged.iter().map(Vec::as_slice).collect();
            lines.push(spelling.as_bytes());
            prop_assert_eq!(through_proxy(&lines), Ok(Source::Known(address.to_canonical())));
            let mut line = forged.join(&b',');
            line.push(b',');
            line.extend(spelling.as_bytes());
            prop_assert_eq!(through_proxy(&[&line]), Ok(Source::Known(address.to_canonical())));
        }
    }

    /// Nothing that a header may hold makes the client the proxy, or anything that is not written there.
    #[test]
    fn t138_no_header_makes_the_client_the_proxy(said in any_header()) {
        if let Ok(Source::Known(address)) = through_proxy(&[&said]) {
            prop_assert_ne!(address, ip(PROXY));
            let text = String::from_utf8_lossy(&said);
            prop_assert!(text.contains('.') || text.contains(':'), "{}", text);
        }
    }

    #[test]
    fn networks_contain_what_shares_their_bits(address in any_ip(), prefix in 0_u8..=128, other in any_ip()) {
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let text = format!("{address}/{prefix}");
        match Network::parse(&text) {
            None => prop_assert!(prefix > longest || address.to_canonical() != address),
            Some(network) => {
                prop_assert!(network.contains(address));
                prop_assert_eq!(Network::parse(&network.to_string()), Some(network), "it reads what it writes");
                let mapped = |ip: IpAddr| match ip {
                    IpAddr::V4(v4) => IpAddr::V6(v4.to_ipv6_mapped()),
                    v6 @ IpAddr::V6(_) => v6,
                };
                prop_assert_eq!(network.contains(other), network.contains(mapped(other)));
                if let IpAddr::V4(v4) = address {
                    let same = format!("{}/{}", v4.to_ipv6_mapped(), prefix + 96);
                    prop_assert_eq!(Network::parse(&same), Some(network));
                }
            }
        }
    }
}
