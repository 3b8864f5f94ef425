//! `/admin/messages`

use leptos::prelude::*;
use regain_core::template::Audience;

use super::password_reset as tabs;
use crate::services::messages::MessageRow;
use crate::services::services;
use crate::text::{Locale, t, t_args};
use crate::ui::{AdminPage, Column, DataTable, Tag, Tone};
use crate::visit::visit;

pub mod message;
pub mod preview;

/// The address of the list, and where texts are posted.
pub const PATH: &str = "/admin/messages";

/// The address of a message in a language.
pub fn path_of(kind: &str, locale: Locale) -> String {
    format!("{PATH}/{kind}?lang={}", locale.tag())
}

/// Every message, with what it is for.
#[component]
pub fn Messages() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        match services.messages.list(&visit).await {
            Ok(rows) => view! { <Page rows/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(rows: Vec<MessageRow>) -> impl IntoView {
    let crumbs = vec![(t("ui-menu-settings"), None)];
    let tables = [Audience::Code, Audience::Person, Audience::Administrator].map(|audience| {
        let rows: Vec<_> = rows.iter().filter(|row| row.kind.audience() == audience).map(row).collect();
        table(&t(&format!("messages-group-{}", audience.as_str())), rows)
    });
    view! {
        <AdminPage heading=t("ui-menu-messages") current=PATH crumbs lead=t("messages-lead")>
            {tables.into_iter().collect_view()}
        </AdminPage>
    }
}

fn table(heading: &str, rows: Vec<Vec<AnyView>>) -> impl IntoView + use<> {
    let heading = heading.to_owned();
    let languages = Locale::ALL.iter().map(|locale| Column::new(locale.native_name()));
    let columns = ["messages-message", "messages-way"].map(|key| Column::new(t(key)));
    let columns = columns.into_iter().chain(languages).collect();
    view! {
        <h2>{heading.clone()}</h2>
        <DataTable caption=heading columns rows/>
    }
}

fn row(row: &MessageRow) -> Vec<AnyView> {
    let kind = row.kind.name;
    let title = t(&format!("messages-title-{kind}"));
    let about = t(&format!("messages-about-{kind}"));
    let first = path_of(kind, Locale::default());
    let name = view! {
        <span class="stack-tight">
            <a href=first>{title.clone()}</a>
            <span class="small muted">{about}</span>
        </span>
    };
    let mut cells = vec![name.into_any(), t(&format!("messages-way-{}", row.kind.way.as_str())).into_any()];
    cells.extend(
        Locale::ALL.iter().zip(&row.edited).map(|(locale, edited)| state(&title, kind, *locale, *edited)),
    );
    cells
}

/// Whether the text is the product's; with several languages also the way to each.
fn state(title: &str, kind: &str, locale: Locale, edited: bool) -> AnyView {
    let tag = if edited {
        view! { <Tag text=t("messages-edited") tone=Tone::Info/> }.into_any()
    } else {
        view! { <Tag text=t("messages-default")/> }.into_any()
    };
    if Locale::ALL.len() == 1 {
        return tag;
    }
    let args = [("title", title.to_owned()), ("language", locale.native_name().to_owned())];
    let href = path_of(kind, locale);
    view! { <a href=href aria-label=t_args("messages-edit-in", &args)>{tag}</a> }.into_any()
}
