//! What the person registered.

use leptos::prelude::*;

use crate::pages::admin::listing::moment;
use crate::pages::admin::password_reset::method_name;
use crate::services::people::{RegisteredMethod, UserView};
use crate::text::t;
use crate::ui::{Column, DataTable, Panel, PostForm, Tag, Tone};

/// The methods, each with a way to remove it.
pub(super) fn methods(user: &UserView) -> impl IntoView + use<> {
    let content = if user.methods.is_empty() {
        view! { <p>{t("people-methods-none")}</p> }.into_any()
    } else {
        let columns = ["people-method", "people-method-about", "people-method-added", "people-method-used"];
        let mut columns: Vec<Column> = columns.iter().map(|column| Column::new(t(column))).collect();
        if user.allowed.methods {
            columns.push(Column::new(t("people-method-action")));
        }
        let rows = user.methods.iter().map(|method| row(user, method)).collect();
        view! { <DataTable caption=t("people-registered-methods") columns rows/> }.into_any()
    };
    view! { <Panel heading=t("people-registered-methods")>{content}</Panel> }
}

fn row(user: &UserView, method: &RegisteredMethod) -> Vec<AnyView> {
    let name = method_name(method.method);
    let time = |at: Option<_>| at.map_or_else(|| "–".into_any(), |at| moment(at).into_any());
    let trouble = method.trouble.map(|trouble| {
        view! { " "<Tag text=t(&format!("people-trouble-{}", trouble.as_str())) tone=Tone::Warn/> }
    });
    let mut cells = vec![
        name.clone().into_any(),
        view! { <bdi>{method.about.clone()}</bdi>{trouble} }.into_any(),
        time(method.added),
        time(method.used),
    ];
    if user.allowed.methods {
        cells.push(remove(user.id.clone(), method.key.clone(), name));
    }
    cells
}

fn remove(id: String, key: String, name: String) -> AnyView {
    view! {
        <PostForm action="/admin/users/remove-method">
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="method" value=key/>
            <button class="link-button" type="submit">
                {t("people-remove")}<span class="visually-hidden">" "{name}</span>
            </button>
        </PostForm>
    }
    .into_any()
}
