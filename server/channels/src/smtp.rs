//! Mail over SMTP. Never in clear, except to this machine itself.

mod offer;

use std::net::IpAddr;

use async_trait::async_trait;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use regain_core::contact::{EmailAddress, domain};
use regain_core::time::{Duration, Timestamp};

use crate::{Channel, Message, SendError};
use offer::Offer;

/// One command of the conversation; lettre's own default is a minute.
const COMMAND: Duration = Duration::from_secs(10);
/// The whole conversation (security reference F9).
const CONVERSATION: Duration = Duration::from_secs(20);

/// Why a mail server's address cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpUrlError {
    /// Mail would cross the network in clear.
    #[error("REGAIN_SMTP_URL must use TLS: smtps://host:465, or smtp://host:587?tls=required")]
    Clear,
    /// Not an address.
    #[error("REGAIN_SMTP_URL cannot be read: {0}")]
    Unreadable(String),
    /// Not a name to greet with.
    #[error("REGAIN_SMTP_NAME must be a host name or an address, such as id.example.com")]
    Name,
    /// Not a sender.
    #[error("REGAIN_MAIL_FROM must be a mail address, such as regain@example.com")]
    Sender,
}

/// A mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: lettre::Address,
    host: String,
    offer: Offer,
}

impl Smtp {
    /// A mail server at `url` (`smtps://user:pass@host:465`, `smtp://host:587?tls=required`), sending as `from`. It is
    /// greeted by `name`, a host name or an address: many servers turn away who calls itself what it is not.
    pub fn new(url: &str, from: &str, name: &str) -> Result<Self, SmtpUrlError> {
        if !is_encrypted(url) && !is_loopback(url) {
            return Err(SmtpUrlError::Clear);
        }
        let from = from.parse::<Mailbox>().map_err(|_| SmtpUrlError::Sender)?.email;
        let from = on_the_wire(&from).map_err(|_| SmtpUrlError::Sender)?;
        let name = client_id(name).ok_or(SmtpUrlError::Name)?;
        let unreadable = |error: &dyn std::fmt::Display| SmtpUrlError::Unreadable(error.to_string());
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| unreadable(&error))?
            .hello_name(name.clone())
            .timeout(Some(COMMAND))
            .build();
        let offer = Offer::of(url, name).map_err(|error| unreadable(&error))?;
        Ok(Self { transport, host: from.domain().to_owned(), from, offer })
    }

    /// Whether the server takes an address whose part before the `@` this is, at `now`. One with letters outside ASCII
    /// it takes only if it offers `SMTPUTF8` (RFC 6531); a server that does not answer may.
    pub async fn takes(&self, local: &str, now: Timestamp) -> bool {
        local.is_ascii() || self.offer.has_utf8(now).await.unwrap_or(true)
    }

    /// Whether the server answers and accepts our name and password.
    pub async fn check(&self) -> Result<(), String> {
        match tokio::time::timeout(CONVERSATION, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err("the mail server refuses us".to_owned()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("the mail server does not answer".to_owned()),
        }
    }

    fn build(&self, message: &Message) -> Result<lettre::Message, SendError> {
        let permanent = |error: &dyn std::fmt::Display| SendError::Permanent(error.to_string());
        let sender: String = message.sender_name.chars().filter(|c| !c.is_control()).collect();
        let mut builder = lettre::Message::builder()
            .message_id(Some(format!("<{}@{}>", message.id, self.host)))
            .from(Mailbox::new(Some(sender), self.from.clone()))
            .subject(message.subject.chars().filter(|c| !c.is_control()).collect::<String>())
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            .raw_header(header("Content-Language", &message.locale));
        let reply_to = message.reply_to.as_deref().map(recipient).transpose()?;
        // A mail that leaves without `SMTPUTF8` has no letters outside ASCII in its headers: nobody can answer there.
        if let Some(reply_to) = reply_to.filter(|address| address.user().is_ascii()) {
            builder = builder.reply_to(Mailbox::new(None, reply_to));
        }
        // Never parsed as a list or with a display name: one address, or nothing (T126).
        let recipients = message.to.iter().map(|to| recipient(to)).collect::<Result<Vec<_>, _>>()?;
        for to in &recipients {
            builder = builder.to(Mailbox::new(None, to.clone()));
        }
        // Said beside the header, in which lettre does not read every letter again.
        let envelope =
            Envelope::new(Some(self.from.clone()), recipients).map_err(|error| permanent(&error))?;
        let builder = builder.envelope(envelope);
        let text = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(message.text.clone());
        let html = SinglePart::builder().header(ContentType::TEXT_HTML).body(message.html.clone());
        let both = MultiPart::alternative().singlepart(text);
        let both = match &message.logo {
            Some(logo) => both.multipart(MultiPart::related().singlepart(html).singlepart(inline(logo)?)),
            None => both.singlepart(html),
        };
        builder.multipart(both).map_err(|error| permanent(&error))
    }
}

#[async_trait]
impl Channel for Smtp {
    async fn send(&self, message: &Message) -> Result<(), SendError> {
        let mail = self.build(message)?;
        for to in mail.envelope().to() {
            if !self.takes(to.user(), message.at).await {
                let reason = "the mail server does not offer SMTPUTF8, which this address needs";
                return Err(SendError::NoSuchDestination(reason.to_owned()));
            }
        }
        match tokio::time::timeout(CONVERSATION, self.transport.send(mail)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_permanent() => Err(refused(&error)),
            // The server answered that it did not take it, or there was no conversation at all.
            Ok(Err(error)) if error.is_transient() || error.is_tls() || error.is_client() => {
                Err(SendError::Temporary(error.to_string()))
            }
            // lettre tells this kind by its text alone. A connection that broke later reads otherwise.
            Ok(Err(error)) if error.to_string().starts_with("Connection error") => {
                Err(SendError::Temporary(error.to_string()))
            }
            Ok(Err(error)) => Err(SendError::Unknown(error.to_string())),
            Err(_) => Err(SendError::Unknown("the mail server took too long".to_owned())),
        }
    }
}

/// One address, as mail servers take it.
fn recipient(text: &str) -> Result<lettre::Address, SendError> {
    let permanent = |error: &dyn std::fmt::Display| SendError::Permanent(error.to_string());
    if let Ok(address) = EmailAddress::parse(text) {
        // lettre knows fewer letters: the vowel signs of Indic scripts are none to it.
        return Ok(lettre::Address::new_dangerous(address.local(), address.domain()));
    }
    let address: lettre::Address = text.parse().map_err(|error| permanent(&error))?;
    on_the_wire(&address).map_err(|error| permanent(&error))
}

/// The same address with its domain in ASCII: of letters in a domain many servers know nothing.
fn on_the_wire(address: &lettre::Address) -> Result<lettre::Address, lettre::address::AddressError> {
    match domain::ascii(address.domain()) {
        Some(ascii) => lettre::Address::new(address.user(), ascii),
        // An address literal.
        None => Ok(address.clone()),
    }
}

/// A host name, or an address as a literal (RFC 5321, 4.1.3).
fn client_id(name: &str) -> Option<ClientId> {
    let bare = name.trim().trim_matches(['[', ']']);
    match bare.parse() {
        Ok(IpAddr::V4(v4)) => Some(ClientId::Ipv4(v4)),
        Ok(IpAddr::V6(v6)) => Some(ClientId::Ipv6(v6)),
        Err(_) => domain::ascii(bare).map(ClientId::Domain),
    }
}

/// What a lasting refusal means. It may be about the address, about the mail, or about us: then the address is fine, and
/// the mail waits until somebody mends our settings.
fn refused(error: &lettre::transport::smtp::Error) -> SendError {
    let text = error.to_string();
    match error.status().map(u16::from) {
        // No such mailbox, user not local, address not allowed (RFC 5321, 4.2.3).
        Some(550 | 551 | 553) if !is_policy(&text) => SendError::NoSuchDestination(text),
        // Authentication and encryption (RFC 4954, 6).
        Some(530 | 534 | 535 | 538) => SendError::Temporary(text),
        _ => SendError::Permanent(text),
    }
}

/// Whether the enhanced status says that the mail is not wanted, though the mailbox is there (RFC 3463: X.7).
fn is_policy(text: &str) -> bool {
    text.contains("5.7.")
}

/// The logo as a part of the mail.
fn inline(logo: &[u8]) -> Result<SinglePart, SendError> {
    let png = ContentType::parse("image/png").map_err(|error| SendError::Permanent(error.to_string()))?;
    let id = crate::LOGO.trim_start_matches("cid:");
    Ok(Attachment::new_inline(id.to_owned()).body(logo.to_vec(), png))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Whether the conversation is encrypted before anything is said in it: no server can talk us out of it.
fn is_encrypted(url: &str) -> bool {
    let query = url.rsplit_once('?').map_or("", |(_, query)| query);
    url.starts_with("smtps://") || query.split('&').any(|pair| pair == "tls=required")
}

fn is_loopback(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .any(|local| host.strip_prefix(local).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f11_mail_leaves_encrypted_or_stays_on_this_machine() {
        let is_clear =
            |url: &str| matches!(Smtp::new(url, "a@mail.example", "id.example"), Err(SmtpUrlError::Clear));
        for clear in [
            "smtp://mail.example:25",
            "smtp://mail.example:587?tls=opportunistic",
            "smtp://user:tls=required@mail.example:25",
            "smtp://mail.example:25?name=tls=required",
            "smtp://127.0.0.1.mail.example:25",
        ] {
            assert!(is_clear(clear), "{clear}");
        }
        for sealed in
            ["smtps://mail.example:465", "smtp://mail.example:587?tls=required", "smtp://127.0.0.1:25"]
        {
            assert!(!is_clear(sealed), "{sealed}");
        }
    }

    #[test]
    fn domains_leave_in_ascii_and_what_is_no_one_address_does_not_leave() {
        let sent = |text: &str| recipient(text).map(|address| address.to_string()).ok();
        assert_eq!(sent("ana@bücher.example").as_deref(), Some("ana@xn--bcher-kva.example"));
        assert_eq!(sent("ana@xn--bcher-kva.example").as_deref(), Some("ana@xn--bcher-kva.example"));
        assert_eq!(sent("उपयोगकर्ता@उदाहरण.भारत").as_deref(), Some("उपयोगकर्ता@xn--p1b6ci4b4b3a.xn--h2brj9c"));
        for evil in
            ["a@x.example,b@x.example", "Ana <a@x.example>", "a@x.example\r\nRCPT TO:<b@x.example>", ""]
        {
            assert_eq!(sent(evil), None, "{evil:?}");
        }
    }

    #[test]
    fn a_name_to_greet_with_is_a_host_or_an_address() {
        let name = |text: &str| client_id(text).map(|id| id.to_string());
        assert_eq!(name("id.contoso.example").as_deref(), Some("id.contoso.example"));
        assert_eq!(name("bücher.example").as_deref(), Some("xn--bcher-kva.example"));
        assert_eq!(name("127.0.0.1").as_deref(), Some("[127.0.0.1]"));
        assert_eq!(name("[::1]").as_deref(), Some("[IPv6:::1]"));
        for bad in ["", "a b", "id.example\r\nMAIL FROM:<>", "https://id.example"] {
            assert_eq!(name(bad), None, "{bad:?}");
        }
    }
}
