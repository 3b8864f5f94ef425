//! Implements [`DemoOutbox`].

use std::sync::Arc;

use async_trait::async_trait;
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use regain_app::outcome::Failure;
use regain_app::services::demo::{DemoOutbox, SentMessage};
use regain_store::DemoMessage;

use super::failure;
use crate::engine::Engine;

const MOST: i64 = 500;

#[async_trait]
impl DemoOutbox for Engine {
    async fn sent_messages(&self) -> Result<Vec<SentMessage>, Failure> {
        if !self.demo {
            return Err(Failure::NotFound);
        }
        let mut tx = self.store.read().await.map_err(failure)?;
        let messages = tx.demo_messages(MOST).await.map_err(failure)?;
        Ok(messages.into_iter().map(shown).collect())
    }
}

fn shown(message: DemoMessage) -> SentMessage {
    SentMessage {
        id: message.id.to_string(),
        channel: message.channel,
        to: serde_json::from_str(&message.recipients).unwrap_or_default(),
        subject: message.subject,
        text: message.text,
        html: message.html,
        sent_at: message.sent_at,
        at: jiff::Timestamp::from_microsecond(message.sent_at.micros()).unwrap_or_default().to_string(),
    }
}

/// `/demo/outbox.json`
pub(super) async fn json(State(engine): State<Arc<Engine>>) -> Result<Json<Vec<SentMessage>>, StatusCode> {
    engine.sent_messages().await.map(Json).map_err(Failure::status)
}
