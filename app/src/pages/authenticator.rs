//! `/authenticator/`: the web app on the phone. The page is the same for everybody; accounts and keys are in the browser,
//! and its script (`public/authenticator/app.js`) fills the page in.

pub mod password;

use leptos::prelude::*;
use leptos_meta::Link;

use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{Banner, Button, Field, Look, PostForm, Purpose, TextField, Tone, UserPage};
use crate::visit::visit;

/// The authenticator.
#[component]
pub fn Authenticator() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        let organization = services.site.organization().await.name;
        let wakes = services.site.wakes_phones().await;
        let script = services.site.asset("authenticator/app.js");
        let heading = t_args("authenticator-heading", &[("organization", organization)]);
        view! {
            <Link rel="manifest" href="/authenticator/manifest.webmanifest"/>
            <Link rel="apple-touch-icon" href=services.site.asset("authenticator/icon-192.png")/>
            <UserPage heading=heading lead=t("authenticator-lead")>
                <noscript><p>{t("authenticator-no-script")}</p></noscript>
                <App wakes/>
                <script type="module" src=script nonce=visit.nonce.clone()></script>
            </UserPage>
        }
    })
}

/// Texts that the script needs, as `data-text-…`.
const TEXTS: [&str; 20] = [
    "approved",
    "clock",
    "denied",
    "expired",
    "failed",
    "full",
    "number-missing",
    "number-wrong",
    "offline",
    "over",
    "paired",
    "remove-question",
    "reported",
    "storage",
    "synced",
    "too-many",
    "undone",
    "unpaid",
    "working",
    "wrong-code",
];

#[component]
fn App(
    /// Whether push messages are sent: otherwise the browser is not asked for a subscription.
    wakes: bool,
) -> impl IntoView {
    let off = t(if wakes { "authenticator-alerts-off" } else { "authenticator-alerts-none" });
    let texts = TEXTS
        .into_iter()
        .map(|name| view! { <span data-text=name>{t(&format!("authenticator-text-{name}"))}</span> })
        .collect_view();
    view! {
        <div id="authenticator" class="authenticator stack" data-wakes=wakes.to_string() hidden>
            <p id="status" class="authenticator-status" role="status"></p>
            <section id="requests" class="stack" aria-live="polite" aria-label=t("authenticator-requests")></section>
            <p id="no-requests" class="row">
                <span>{t("authenticator-no-requests")}</span>
                <button class="link-button" type="button" id="check">{t("authenticator-check")}</button>
            </p>
            <section id="approved" class="stack" aria-label=t("authenticator-approved")></section>
            <section id="accounts" class="stack" aria-label=t("authenticator-accounts")></section>
            <p id="alerts-off" class="small muted" hidden>{off}</p>
            <button class="button button-secondary" type="button" id="alerts" hidden>{t("authenticator-alerts")}</button>
            <Pair/>
            <template id="texts">{texts}</template>
        </div>
        // A form of its own: the page that it opens is another one.
        <PostForm action=password::OPEN id="finish" hidden=vec![("link", String::new())]>""</PostForm>
        <RequestCard/>
        <DeniedCard/>
        <ApprovedCard/>
        <AccountCard/>
    }
}

/// Adding an account: both fields are filled in by the address that the QR code holds.
#[component]
fn Pair() -> impl IntoView {
    view! {
        <details id="pair-details" class="details">
            <summary>{t("authenticator-add-another")}</summary>
            <form id="pair" class="stack" novalidate>
                <p id="pair-problem" class="field-error" role="alert" hidden></p>
                <TextField field=Field::new("username") label=t("authenticator-username") purpose=Purpose::Username/>
                <TextField field=Field::new("code") label=t("authenticator-code") hint=t("authenticator-code-hint")
                    purpose=Purpose::SavedCode/>
                <div class="actions"><Button label=t("authenticator-add")/></div>
            </form>
        </details>
    }
}

/// One request: what is asked, from where, when.
#[component]
fn RequestCard() -> impl IntoView {
    view! {
        <template id="request-card">
            <article class="authenticator-card stack" tabindex="-1">
                <h2 data-slot="question"></h2>
                <dl class="authenticator-facts">
                    <div><dt>{t("authenticator-account")}</dt><dd><bdi data-slot="account"></bdi></dd></div>
                    <div><dt>{t("authenticator-client")}</dt><dd><bdi data-slot="client"></bdi></dd></div>
                    <div><dt>{t("authenticator-place")}</dt><dd data-slot="place"></dd></div>
                    <div>
                        <dt>{t("authenticator-from")}</dt>
                        <dd><bdi data-slot="address"></bdi>" "<span data-slot="network"></span></dd>
                    </div>
                    <div><dt>{t("authenticator-when")}</dt><dd data-slot="when"></dd></div>
                </dl>
                <Banner tone=Tone::Warn><p data-slot="warning"></p></Banner>
                <form class="stack" novalidate>
                    <p class="field-error" data-slot="problem" role="alert" hidden></p>
                    <label class="authenticator-number">
                        <span data-slot="number-label"></span>
                        <input class="input input-code" name="number" type="text" inputmode="numeric" maxlength="2"
                            autocomplete="off" enterkeyhint="done" dir="ltr"/>
                    </label>
                    <div class="actions">
                        <Button label=t("authenticator-approve")/>
                        <button class="button button-secondary" type="button" data-act="deny">{t("authenticator-deny")}</button>
                        <button class=Look::Danger.class() type="button" data-act="told">{t("authenticator-told")}</button>
                    </div>
                </form>
            </article>
        </template>
    }
}

/// After *Deny*: was it you?
#[component]
fn DeniedCard() -> impl IntoView {
    view! {
        <template id="denied-card">
            <article class="authenticator-card stack" tabindex="-1">
                <h2>{t("authenticator-denied")}</h2>
                <p>{t("authenticator-denied-lead")}</p>
                <div class="actions">
                    <button class=Look::Danger.class() type="button" data-act="report">{t("authenticator-report")}</button>
                    <button class=Look::Subtle.class() type="button" data-act="close">{t("authenticator-mistake")}</button>
                </div>
            </article>
        </template>
    }
}

/// What was approved: it can be taken back while that still stops or undoes something.
#[component]
fn ApprovedCard() -> impl IntoView {
    view! {
        <template id="approved-card">
            <article class="authenticator-card stack" tabindex="-1">
                <h2 data-slot="title"></h2>
                <dl class="authenticator-facts">
                    <div><dt>{t("authenticator-account")}</dt><dd><bdi data-slot="account"></bdi></dd></div>
                    <div><dt>{t("authenticator-client")}</dt><dd><bdi data-slot="client"></bdi></dd></div>
                    <div><dt>{t("authenticator-from")}</dt><dd><bdi data-slot="address"></bdi></dd></div>
                    <div><dt>{t("authenticator-when")}</dt><dd data-slot="when"></dd></div>
                </dl>
                <p data-slot="next"></p>
                <p class="field-error" data-slot="problem" role="alert" hidden></p>
                <div class="actions" data-slot="choose" hidden>
                    <button class=Look::Primary.class() type="button" data-act="choose">{t("authenticator-choose")}</button>
                </div>
                <p class="small">{t("authenticator-approved-lead")}</p>
                <div class="actions">
                    <button class=Look::Danger.class() type="button" data-act="report">{t("authenticator-report")}</button>
                </div>
            </article>
        </template>
    }
}

/// One account with its code.
#[component]
fn AccountCard() -> impl IntoView {
    view! {
        <template id="account-card">
            <article class="authenticator-card">
                <h2 class="authenticator-account"><span data-slot="organization"></span></h2>
                <p class="small"><bdi data-slot="username"></bdi></p>
                <p class="authenticator-code nums" data-slot="code" dir="ltr"></p>
                <progress max="30" value="30" aria-label=t("authenticator-left") data-slot="left"></progress>
                <button class="link-button" type="button" data-act="remove">{t("authenticator-remove")}</button>
            </article>
        </template>
    }
}
