//! What goes wrong between Regain and a directory: silence, certificates, references to other servers.

mod certificates;
mod impostor;
mod real_certificates;
mod references;
mod silence;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use regain_core::secret::Secret;
use regain_core::time::ManualClock;
use regain_directory::{Directory, Kind, Limits, Settings};

/// For servers that never answer.
const TIGHT: Limits = Limits {
    connect: Duration::from_millis(300),
    bind: Duration::from_millis(300),
    operation: Duration::from_millis(300),
    overall: Duration::from_millis(600),
};

/// What a server that is none would love to see.
const SERVICE_PASSWORD: &str = "Service-Passw0rd!";

/// A directory at these addresses, of which nothing else is known.
fn directory_at(urls: &[String], authority: Option<&str>, limits: Limits) -> Directory {
    let servers = urls.iter().map(|url| url.parse().unwrap()).collect();
    let service = "cn=regain,ou=services,dc=example,dc=test";
    let mut settings = Settings::new(
        Kind::OpenLdap,
        servers,
        "ou=people,dc=example,dc=test",
        service,
        Secret::from(SERVICE_PASSWORD),
    );
    settings.authority = authority.map(|pem| pem.as_bytes().to_vec());
    Directory::with_limits(settings, Arc::new(ManualClock::default()), limits).unwrap()
}

fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port)
}
