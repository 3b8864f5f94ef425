//! Set-up: idempotent, announced, without questions.

mod apt;
pub mod npm;
pub mod postgres;
mod rust_source;
mod stamp;
pub mod wasm_target;

use anyhow::Result;

use crate::workspace::Workspace;
use apt::Need;

pub use rust_source::RustSource;

/// What a build needs: the WebAssembly target, and `wasm-opt` from npm.
pub fn for_build(workspace: &Workspace) -> Result<()> {
    wasm_target::ensure(workspace)?;
    apt::ensure(&[Need::NODE, Need::NPM])?;
    npm::ensure(workspace)
}

/// What the tests need besides: a database server and a browser.
pub fn for_tests(workspace: &Workspace) -> Result<()> {
    apt::ensure(&[Need::POSTGRES, Need::CHROMIUM, Need::FONTS])?;
    for_build(workspace)
}
