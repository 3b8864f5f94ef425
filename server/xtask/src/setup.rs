//! Set-up: idempotent, announced, without questions.

mod apt;
mod directories;
pub mod npm;
pub mod postgres;
mod rust_source;
mod stamp;
pub mod unpacked;
pub mod wasm_target;

use anyhow::Result;

use crate::say;
use crate::workspace::Workspace;
use apt::Need;

pub use directories::Directories;
pub use rust_source::RustSource;

/// What a build needs: the WebAssembly target, and `wasm-opt` from npm. Where npm cannot be reached the build goes on
/// without `wasm-opt`, which makes the bundle smaller and nothing else.
pub fn for_build(workspace: &Workspace) -> Result<()> {
    wasm_target::ensure(workspace)?;
    apt::ensure(&[Need::NODE, Need::NPM])?;
    if let Err(problem) = npm::ensure(workspace) {
        say::problem(&format!("{problem:#}"));
    }
    Ok(())
}

/// What the tests need besides: a database server, browsers, and all of the npm packages.
pub fn for_tests(workspace: &Workspace) -> Result<()> {
    apt::ensure(&[
        Need::NODE,
        Need::NPM,
        Need::POSTGRES,
        Need::CHROMIUM,
        Need::FIREFOX,
        Need::FONTS,
        Need::OATHTOOL,
        Need::TWILIO,
        Need::PGBOUNCER,
        Need::ZBAR,
    ])?;
    npm::ensure(workspace)?;
    wasm_target::ensure(workspace)
}
