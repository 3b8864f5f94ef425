//! The page of a request that cannot be answered.

use leptos::prelude::*;

use crate::text::{exists, t};
use crate::ui::{Ending, UserPage};

/// Tells a failure by its status: texts `error-<status>-heading` and `-lead`, or those of `error-other`.
#[component]
pub fn ErrorPage(
    /// The HTTP status.
    status: u16,
) -> impl IntoView {
    let own = format!("error-{status}");
    let stem = if exists(&format!("{own}-heading")) { own } else { "error-other".to_owned() };
    view! {
        <UserPage heading=t(&format!("{stem}-heading")) lead=t(&format!("{stem}-lead")) ending=Ending::Stopped>
            <p><a href="/">{t("error-home")}</a></p>
        </UserPage>
    }
}
