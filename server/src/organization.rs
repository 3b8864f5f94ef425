//! The organisation's settings, and what every page shows of them.

use std::sync::RwLock;

use regain_app::pages::admin::branding::NAME;
use regain_app::services::site::{Logo, Organization};
use regain_app::text::Zone;
use regain_core::form::FieldProblem;
use regain_core::policy::{Change, HelpdeskLink, Scope};
use regain_core::time::{Duration, Timestamp};
use regain_store::{Error, Trouble, Tx};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::policy;

/// How long a node may show an older name or help link than the database has.
const FRESH: Duration = Duration::from_secs(2);

/// How long a page waits for them: it can be shown with what was last read.
const PATIENCE: Duration = Duration::from_secs(1);

/// The settings document `organization`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganizationSettings {
    /// Display name; also the name that mails come from.
    pub name: String,
    /// Whether demo data was seeded.
    pub demo: bool,
    /// The logo, whose picture is stored by its hash.
    pub logo: Option<StoredLogo>,
    /// The name of the zone that times are shown in.
    pub time_zone: String,
}

/// The logo, as the settings know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredLogo {
    /// The hash of its content.
    pub hash: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl StoredLogo {
    /// The logo as pages show it.
    pub fn shown(&self) -> Logo {
        let address = format!("/branding/logo-{}.png", self.hash);
        Logo { address, width: self.width, height: self.height }
    }
}

impl Default for OrganizationSettings {
    fn default() -> Self {
        let time_zone = Zone::default().name().to_owned();
        Self { name: "Regain".to_owned(), demo: false, logo: None, time_zone }
    }
}

impl OrganizationSettings {
    /// What changes when these are saved in place of `self`; the logo is saved by itself.
    pub fn changes_to(&self, new: &Self) -> Vec<Change> {
        let both = [(NAME, &self.name, &new.name), (TIME_ZONE, &self.time_zone, &new.time_zone)];
        let changed = both.into_iter().filter(|(_, old, new)| old != new);
        let change = |(property, old, new): (&str, &String, &String)| Change {
            property: property.to_owned(),
            old: old.clone(),
            new: new.clone(),
        };
        changed.map(change).collect()
    }

    /// The zone that times are shown in. A name that this version does not know is UTC, as every time then says.
    fn zone(&self) -> Zone {
        Zone::named(&self.time_zone).unwrap_or_default()
    }
}

/// The name under which the settings are stored.
pub const SETTINGS: &str = "organization";

/// The setting *Time zone*, on its page and on the command line.
pub const TIME_ZONE: &str = regain_app::pages::admin::branding::TIME_ZONE;

/// Reads the name of a time zone as it was typed.
pub fn time_zone(typed: &str) -> Result<String, FieldProblem> {
    let zone = Zone::named(typed).ok_or_else(|| FieldProblem::new(TIME_ZONE, "time-zone-unknown"))?;
    Ok(zone.name().to_owned())
}

/// Loads the settings.
pub async fn load(tx: &mut dyn Tx) -> regain_store::Result<OrganizationSettings> {
    policy::document(tx, SETTINGS).await.map(|(settings, _)| settings)
}

/// What was last read, and when.
#[derive(Default)]
pub struct OrganizationCache(RwLock<Option<(Timestamp, Seen)>>);

/// What pages that ask the database nothing need to know.
#[derive(Clone)]
struct Seen {
    organization: Organization,
    entrance: Entrance,
}

/// What the first page of a reset depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entrance {
    /// The policy is *None*: only administrators may reset.
    pub switched_off: bool,
    /// Somebody sprays codes over many accounts: the CAPTCHA asks for more work.
    pub under_attack: bool,
}

impl Engine {
    /// The organisation as pages show it; at most two seconds old.
    pub async fn organization(&self) -> Organization {
        self.seen().await.organization
    }

    /// What the first page of a reset depends on; at most two seconds old.
    pub async fn entrance(&self) -> Entrance {
        self.seen().await.entrance
    }

    async fn seen(&self) -> Seen {
        let now = self.now();
        let kept = self.organization.0.read().ok().and_then(|kept| kept.clone());
        if let Some((at, seen)) = &kept
            && now.since(*at) < FRESH
        {
            return seen.clone();
        }
        let looked = match tokio::time::timeout(PATIENCE, self.look()).await {
            Ok(looked) => looked,
            Err(_) => Err(Error::Unavailable(Trouble::Busy)),
        };
        let seen = looked.unwrap_or_else(|error| {
            tracing::warn!(%error, "the organisation's settings cannot be read");
            kept.map_or_else(fallback, |(_, seen)| seen)
        });
        // Also where it could not be read: the page that says so must not wait once more.
        if let Ok(mut kept) = self.organization.0.write() {
            *kept = Some((now, seen.clone()));
        }
        seen
    }

    /// The logo's picture, as PNG.
    pub(crate) async fn logo_picture(&self) -> regain_store::Result<Option<Vec<u8>>> {
        let mut tx = self.store.read().await?;
        match load(&mut *tx).await?.logo {
            Some(logo) => tx.image(&logo.hash).await,
            None => Ok(None),
        }
    }

    /// Forgets what was read, after this node changed it.
    pub fn forget_organization(&self) {
        if let Ok(mut kept) = self.organization.0.write() {
            *kept = None;
        }
    }

    async fn look(&self) -> regain_store::Result<Seen> {
        let mut tx = self.store.read().await?;
        let settings = load(&mut *tx).await?;
        let policy = policy::current(&mut *tx).await?.policy;
        let under_attack = self.is_under_attack(&mut *tx).await?;
        let helpdesk = policy.helpdesk.link();
        let help_link = helpdesk.as_ref().map_or_else(|| "/help".to_owned(), HelpdeskLink::href);
        Ok(Seen {
            organization: Organization {
                zone: settings.zone(),
                name: settings.name,
                help_link,
                helpdesk,
                logo: settings.logo.as_ref().map(StoredLogo::shown),
            },
            entrance: Entrance { switched_off: policy.scope == Scope::None, under_attack },
        })
    }
}

fn fallback() -> Seen {
    let name = OrganizationSettings::default().name;
    let (help_link, zone) = ("/help".to_owned(), Zone::default());
    let organization = Organization { name, help_link, helpdesk: None, logo: None, zone };
    Seen { organization, entrance: Entrance::default() }
}
