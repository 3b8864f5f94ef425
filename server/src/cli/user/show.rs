//! `regain user show`.

use std::str::FromStr as _;

use regain_app::text::{Locale, text};
use regain_core::coverage::{Coverage, NotReady};
use regain_core::role::Role;
use regain_store::{Group, Method, User};
use serde_json::json;

use super::Which;
use crate::account_key::account_key;
use crate::cli::output::{facts, json as print_json, time};
use crate::engine::Engine;
use crate::person::Person;

struct Shown {
    user: User,
    roles: Vec<Role>,
    groups: Vec<Group>,
    methods: Vec<Method>,
    questions: usize,
    recovery_locked_until: Option<String>,
    coverage: Coverage,
    must_change_password: bool,
    password_never_expires: bool,
}

pub(super) async fn show(engine: &Engine, which: &Which, as_json: bool) -> anyhow::Result<()> {
    let user = which.find(engine).await?;
    let mut tx = engine.store.read().await?;
    let account = account_key(&engine.keys, &user.upn_key);
    let person = Person::of(engine, &mut *tx, user.clone()).await?;
    let shown = Shown {
        coverage: engine.coverage(&mut *tx, &person).await?,
        roles: person.roles,
        groups: tx.groups_of_user(user.id).await?,
        methods: tx.methods(user.id).await?,
        questions: tx.answers(user.id).await?.len(),
        recovery_locked_until: engine.recovery_lock(&mut *tx, &account).await?.map(time),
        password_never_expires: tx.password_never_expires(user.id).await?,
        must_change_password: tx.password(user.id).await?.is_some_and(|password| password.temporary),
        user,
    };
    if as_json { print_json(&shown.json()) } else { shown.print() }
}

impl Shown {
    fn json(&self) -> serde_json::Value {
        let user = &self.user;
        json!({
            "id": user.id.to_string(),
            "userPrincipalName": user.upn,
            "displayName": user.display_name,
            "givenName": user.given_name,
            "surname": user.surname,
            "mail": user.mail,
            "mobile": user.mobile_phone,
            "telephoneNumber": user.office_phone,
            "otherMails": user.alternate_email,
            "accountEnabled": !user.blocked,
            "directory": user.directory,
            "createdAt": time(user.created_at),
            "registeredAt": user.registered_at.map(time),
            "confirmedAt": user.confirmed_at.map(time),
            "inScope": self.coverage.in_scope,
            "registered": self.coverage.registered,
            "ready": self.coverage.ready.is_ok(),
            "notReadyBecause": self.coverage.ready.err().map(reason),
            "mustChangePassword": self.must_change_password,
            "passwordNeverExpires": self.password_never_expires,
            "recoveryLockedUntil": self.recovery_locked_until,
            "roles": self.roles.iter().map(|role| role.display_name()).collect::<Vec<_>>(),
            "groups": self.groups.iter().map(|group| &group.name).collect::<Vec<_>>(),
            "methods": self.methods.iter().map(method_json).collect::<Vec<_>>(),
            "securityQuestions": self.questions,
        })
    }

    fn print(&self) -> anyhow::Result<()> {
        let user = &self.user;
        let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let list = |items: Vec<String>| items.join(", ");
        let methods = self.methods.iter().map(|method| method_name(&method.method)).collect();
        facts(&[
            ("User principal name", user.upn.clone()),
            ("Display name", user.display_name.clone()),
            ("First name", user.given_name.clone()),
            ("Last name", user.surname.clone()),
            ("Mail", optional(&user.mail)),
            ("Mobile phone", optional(&user.mobile_phone)),
            ("Office phone", optional(&user.office_phone)),
            ("Alternate email", optional(&user.alternate_email)),
            ("In scope", yes(self.coverage.in_scope)),
            ("Registered", yes(self.coverage.registered)),
            ("Ready", self.coverage.ready.map_or_else(|why| format!("no: {}", reason(why)), |()| yes(true))),
            ("Sign-in blocked", yes(user.blocked)),
            ("Must change password", yes(self.must_change_password)),
            ("Password never expires", yes(self.password_never_expires)),
            ("Recovery locked until", self.recovery_locked_until.clone().unwrap_or_default()),
            ("Roles", list(self.roles.iter().map(|role| role.display_name().to_owned()).collect())),
            ("Groups", list(self.groups.iter().map(|group| group.name.clone()).collect())),
            ("Registered methods", list(methods)),
            ("Security questions", self.questions.to_string()),
            ("Set up on", user.registered_at.map(time).unwrap_or_default()),
            ("Object ID", user.id.to_string()),
        ])
    }
}

/// Why a person is not ready, in the words of the portal.
fn reason(why: NotReady) -> String {
    let text = match why {
        NotReady::Locked(until) => text(Locale::default(), "coverage-not-locked", &[("until", time(until))]),
        NotReady::Refused(refusal) => text(Locale::default(), &format!("coverage-not-{refusal}"), &[]),
    };
    text.trim_end_matches('.').to_owned()
}

fn method_json(method: &Method) -> serde_json::Value {
    json!({
        "method": method.method,
        "label": method.label,
        "createdAt": time(method.created_at),
        "lastUsedAt": method.last_used_at.map(time),
    })
}

fn method_name(method: &str) -> String {
    regain_core::method::Method::from_str(method)
        .map_or_else(|_| method.to_owned(), |known| known.as_str().replace('_', " "))
}
