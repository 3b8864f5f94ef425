//! The temporary pass of a user, and the way to one.

use leptos::prelude::*;

use crate::pages::admin::listing::moment;
use crate::pages::admin::users::{temporary_pass, verify_caller};
use crate::services::passes::IssuedPass;
use crate::services::people::UserView;
use crate::text::t;
use crate::ui::{Button, ButtonLink, DescriptionList, Fact, Look, Panel, PostForm};

/// *Verify caller* and *Issue temporary pass*, beside the heading.
pub(super) fn buttons(user: &UserView) -> Option<impl IntoView + use<>> {
    let (caller, issue) = (verify_caller::path_of(&user.id), temporary_pass::path_of(&user.id));
    user.allowed.passes.then(|| {
        view! {
            <ButtonLink href=caller label=t("pass-verify-caller") look=Look::Secondary/>
            <ButtonLink href=issue label=t("pass-issue") look=Look::Secondary/>
        }
    })
}

/// The pass that the person has, and how to take it away.
pub(super) fn pass(user: &UserView) -> Option<impl IntoView + use<>> {
    let facts = facts(user.pass.as_ref()?);
    let delete = user.allowed.passes.then(|| {
        view! {
            <PostForm action="/admin/users/delete-pass" hidden=vec![("id", user.id.clone())]>
                <div class="actions"><Button label=t("pass-delete") look=Look::Danger/></div>
            </PostForm>
        }
    });
    Some(view! { <Panel heading=t("pass-name")><DescriptionList facts/>{delete}</Panel> })
}

/// What is known of a pass.
pub(in crate::pages::admin) fn facts(pass: &IssuedPass) -> Vec<Fact> {
    let uses = if pass.one_time { "pass-one-use" } else { "pass-many-uses" };
    let mut facts = vec![
        Fact::new(t("pass-until"), moment(pass.expires_at)),
        Fact::new(t("pass-uses"), t(uses)),
        Fact::new(t("pass-issued"), moment(pass.issued_at)),
        Fact::new(t("pass-issuer"), view! { <bdi dir="ltr">{pass.issuer.clone()}</bdi> }),
    ];
    if let Some(at) = pass.used_at {
        facts.push(Fact::new(t("pass-used"), moment(at)));
    }
    facts
}
