//! A webhook: one signed POST with JSON, for gateways that speak nothing else. The README has its shape.

use http::{HeaderName, header};
use serde_json::{Value, json};

use super::{Gateway, judge, webhook_signature};
use crate::outside::Reply;
use crate::{Message, SendError};

const SIGNATURE: HeaderName = HeaderName::from_static("regain-signature");
const IDEMPOTENCY: HeaderName = HeaderName::from_static("idempotency-key");

impl Gateway {
    pub(super) async fn send_webhook(&self, to: &str, message: &Message) -> Result<(), SendError> {
        let body = self.body(to, message).to_string();
        let headers = [
            (header::CONTENT_TYPE, "application/json".to_owned()),
            (SIGNATURE, webhook_signature(&self.secret, message.at, &body)),
            (IDEMPOTENCY, message.id.clone()),
        ];
        let reply = self.outside.post(&self.url, &headers, body).await?;
        answer(&reply)
    }

    fn body(&self, to: &str, message: &Message) -> Value {
        let call = message.call.as_ref().map(|call| {
            json!({
                "answer_url": call.answer_url,
                "greeting": call.greeting,
                "prompt": call.prompt,
                "silence": call.silence,
                "extension": call.extension,
            })
        });
        let (kind, text) = match call {
            // What a call says waits at its `answer_url`: it must not lie on somebody's disk before a key is pressed.
            Some(_) => ("voice", Value::Null),
            None => ("sms", Value::from(message.text.as_str())),
        };
        json!({
            "id": message.id,
            "type": kind,
            "to": to,
            "from": self.sender,
            "text": text,
            "locale": message.locale,
            "receipt_url": message.receipt_url,
            "call": call,
        })
    }
}

fn answer(reply: &Reply) -> Result<(), SendError> {
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    match body["status"].as_str() {
        Some("sim_changed") => Err(SendError::SimChanged),
        Some("no_such_number") => {
            Err(SendError::NoSuchDestination("the gateway knows no such number".to_owned()))
        }
        Some("refused") => Err(SendError::Permanent("the gateway refuses the message".to_owned())),
        _ => judge(reply),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, body: &str) -> Result<(), SendError> {
        answer(&Reply { status, body: body.as_bytes().to_vec() })
    }

    #[test]
    fn answers_are_told_apart() {
        assert_eq!(answered(204, ""), Ok(()));
        assert_eq!(answered(200, r#"{"status":"accepted"}"#), Ok(()));
        assert_eq!(answered(200, r#"{"status":"sim_changed"}"#), Err(SendError::SimChanged));
        assert_eq!(answered(409, r#"{"status":"sim_changed"}"#), Err(SendError::SimChanged));
        assert!(matches!(
            answered(422, r#"{"status":"no_such_number"}"#),
            Err(SendError::NoSuchDestination(_))
        ));
        assert!(matches!(answered(200, r#"{"status":"refused"}"#), Err(SendError::Permanent(_))));
        assert!(matches!(answered(503, "busy"), Err(SendError::Temporary(text)) if !text.contains("busy")));
        assert!(matches!(answered(504, ""), Err(SendError::Unknown(_))));
    }
}
