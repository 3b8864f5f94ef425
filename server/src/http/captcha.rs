//! The CAPTCHA's picture and sound, drawn when they are fetched.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use serde::Deserialize;

use crate::captcha;
use crate::engine::Engine;

#[derive(Deserialize)]
pub(super) struct Asked {
    token: String,
}

pub(super) async fn picture(State(engine): State<Arc<Engine>>, Query(asked): Query<Asked>) -> Response {
    let picture = captcha::picture(&engine.keys, engine.now(), &asked.token);
    media(picture, "image/png")
}

pub(super) async fn sound(State(engine): State<Arc<Engine>>, Query(asked): Query<Asked>) -> Response {
    let sound = captcha::sound(&engine.keys, engine.now(), &asked.token);
    media(sound, "audio/wav")
}

fn media(bytes: Option<Vec<u8>>, kind: &'static str) -> Response {
    match bytes {
        Some(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
