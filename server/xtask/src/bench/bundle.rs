//! How much a browser loads, brotli-compressed.

use std::fs;

use anyhow::{Context, Result};

use super::figure::{Budget, Figure};
use super::running::Running;
use crate::bundle::manifest;
use crate::workspace::Workspace;

/// WebAssembly and glue.
pub fn script(workspace: &Workspace, _: &Running) -> Result<Vec<Figure>> {
    let (module, glue) = (small(workspace, "regain.wasm")?, small(workspace, "regain.js")?);
    Ok(vec![
        Figure::new("WebAssembly, brotli", module, "KB", Budget::None),
        Figure::new("Glue, brotli", glue, "KB", Budget::None),
        Figure::new("WebAssembly and glue, brotli", module + glue, "KB", Budget::AtMost(75.0)),
    ])
}

/// The style sheet. Its budget is that of a page, see [`super::running::page`].
pub fn style(workspace: &Workspace, _: &Running) -> Result<Vec<Figure>> {
    Ok(vec![Figure::new("Style sheet, brotli", small(workspace, "regain.css")?, "KB", Budget::None)])
}

/// Size of an asset's Brotli copy in kilobytes (1,000 bytes).
pub fn small(workspace: &Workspace, name: &str) -> Result<f64> {
    let site = workspace.site();
    let entries = manifest(&site)?;
    let entry = entries.get(name).with_context(|| format!("the bundle has no {name}"))?;
    let file = format!("{}{}.br", site.display(), entry.path);
    let bytes = fs::metadata(&file).with_context(|| format!("cannot find {file}"))?.len();
    Ok(kilobytes(bytes))
}

#[expect(clippy::cast_precision_loss, reason = "sizes of files on a page are far below 2^52")]
pub fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}
