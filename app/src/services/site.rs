//! What every page shows.

use async_trait::async_trait;
use regain_core::policy::HelpdeskLink;

use crate::text::Zone;

/// The organisation's own picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its address, which changes with its content.
    pub address: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// The organisation as pages present it.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Display name, as in *Contoso*.
    pub name: String,
    /// Where *Contact your administrator* leads: the policy's own link (`https:` or `mailto:`), else `/help`.
    pub help_link: String,
    /// The help desk that the policy names.
    pub helpdesk: Option<HelpdeskLink>,
    /// In place of the product's mark.
    pub logo: Option<Logo>,
    /// The zone that times are shown in.
    pub zone: Zone,
}

/// What every page shows.
#[async_trait]
pub trait Site: Send + Sync {
    /// The organisation. Kept in memory for a few seconds, so that a page need not ask the database.
    async fn organization(&self) -> Organization;
    /// The public path of a bundled asset, such as `regain.css`.
    fn asset(&self, name: &str) -> String;
    /// Whether phones are woken by push messages; otherwise they answer only while the authenticator is open.
    async fn wakes_phones(&self) -> bool;
}
