//! Files that forms send.

use axum::extract::multipart::{Multipart, MultipartError};

/// The first file of the field; `None` when it is too large. The rest of the body is read and forgotten, or the browser
/// would show a broken connection instead of our answer.
pub(super) async fn read(
    mut form: Multipart,
    name: &str,
    most: usize,
) -> Result<Option<Vec<u8>>, MultipartError> {
    let mut file: Option<Vec<u8>> = None;
    let mut too_large = false;
    while let Some(mut field) = form.next_field().await? {
        let wanted = field.name() == Some(name) && file.is_none();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await? {
            if wanted && bytes.len() + chunk.len() > most {
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
