//! The menu of the admin portal, as data: an entry shows when the signed-in roles may open it.

use leptos::prelude::*;
use regain_core::role::Right;

use super::icon::{Icon, Sign};
use crate::text::t;
use crate::visit::Visit;

/// A place in the portal.
#[derive(Clone, Copy)]
struct Place {
    /// Its text in the catalogue.
    text: &'static str,
    href: &'static str,
    sign: Option<Sign>,
    /// Who may open it; everybody in the portal without.
    right: Option<Right>,
    tabs: &'static [Place],
}

impl Place {
    const fn new(text: &'static str, href: &'static str, right: Right) -> Self {
        Self { text, href, sign: None, right: Some(right), tabs: &[] }
    }

    const fn sign(self, sign: Sign) -> Self {
        Self { sign: Some(sign), ..self }
    }
}

const OVERVIEW: Place =
    Place { text: "ui-menu-overview", href: "/admin", sign: Some(Sign::Overview), right: None, tabs: &[] };

/// The tabs of *Password reset*.
const TABS: &[Place] = &[
    Place::new("ui-menu-properties", "/admin/password-reset/properties", Right::ReadPolicy),
    Place::new(
        "ui-menu-authentication-methods",
        "/admin/password-reset/authentication-methods",
        Right::ReadPolicy,
    ),
    Place::new("ui-menu-registration", "/admin/password-reset/registration", Right::ReadPolicy),
    Place::new("ui-menu-notifications", "/admin/password-reset/notifications", Right::ReadPolicy),
    Place::new("ui-menu-customization", "/admin/password-reset/customization", Right::ReadPolicy),
    Place::new("ui-menu-on-premises", "/admin/password-reset/on-premises-integration", Right::ReadPolicy),
    Place::new(
        "ui-menu-administrator-policy",
        "/admin/password-reset/administrator-policy",
        Right::ReadPolicy,
    ),
    Place::new("ui-menu-audit-logs", "/admin/audit-logs", Right::ReadAudit),
    Place::new("ui-menu-usage-insights", "/admin/usage-insights", Right::ReadUsage),
];

const PASSWORD_RESET: Place = Place {
    text: "ui-menu-password-reset",
    href: "/admin/password-reset/properties",
    sign: Some(Sign::Reset),
    right: Some(Right::ReadPolicy),
    tabs: TABS,
};

/// The groups of the menu: a heading, or none for the first, and its places.
const MENU: &[(Option<&str>, &[Place])] = &[
    (None, &[OVERVIEW]),
    (
        Some("ui-menu-protection"),
        &[
            PASSWORD_RESET,
            Place::new("ui-menu-methods-policy", "/admin/authentication-methods-policy", Right::ReadPolicy)
                .sign(Sign::Shield),
            Place::new("ui-menu-hardware-tokens", "/admin/hardware-tokens", Right::ReadUsers).sign(Sign::App),
            Place::new("ui-menu-password-protection", "/admin/password-protection", Right::ReadPolicy)
                .sign(Sign::Lock),
        ],
    ),
    (
        Some("ui-menu-identity"),
        &[
            Place::new("ui-menu-users", "/admin/users", Right::ReadUsers).sign(Sign::User),
            Place::new("ui-menu-groups", "/admin/groups", Right::ReadGroups).sign(Sign::Group),
            Place::new("ui-menu-roles", "/admin/roles", Right::ReadUsers).sign(Sign::Key),
            Place::new("ui-menu-support-code", "/admin/support-code", Right::ReadSupportCodes)
                .sign(Sign::Log),
        ],
    ),
    (
        Some("ui-menu-settings"),
        &[
            Place::new("ui-menu-branding", "/admin/branding", Right::NameOrganization).sign(Sign::Brush),
            Place::new("ui-menu-messages", "/admin/messages", Right::EditMessages).sign(Sign::Mail),
            Place::new("ui-menu-channels", "/admin/channels", Right::ReadPolicy).sign(Sign::Text),
        ],
    ),
];

/// *Menu*: opens the menu under 900 px. It is the browser's own popover, which needs no script and closes on Escape.
#[component]
pub(super) fn MenuButton() -> impl IntoView {
    view! {
        <button class="menu-toggle" type="button" popovertarget="menu">
            <Icon sign=Sign::Menu/>
            {t("ui-menu")}
        </button>
    }
}

/// The menu: at the left, or opened by [`MenuButton`].
#[component]
pub(super) fn AdminMenu(
    /// The path of the page, or of the list it belongs to.
    current: String,
) -> impl IntoView {
    let visit = use_context::<Visit>();
    let may = move |place: &Place| {
        place.right.is_none_or(|right| visit.as_ref().is_some_and(|visit| visit.may(right)))
            || place
                .tabs
                .iter()
                .any(|tab| tab.right.is_some_and(|right| visit.as_ref().is_some_and(|v| v.may(right))))
    };
    let groups = MENU
        .iter()
        .filter_map(|(title, places)| {
            let places: Vec<_> = places.iter().filter(|place| may(place)).collect();
            (!places.is_empty()).then(|| group(*title, &places, &may, &current))
        })
        .collect_view();
    view! { <nav class="menu" id="menu" popover="auto" aria-label=t("ui-menu")>{groups}</nav> }
}

fn group(title: Option<&str>, places: &[&Place], may: &dyn Fn(&Place) -> bool, current: &str) -> AnyView {
    let title = title.map(|title| view! { <h2 class="menu-title">{t(title)}</h2> });
    let places = places
        .iter()
        .map(|place| {
            let tabs: Vec<_> = place.tabs.iter().filter(|tab| may(tab)).collect();
            let nested = (!tabs.is_empty()).then(|| {
                let tabs = tabs
                    .into_iter()
                    .map(|tab| view! { <li>{link(tab, tab.href == current)}</li> })
                    .collect_view();
                view! { <ul>{tabs}</ul> }
            });
            // A place with tabs is current through them.
            let here = place.tabs.is_empty() && place.href == current;
            view! { <li>{link(place, here)}{nested}</li> }
        })
        .collect_view();
    view! {
        {title}
        <ul>{places}</ul>
    }
    .into_any()
}

fn link(place: &Place, here: bool) -> AnyView {
    view! {
        <a href=place.href aria-current=here.then_some("page")>
            {place.sign.map(|sign| view! { <Icon sign/> })}
            {t(place.text)}
        </a>
    }
    .into_any()
}
