//! TLS to a directory. Certificates are always looked at; there is no switch.

use std::io;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{CertificateError, ClientConfig, Error, RootCertStore};

use crate::outcome::{Away, BadCertificate};

/// Trusts what `authority` holds, in PEM; without it, what the machine trusts. `None`: no certificate can be read there.
pub(crate) fn config(authority: Option<&[u8]>) -> Option<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    match authority {
        Some(pem) => {
            for certificate in CertificateDer::pem_slice_iter(pem) {
                roots.add(certificate.ok()?).ok()?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if authority.is_some() && roots.is_empty() {
        return None;
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().ok()?;
    Some(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
}

/// Encrypts a connection to the server that is called `host`.
pub(super) async fn shake_hands(
    config: &Arc<ClientConfig>,
    host: &str,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, Away> {
    let name = ServerName::try_from(host.to_owned()).map_err(|_| Away::NotReached)?;
    TlsConnector::from(Arc::clone(config)).connect(name, stream).await.map_err(|error| away(&error))
}

fn away(error: &io::Error) -> Away {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    match inner {
        Some(Error::InvalidCertificate(problem)) => Away::Certificate(bad(problem)),
        Some(Error::NoCertificatesPresented) => Away::Certificate(BadCertificate::Unusable),
        // It speaks something else, or an older TLS; or it hung up.
        _ => Away::NoTls,
    }
}

fn bad(problem: &CertificateError) -> BadCertificate {
    match problem {
        // An authority that was made anew under its old name signs with another key.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => BadCertificate::UnknownIssuer,
        CertificateError::NotValidForName => BadCertificate::OtherName(Vec::new()),
        CertificateError::NotValidForNameContext { presented, .. } => {
            BadCertificate::OtherName(presented.iter().map(|name| plain_name(name)).collect())
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => BadCertificate::RunOut,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => BadCertificate::NotYet,
        CertificateError::Revoked => BadCertificate::Revoked,
        _ => BadCertificate::Unusable,
    }
}

/// `DnsName("dc1.example")` is how the library writes a name.
fn plain_name(written: &str) -> String {
    let inner = written.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(written);
    inner.chars().filter(|&c| c != '"' && !c.is_control()).take(253).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_must_be_one() {
        assert!(config(Some(b"")).is_none());
        assert!(config(Some(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")).is_none());
        assert!(config(None).is_some());
    }

    #[test]
    fn each_fault_has_its_words() {
        let named = CertificateError::NotValidForNameContext {
            expected: ServerName::try_from("dc2.example").unwrap(),
            presented: vec!["DnsName(\"dc1.example\")".to_owned(), "IpAddress(127.0.0.1)".to_owned()],
        };
        let presented = vec!["dc1.example".to_owned(), "127.0.0.1".to_owned()];
        assert_eq!(bad(&named), BadCertificate::OtherName(presented));
        assert_eq!(bad(&CertificateError::UnknownIssuer), BadCertificate::UnknownIssuer);
        assert_eq!(bad(&CertificateError::Expired), BadCertificate::RunOut);
        assert_eq!(bad(&CertificateError::BadSignature), BadCertificate::UnknownIssuer);
        assert_eq!(bad(&CertificateError::BadEncoding), BadCertificate::Unusable);
    }
}
