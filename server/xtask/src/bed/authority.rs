//! A certificate authority for one run, and the certificates that it gives to servers on loopback.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, DnType, ExtendedKeyUsagePurpose,
    IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};

/// The authority. Its key never leaves this process.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: PathBuf,
}

/// A server's certificate and key, in PEM.
pub struct Pair {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Authority {
    /// A fresh one, whose certificate is in `folder`.
    pub fn create(folder: &Path) -> Result<Self> {
        let mut params = lasting(CertificateParams::default());
        params.distinguished_name.push(DnType::CommonName, "Authority of the test bed");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        let certificate = folder.join("ca.pem");
        fs::write(&certificate, params.self_signed(&key)?.pem())?;
        Ok(Self { issuer: Issuer::new(params, key), certificate })
    }

    /// Where its certificate is.
    pub fn certificate(&self) -> &Path {
        &self.certificate
    }

    /// A certificate and a key for a server of these names and addresses.
    pub fn issue(&self, folder: &Path, names: &[&str]) -> Result<Pair> {
        let key = KeyPair::generate()?;
        let certificate = server(names)?.signed_by(&key, &self.issuer)?;
        let pair = Pair { certificate: folder.join("server.pem"), key: folder.join("server.key") };
        fs::write(&pair.certificate, certificate.pem())?;
        fs::write(&pair.key, key.serialize_pem())?;
        // Samba refuses a key that others may read.
        fs::set_permissions(&pair.key, fs::Permissions::from_mode(0o600))?;
        Ok(pair)
    }

    /// The certificate for a key that stays with who asks, in PEM, for these names and no others.
    pub fn sign(&self, request: &str, names: &[&str]) -> Result<String> {
        let request = CertificateSigningRequestParams::from_pem(request).context("no request")?;
        Ok(server(names)?.signed_by(&request.public_key, &self.issuer)?.pem())
    }
}

fn server(names: &[&str]) -> Result<CertificateParams> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = lasting(CertificateParams::new(names)?);
    params.distinguished_name.push(DnType::CommonName, "A server of the test bed");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(params)
}

/// Valid whatever the clock of the machine says.
fn lasting(mut params: CertificateParams) -> CertificateParams {
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2049, 12, 31);
    params
}
