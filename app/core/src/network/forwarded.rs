//! `X-Forwarded-For`: what proxies say about who asks.

use std::net::IpAddr;

use super::{Network, Source};

/// The longest piece of an entry that is kept for people to look at.
const SHOWN: usize = 64;

/// A trusted proxy named its client in words that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The proxy that said so.
    pub proxy: IpAddr,
    /// What it said: at most 64 characters, what does not print written as escapes.
    pub said: String,
}

/// Who asks. `lines` are the values of the header's lines, in the order in which they came; each proxy adds one entry at
/// the right end. They are read from there, as long as who said it is trusted; what stands further left anybody may have
/// written. What cannot be read makes the client [`Source::Unknown`]: to go on with the proxy instead would give the
/// client the proxy's rights.
pub fn client<'h>(
    peer: IpAddr,
    lines: impl DoubleEndedIterator<Item = &'h [u8]>,
    trusted: &[Network],
) -> Result<Source, Unreadable> {
    let mut client = peer.to_canonical();
    for entry in lines.rev().flat_map(|line| line.rsplit(|byte| *byte == b',')) {
        if !Source::Known(client).is_in(trusted) {
            break;
        }
        client = read(entry).ok_or_else(|| Unreadable { proxy: client, said: shown(entry) })?;
    }
    Ok(Source::Known(client))
}

/// An address, with or without a port: `203.0.113.7`, `203.0.113.7:51234`, `2001:db8::7`, `[2001:db8::7]`,
/// `[2001:db8::7]:443`. One that is mapped into IPv6 is IPv4.
fn read(entry: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(entry).ok()?.trim_matches([' ', '\t']);
    let address = if let Some(rest) = text.strip_prefix('[') {
        let (address, rest) = rest.split_once(']')?;
        let port = rest.strip_prefix(':');
        if !rest.is_empty() && !port.is_some_and(is_port) {
            return None;
        }
        IpAddr::V6(address.parse().ok()?)
    } else if let Some((address, port)) = text.split_once(':').filter(|(_, port)| !port.contains(':')) {
        if !is_port(port) {
            return None;
        }
        IpAddr::V4(address.parse().ok()?)
    } else {
        text.parse().ok()?
    };
    Some(address.to_canonical())
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

fn shown(entry: &[u8]) -> String {
    let text = entry.trim_ascii().escape_ascii().to_string();
    text.chars().take(SHOWN).collect()
}
