//! The shape of Twilio's interface: forms in, JSON out, basic authentication.

use data_encoding::BASE64;
use http::header;

use super::{Gateway, judge, twiml};
use crate::outside::Reply;
use crate::{Message, SendError};

/// Codes that say that nobody is at this number, or that it takes no texts.
const NO_SUCH_NUMBER: [u64; 5] = [13_224, 21_211, 21_217, 21_401, 21_614];
/// Codes that refuse this number though it exists: not allowed there, not wanted any more.
const REFUSED_NUMBER: [u64; 5] = [13_227, 21_215, 21_408, 21_610, 21_612];
/// Waits half a second each: the switchboard must have picked up.
const PAUSE_BEFORE_EXTENSION: &str = "wwww";

impl Gateway {
    pub(super) async fn send_twilio(&self, to: &str, message: &Message) -> Result<(), SendError> {
        let what = if message.call.is_some() { "Calls" } else { "Messages" };
        let base = self.url.trim_end_matches('/');
        let url = format!("{base}/2010-04-01/Accounts/{}/{what}.json", self.account);
        let login = BASE64.encode(format!("{}:{}", self.account, self.secret.expose()).as_bytes());
        let headers = [
            (header::AUTHORIZATION, format!("Basic {login}")),
            (header::CONTENT_TYPE, "application/x-www-form-urlencoded".to_owned()),
        ];
        let reply = self.outside.post(&url, &headers, encode(&self.fields(to, message))).await?;
        answer(&reply)
    }

    fn fields(&self, to: &str, message: &Message) -> Vec<(&'static str, String)> {
        let from = if self.sender.starts_with("MG") { "MessagingServiceSid" } else { "From" };
        let mut fields = vec![("To", to.to_owned())];
        match &message.call {
            None => fields.extend([(from, self.sender.clone()), ("Body", message.text.clone())]),
            Some(call) => {
                let twiml = twiml::asking(call, &message.locale);
                fields.extend([("From", self.sender.clone()), ("Twiml", twiml)]);
                let extension = call.extension.as_ref();
                fields.extend(
                    extension.map(|digits| ("SendDigits", format!("{PAUSE_BEFORE_EXTENSION}{digits}"))),
                );
            }
        }
        fields.extend(message.receipt_url.iter().map(|url| ("StatusCallback", url.clone())));
        fields
    }
}

fn answer(reply: &Reply) -> Result<(), SendError> {
    let body: serde_json::Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    match (reply.status, body["code"].as_u64()) {
        (400..=499, Some(code)) if NO_SUCH_NUMBER.contains(&code) => {
            Err(SendError::NoSuchDestination("the gateway knows no such number".to_owned()))
        }
        (400..=499, Some(code)) if REFUSED_NUMBER.contains(&code) => {
            Err(SendError::Permanent("the gateway may not send to this number".to_owned()))
        }
        // What is left is wrong with our account or settings, not with the message: the next gateway may do better.
        (400 | 404, _) => Err(SendError::Temporary("the gateway refuses its settings".to_owned())),
        _ => judge(reply),
    }
}

/// A form's body.
fn encode(fields: &[(&'static str, String)]) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    let text = |text: &str| text.bytes().map(byte).collect::<String>();
    fields.iter().map(|(name, value)| format!("{name}={}", text(value))).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, body: &str) -> Result<(), SendError> {
        answer(&Reply { status, body: body.as_bytes().to_vec() })
    }

    #[test]
    fn answers_are_told_apart() {
        assert_eq!(answered(201, "{}"), Ok(()));
        let unknown = answered(400, r#"{"code":21211,"message":"secret body"}"#).unwrap_err();
        assert!(matches!(&unknown, SendError::NoSuchDestination(text) if !text.contains("secret")));
        assert!(matches!(answered(400, r#"{"code":21610}"#), Err(SendError::Permanent(_))));
        assert!(matches!(answered(401, r#"{"code":20003}"#), Err(SendError::Temporary(_))));
        assert!(matches!(answered(400, r#"{"code":21212}"#), Err(SendError::Temporary(_))));
        assert!(matches!(answered(429, ""), Err(SendError::Temporary(_))));
        assert!(matches!(answered(500, ""), Err(SendError::Temporary(_))));
        assert!(matches!(answered(502, ""), Err(SendError::Unknown(_))));
        assert!(matches!(answered(302, ""), Err(SendError::Temporary(_))));
    }

    #[test]
    fn a_form_is_encoded_whole() {
        assert_eq!(
            encode(&[("To", "+371 2".to_owned()), ("Body", "ä&=".to_owned())]),
            "To=%2B371%202&Body=%C3%A4%26%3D"
        );
    }
}
