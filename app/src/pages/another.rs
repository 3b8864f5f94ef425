//! The page of a form that belongs to another reset or sign-in than its browser has by now. Nothing of it was used.

use leptos::prelude::*;

use crate::text::{t, t_args};
use crate::ui::{ButtonLink, Ending, Look, UserPage};

/// What the browser has by now.
#[derive(Clone, Debug)]
pub enum Another {
    /// A reset, unlock or drill.
    Reset {
        /// The name it is for, as it was typed.
        account: String,
        /// Its support code.
        support_code: String,
        /// Where it stands.
        path: &'static str,
    },
    /// A session.
    SignIn {
        /// Who is signed in.
        name: String,
    },
}

/// Tells what the browser has by now, and where one can go on.
#[component]
pub fn AnotherPage(
    /// What the browser has by now.
    another: Another,
) -> impl IntoView {
    match another {
        Another::Reset { account, support_code, path } => {
            let lead = t_args("another-reset-lead", &[("account", account.clone())]);
            let on = t_args("another-reset-on", &[("account", account)]);
            view! {
                <UserPage heading=t("another-reset-heading") lead ending=Ending::Stopped support_code>
                    <div class="actions">
                        <ButtonLink href=path label=on look=Look::Primary/>
                        <ButtonLink href="/reset" label=t("another-reset-again") look=Look::Secondary/>
                    </div>
                </UserPage>
            }
            .into_any()
        }
        Another::SignIn { name } => {
            let lead = t_args("another-sign-in-lead", &[("name", name.clone())]);
            let on = t_args("another-sign-in-on", &[("name", name)]);
            view! {
                <UserPage heading=t("another-sign-in-heading") lead ending=Ending::Stopped>
                    <div class="actions">
                        <ButtonLink href="/" label=on look=Look::Primary/>
                        <ButtonLink href="/signin" label=t("another-sign-in-again") look=Look::Secondary/>
                    </div>
                </UserPage>
            }
            .into_any()
        }
    }
}
