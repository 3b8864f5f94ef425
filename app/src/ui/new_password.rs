//! Choosing a new password: the rules, the field, how strong it is, and the field again.

use leptos::prelude::*;
use regain_core::password::profile::{PasswordProfile, ProfileKind};
use regain_core::password::strength::Reason;

use super::field::Field;
use super::icon::{Icon, Sign};
use super::message::Banner;
use super::password_field::{PasswordField, PasswordUse};
use crate::islands::PasswordRules;
use crate::services::account::NameRule;
use crate::text::{t, t_args};

const RULES: &str = "password-rules";
const METER: &str = "password-strength";
const WORD: &str = "password-strength-word";
/// Levels of the meter, 0 to 4.
const LEVELS: std::ops::RangeInclusive<u8> = 0..=4;

/// *New password*, *Confirm new password* and, unless a directory decides, *Password strength*.
#[component]
pub fn NewPasswordFields(
    /// Name and problem of the new password.
    field: Field,
    /// Name and problem of the confirmation.
    confirm: Field,
    /// The rules in force; none where a directory has its own, which we do not know.
    #[prop(optional_no_strip)]
    profile: Option<PasswordProfile>,
    /// What the password must not contain of names.
    #[prop(optional)]
    names: Option<NameRule>,
) -> impl IntoView {
    let input = field.id.clone();
    let shows_also = confirm.id.clone();
    let attribute = profile.map(passwordrules).unwrap_or_default();
    let described_by = if profile.is_some() { format!("{RULES} {WORD}") } else { RULES.to_owned() };
    let rules = match profile {
        Some(profile) => rules_view(profile, names.as_ref()),
        None => view! { <div id=RULES><Banner><p>{t("ui-rules-directory")}</p></Banner></div> }.into_any(),
    };
    let parts = names.map(|names| names.parts).unwrap_or_default();
    view! {
        {rules}
        <div class="stack-tight">
            <PasswordField field label=t("ui-new-password") usage=PasswordUse::New described_by rules=attribute shows_also/>
            {profile.map(|profile| strength_view(input, profile, parts))}
        </div>
        <PasswordField field=confirm label=t("ui-confirm-password") usage=PasswordUse::New without_toggle=true/>
    }
}

/// What password managers read, to suggest one that passes. *Three of four classes* cannot be said, so all are asked.
fn passwordrules(profile: PasswordProfile) -> String {
    let classes = match profile.kind {
        ProfileKind::Nist => "",
        ProfileKind::Entra => " required: lower; required: upper; required: digit;",
    };
    format!("minlength: {}; maxlength: {};{classes}", profile.min, profile.max)
}

/// The rules that the browser can judge, by the codes of what breaks them.
fn rules(profile: PasswordProfile, names: Option<&NameRule>) -> Vec<(&'static str, String)> {
    let length = ("password-too-short", t_args("ui-rule-length", &[("min", profile.min.to_string())]));
    let mut rules = vec![length];
    if profile.kind == ProfileKind::Entra {
        rules.push(("password-too-few-classes", t("ui-rule-classes")));
        rules.push(("password-not-ascii", t("ui-rule-ascii")));
    }
    if let Some(names) = names {
        let organization = [("organization", names.organization.clone())];
        rules.push(("password-contains-name", t_args("ui-rule-names", &organization)));
    }
    rules
}

fn rules_view(profile: PasswordProfile, names: Option<&NameRule>) -> AnyView {
    let items = rules(profile, names)
        .into_iter()
        .map(|(code, text)| {
            view! {
                <li data-rule=code>
                    <Icon sign=Sign::Circle class="rule-open"/>
                    <Icon sign=Sign::Check class="rule-met"/>
                    <span><span class="visually-hidden" data-met=""></span>{text}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="stack-tight" id=RULES>
            <ul class="rules">{items}</ul>
            <p class="hint">{t("ui-rules-later")}</p>
            <ul class="rules"><li><Icon sign=Sign::Circle/><span>{t("ui-rule-common")}</span></li></ul>
            <p class="hint">{t("ui-rules-server")}</p>
        </div>
    }
    .into_any()
}

fn strength_view(input: String, profile: PasswordProfile, names: Vec<String>) -> impl IntoView {
    let levels = LEVELS.map(|level| t(&format!("ui-strength-{level}"))).collect();
    let reasons = Reason::ALL
        .iter()
        .map(|reason| t(&format!("ui-strength-{}", reason.as_str().replace('_', "-"))))
        .collect();
    view! {
        <div class="strength" hidden>
            <div class="meter" id=METER role="meter" aria-label=t("ui-strength") aria-valuemin="0" aria-valuemax="4"
                aria-valuenow="0" data-level="0">
                <span></span><span></span><span></span><span></span>
            </div>
            <p class="strength-text" id=WORD>{t("ui-strength-empty")}</p>
        </div>
        <PasswordRules input rules=RULES.to_owned() meter=METER.to_owned() word=WORD.to_owned() profile names
            levels reasons unlisted=t("ui-strength-unlisted") empty=t("ui-strength-empty") met=t("ui-rule-met")/>
    }
}
