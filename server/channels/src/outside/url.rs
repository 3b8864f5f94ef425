//! The address of a gateway, taken apart.

use std::net::IpAddr;

use super::Outside;
use super::address::is_public;

/// What is wrong with a gateway's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlProblem {
    /// It is none.
    #[error("the gateway’s address cannot be read")]
    Malformed,
    /// It is not https, nor in one of the networks that gateways may live in.
    #[error("the gateway’s address must begin with https://")]
    Clear,
    /// It names an address that requests may not go to.
    #[error("the gateway’s address is in a network that requests may not go to")]
    Forbidden,
}

/// Where a request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Whether over TLS.
    pub secure: bool,
    /// Name or number, without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Path and query.
    pub path: String,
}

impl Target {
    /// As the header `Host` has it.
    pub(crate) fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        match (self.secure, self.port) {
            (true, 443) | (false, 80) => host,
            (_, port) => format!("{host}:{port}"),
        }
    }
}

impl Outside {
    /// Reads an address as far as it can be judged without asking for its name.
    pub fn target(&self, url: &str) -> Result<Target, UrlProblem> {
        let uri: http::Uri = url.trim().parse().map_err(|_| UrlProblem::Malformed)?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") if !self.gateway_networks.is_empty() => false,
            Some("http") => return Err(UrlProblem::Clear),
            _ => return Err(UrlProblem::Malformed),
        };
        let authority = uri.authority().ok_or(UrlProblem::Malformed)?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if host.is_empty() || authority.as_str().contains('@') {
            return Err(UrlProblem::Malformed);
        }
        if let Ok(address) = host.parse::<IpAddr>()
            && !self.may_reach(address, secure)
        {
            return Err(UrlProblem::Forbidden);
        }
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Target { secure, host, port, path })
    }

    /// Whether a request may go to this address.
    pub(super) fn may_reach(&self, address: IpAddr, secure: bool) -> bool {
        let named = self.gateway_networks.iter().any(|network| network.contains(address));
        named || (secure && is_public(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(networks: &[&str], url: &str) -> Result<Target, UrlProblem> {
        let gateway_networks = networks.iter().map(|network| network.parse().unwrap()).collect();
        Outside { gateway_networks, proxy: None }.target(url)
    }

    #[test]
    fn t127_without_networks_only_https_outside() {
        assert_eq!(target(&[], "http://sms.example/"), Err(UrlProblem::Clear));
        assert_eq!(target(&[], "https://127.0.0.1/"), Err(UrlProblem::Forbidden));
        assert_eq!(target(&[], "https://[::ffff:127.0.0.1]/"), Err(UrlProblem::Forbidden));
        assert_eq!(target(&[], "https://[64:ff9b::7f00:1]/"), Err(UrlProblem::Forbidden));
        for nonsense in ["", "sms.example", "ftp://sms.example/", "https://", "https://u:p@sms.example/"] {
            assert_eq!(target(&[], nonsense), Err(UrlProblem::Malformed), "{nonsense}");
        }
        let found = target(&[], "https://sms.example:8443/v1?x=1").unwrap();
        assert_eq!((found.host.as_str(), found.port, found.path.as_str()), ("sms.example", 8443, "/v1?x=1"));
        assert_eq!(found.authority(), "sms.example:8443");
    }

    #[test]
    fn t127_http_only_within_the_networks_that_are_named() {
        assert!(target(&["10.0.0.0/8"], "http://10.1.2.3:8080/send").is_ok());
        assert!(target(&["10.0.0.0/8"], "https://10.1.2.3/").is_ok());
        assert_eq!(target(&["10.0.0.0/8"], "http://127.0.0.1/"), Err(UrlProblem::Forbidden));
        assert_eq!(target(&["10.0.0.0/8"], "http://1.1.1.1/"), Err(UrlProblem::Forbidden));
    }
}
