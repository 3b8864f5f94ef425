//! The facts about a user.

use leptos::prelude::*;

use crate::pages::admin::{coverage, groups, listing::moment};
use crate::services::people::UserView;
use crate::text::t;
use crate::ui::{DescriptionList, Fact, Panel, Tag, Tone};

/// Who it is, and how it stands.
pub(super) fn overview(user: &UserView) -> impl IntoView + use<> {
    let mut facts =
        vec![Fact::new(t("people-upn"), view! { <bdi dir="ltr">{user.details.upn.clone()}</bdi> })];
    facts.extend(coverage::facts(user.coverage));
    facts.push(Fact::new(t("people-sign-in"), sign_in(user)));
    facts.push(Fact::new(t("people-groups"), group_links(user)));
    if user.administrator {
        facts.push(Fact::new(t("people-policy"), t("people-policy-administrators")));
    }
    if let Some(at) = user.registered_at {
        facts.push(Fact::new(t("people-set-up"), moment(at)));
    }
    if let Some(at) = user.confirmed_at {
        facts.push(Fact::new(t("people-confirmed"), moment(at)));
    }
    view! { <Panel heading=t("people-overview")><DescriptionList facts/></Panel> }
}

fn sign_in(user: &UserView) -> AnyView {
    if user.blocked {
        return view! { <Tag text=t("people-blocked") tone=Tone::Bad/> }.into_any();
    }
    let change = user.must_change_password.then(|| format!(" {}", t("people-must-change")));
    view! { <span><Tag text=t("people-allowed") tone=Tone::Ok/>{change}</span> }.into_any()
}

fn group_links(user: &UserView) -> AnyView {
    if user.groups.is_empty() {
        return t("people-no-groups").into_any();
    }
    let links = user
        .groups
        .iter()
        .enumerate()
        .map(|(index, (id, name))| {
            let (href, name) = (groups::path_of(id), name.clone());
            view! { {(index > 0).then_some(", ")}<a href=href dir="auto">{name}</a> }
        })
        .collect_view();
    view! { <span>{links}</span> }.into_any()
}
