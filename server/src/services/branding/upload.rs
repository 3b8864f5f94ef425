//! `POST /admin/branding/logo`: the one form that sends a file.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::response::{IntoResponse as _, Response};
use regain_app::outcome::{Answer, Failure, ended};
use regain_app::pages::admin::branding::LOGO;
use regain_app::services::Services;
use regain_app::services::branding::Branding as _;
use regain_app::visit::Visit;

use super::picture::MOST_BYTES;
use crate::engine::Engine;

/// The route's handler. Who may not save is told so before the file is read.
pub(in crate::services) async fn upload(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    Extension(services): Extension<Services>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let answer = answer(&engine, &visit, form).await;
    ended(answer, &*services.cookies, &visit.path).into_response()
}

async fn answer(engine: &Engine, visit: &Visit, form: Result<Multipart, MultipartRejection>) -> Answer {
    engine.may_save(visit).await?;
    let form = form.map_err(|_| Failure::BadRequest)?;
    let file = read(form).await.map_err(|_| Failure::BadRequest)?;
    engine.save_logo(visit, file).await
}

/// The first file of the field; `None` when it is too large. The rest of the body is read and forgotten, or the browser
/// would show a broken connection instead of our answer.
async fn read(mut form: Multipart) -> Result<Option<Vec<u8>>, MultipartError> {
    let mut file: Option<Vec<u8>> = None;
    let mut too_large = false;
    while let Some(mut field) = form.next_field().await? {
        let wanted = field.name() == Some(LOGO) && file.is_none();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await? {
            if wanted && bytes.len() + chunk.len() > MOST_BYTES {
                too_large = true;
            } else if wanted && !too_large {
                bytes.extend_from_slice(&chunk);
            }
        }
        if wanted {
            file = Some(bytes);
        }
    }
    Ok(if too_large { None } else { Some(file.unwrap_or_default()) })
}
