//! The page of a request that cannot be answered.

use leptos::prelude::*;

use crate::text::{exists, t};
use crate::ui::{Ending, UserPage};

/// Tells a failure by its name: texts `error-<name>-heading` and `-lead`, or those of `error-other`.
#[component]
pub fn ErrorPage(
    /// What went wrong: the HTTP status, or a name.
    name: String,
    /// Where the start page is.
    home: String,
) -> impl IntoView {
    let own = format!("error-{name}");
    let stem = if exists(&format!("{own}-heading")) { own } else { "error-other".to_owned() };
    view! {
        <UserPage heading=t(&format!("{stem}-heading")) lead=t(&format!("{stem}-lead")) ending=Ending::Stopped>
            <p><a href=home>{t("error-home")}</a></p>
        </UserPage>
    }
}
