//! How many requests a first visit takes.

use std::net::Ipv4Addr;

use anyhow::Result;

use super::figure::{Budget, Figure};
use super::running::Running;
use crate::browser::Browser;
use crate::bundle::manifest;
use crate::workspace::Workspace;

/// The page, what its HTML names, and what the boot script then loads: the module.
pub fn first_load(workspace: &Workspace, running: &Running) -> Result<Vec<Figure>> {
    let page = Browser::new(running.port, Ipv4Addr::LOCALHOST).get("/reset?administrator")?.body;
    let named = ["<link rel=\"stylesheet\"", "<link rel=\"icon\"", "<script", "<img"];
    let by_html: usize = named.iter().map(|tag| page.matches(tag).count()).sum();
    let entries = manifest(&workspace.site())?;
    let by_script = usize::from(entries.contains_key("regain.wasm"));
    let sum = u32::try_from(1 + by_html + by_script)?;
    Ok(vec![Figure::new("Requests on a first visit to /reset", f64::from(sum), "", Budget::AtMost(6.0))])
}
