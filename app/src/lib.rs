//! Everything a person sees: pages, islands, the component kit, texts, server functions, and the traits
//! through which a page asks the server ([`services`]).
//!
//! Only [`islands`] reach the browser. The rest is behind the feature `ssr`, so that the bundle stays small and
//! no server code can slip into it.
//!
//! To add a page: a file under `pages/` that follows the URL, its route in `routes.rs`, its POST under `actions/`
//! (same path), the method it calls in a trait under `services/`, its texts in `locales/en/`.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod form_mark;
#[cfg(feature = "ssr")]
pub mod outcome;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod services;
#[cfg(feature = "ssr")]
pub mod text;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod visit;
#[cfg(feature = "ssr")]
pub mod wire;
