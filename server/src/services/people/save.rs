//! Making a user, saving names and contact data.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::visit::Visit;
use regain_core::account::{TypedDetails, UserDetails};
use regain_core::contact::EmailAddress;
use regain_core::form::{FieldProblem, FormState};
use regain_core::role::Right;
use regain_core::secret::Secret;

use super::{path, row_id};
use crate::audit::activity;
use crate::engine::Engine;
use crate::passwords::names_in;
use crate::people::{Actor, NewUser, Refusal, Scope};
use crate::services::{failure, people::view};

const NEW: &str = "/admin/users/new";

pub(super) async fn create(engine: &Engine, visit: &Visit, typed: TypedDetails, password: Secret) -> Answer {
    if let Err(first) = engine.act_gate(visit, Right::ManageUsers, activity::ADD_USER, "", NEW).await? {
        return Ok(first);
    }
    match try_create(engine, visit, &typed, &password).await {
        Ok(made) => Ok(made),
        Err(refusal) => Ok(Outcome::refused(NEW, kept(&typed, refusal.into_problems()?))),
    }
}

async fn try_create(
    engine: &Engine,
    visit: &Visit,
    typed: &TypedDetails,
    password: &Secret,
) -> Result<Outcome, Refusal> {
    let mut problems = Vec::new();
    let details = deliverable(engine, typed, None).await.map_err(|found| problems.extend(found));
    let password = match engine.first_password("initial_password", password, &names_in(typed)).await {
        Ok(password) => Some(password),
        Err(Refusal::Problems(found)) => {
            problems.extend(found);
            None
        }
        Err(other) => return Err(other),
    };
    let (Ok(details), Some(password)) = (details, password) else { return Err(Refusal::Problems(problems)) };
    let mut tx = engine.store.write().await?;
    engine.claim(&mut *tx, visit).await?;
    let new = NewUser { details, blocked: false, password };
    let user = engine.insert_user(&mut *tx, &Actor::Administrator(visit), &new).await?;
    let made = Outcome::go(format!("{}?created", path(&user.id.to_string())));
    engine.remember_made(&mut *tx, visit, &made).await?;
    tx.commit().await?;
    Ok(made)
}

pub(super) async fn save(engine: &Engine, visit: &Visit, id: &str, typed: TypedDetails) -> Answer {
    // Whoever may change either part may post the form; the other part stays as it is.
    let scope = Scope { names: visit.may(Right::ManageUsers), contact: visit.may(Right::ManageMethods) };
    let right = if scope.contact { Right::ManageMethods } else { Right::ManageUsers };
    if let Err(first) = engine.act_gate(visit, right, activity::UPDATE_USER, id, &path(id)).await? {
        return Ok(first);
    }
    let user_id = row_id(id)?;
    let stored = async { engine.store.read().await?.user(user_id).await };
    let stored = view::typed(&stored.await.map_err(failure)?.ok_or(Failure::NotFound)?);
    let typed = within(scope, typed, stored.clone());
    let result = match deliverable(engine, &typed, Some(&stored)).await {
        Ok(details) => engine.update_user(&Actor::Administrator(visit), user_id, &details, scope).await,
        Err(problems) => Err(Refusal::Problems(problems)),
    };
    match result {
        Ok(_) => Ok(Outcome::go(format!("{}?saved", path(id)))),
        Err(refusal) => {
            let state = kept(&typed, refusal.into_problems()?).with_value("form", "details");
            Ok(Outcome::refused(path(id), state))
        }
    }
}

/// What was typed, if it is right and mail can leave for it. What is stored already stays: an import kept it.
async fn deliverable(
    engine: &Engine,
    typed: &TypedDetails,
    stored: Option<&TypedDetails>,
) -> Result<UserDetails, Vec<FieldProblem>> {
    let details = typed.parse()?;
    let mut problems = Vec::new();
    let known = |of: fn(&TypedDetails) -> &String| stored.map(of).map(|text| EmailAddress::key_of(text));
    let typed = [
        ("mail", &details.mail, known(|details| &details.mail)),
        ("alternate_email", &details.alternate_email, known(|details| &details.alternate_email)),
    ];
    for (field, address, known) in typed {
        let Some(address) = address.as_deref() else { continue };
        if known != Some(EmailAddress::key_of(address)) && !engine.mail_takes(address).await {
            problems.push(FieldProblem::new(field, "email-not-taken"));
        }
    }
    if problems.is_empty() { Ok(details) } else { Err(problems) }
}

/// What was typed where the scope reaches, what is stored elsewhere. The user principal name never changes.
fn within(scope: Scope, typed: TypedDetails, stored: TypedDetails) -> TypedDetails {
    let (names, contact) = (scope.names, scope.contact);
    let choose = |own: bool, typed: String, stored: String| if own { typed } else { stored };
    TypedDetails {
        upn: stored.upn,
        display_name: choose(names, typed.display_name, stored.display_name),
        given_name: choose(names, typed.given_name, stored.given_name),
        surname: choose(names, typed.surname, stored.surname),
        mail: choose(names, typed.mail, stored.mail),
        mobile_phone: choose(contact, typed.mobile_phone, stored.mobile_phone),
        office_phone: choose(contact, typed.office_phone, stored.office_phone),
        alternate_email: choose(contact, typed.alternate_email, stored.alternate_email),
    }
}

/// What the form shows again; never a password.
fn kept(typed: &TypedDetails, problems: Vec<FieldProblem>) -> FormState {
    let state = FormState::default()
        .with_value("user_principal_name", &typed.upn)
        .with_value("display_name", &typed.display_name)
        .with_value("first_name", &typed.given_name)
        .with_value("last_name", &typed.surname)
        .with_value("mail", &typed.mail)
        .with_value("mobile_phone", &typed.mobile_phone)
        .with_value("office_phone", &typed.office_phone)
        .with_value("alternate_email", &typed.alternate_email);
    FormState { problems, ..state }
}
