//! What a mail server offers. lettre keeps it to itself, so it is asked on a connection of its own.

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::{ClientId, Extension};
use regain_core::time::{Duration, Timestamp};
use tokio::sync::Mutex;

use super::{is_encrypted, is_loopback};

/// Somebody waits for a page meanwhile.
const PATIENCE: Duration = Duration::from_secs(5);
/// So long an answer counts, also that there was none: whoever types addresses makes us connect no oftener.
const FRESH: Duration = Duration::from_mins(1);

/// Where the server is, and what it said last.
pub(super) struct Offer {
    host: String,
    port: u16,
    name: ClientId,
    /// TLS from the first byte, or begun by a command.
    tls: Option<(TlsParameters, bool)>,
    seen: Mutex<Option<(Timestamp, Option<bool>)>>,
}

impl Offer {
    /// The server at an address that lettre understands.
    pub(super) fn of(url: &str, name: ClientId) -> Result<Self, Error> {
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
        // The colons of an IPv6 address stand in brackets.
        let port_at = place.rfind(':').filter(|colon| !place[*colon..].contains(']'));
        let (host, port) = port_at.map_or((place, ""), |colon| (&place[..colon], &place[colon + 1..]));
        let host = host.trim_matches(['[', ']']).to_owned();
        let wrapped = scheme == "smtps";
        let tls = if is_encrypted(url) { Some((TlsParameters::new(host.clone())?, wrapped)) } else { None };
        debug_assert!(tls.is_some() || is_loopback(url));
        let usual = match (&tls, wrapped) {
            (_, true) => 465,
            (Some(_), false) => 587,
            (None, false) => 25,
        };
        Ok(Self { host, port: port.parse().unwrap_or(usual), name, tls, seen: Mutex::new(None) })
    }

    /// Whether it offers `SMTPUTF8`; `None` where it does not say.
    pub(super) async fn has_utf8(&self, now: Timestamp) -> Option<bool> {
        // Somebody who asks for the same waits for the same answer, and no longer.
        let mut seen = tokio::time::timeout(PATIENCE, self.seen.lock()).await.ok()?;
        if let Some((at, offered)) = *seen
            && now.since(at) < FRESH
        {
            return offered;
        }
        let asked = tokio::time::timeout(PATIENCE, self.ask()).await;
        let offered = match asked {
            Ok(Ok(offered)) => Some(offered),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the mail server does not say what it offers");
                None
            }
            Err(_) => None,
        };
        *seen = Some((now, offered));
        offered
    }

    async fn ask(&self) -> Result<bool, Error> {
        let wrapper = self.tls.as_ref().filter(|(_, wrapped)| *wrapped).map(|(tls, _)| tls.clone());
        let server = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &self.name, wrapper, None).await?;
        if let Some((tls, false)) = &self.tls {
            connection.starttls(tls.clone(), &self.name).await?;
        }
        let offered = connection.server_info().supports_feature(Extension::SmtpUtfEight);
        connection.abort().await;
        Ok(offered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_is_where_mail_goes() {
        for (url, host, port) in [
            ("smtp://127.0.0.1:2525", "127.0.0.1", 2525),
            ("smtp://[::1]:2525/", "::1", 2525),
            ("smtp://localhost", "localhost", 25),
            ("smtps://user:p%40ss@mail.example", "mail.example", 465),
            ("smtp://user:pass@mail.example?tls=required", "mail.example", 587),
            ("smtp://mail.example:2525?tls=required", "mail.example", 2525),
        ] {
            let offer = Offer::of(url, ClientId::Domain("id.example".to_owned())).unwrap();
            assert_eq!((offer.host.as_str(), offer.port), (host, port), "{url}");
        }
    }
}
