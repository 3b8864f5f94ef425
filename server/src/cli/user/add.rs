//! `regain user add` and `regain user set`.

use clap::{Args, ValueEnum};
use regain_core::account::TypedDetails;
use regain_store::User;

use super::Which;
use crate::cli::output::line;
use crate::cli::password::PasswordSource;
use crate::engine::Engine;
use crate::passwords::names_in;
use crate::people::{Actor, NewUser, Refusal, Scope};

/// What both commands can say about a user.
#[derive(Args)]
struct Details {
    /// Display name.
    #[arg(long)]
    display_name: Option<String>,
    /// First name.
    #[arg(long)]
    given_name: Option<String>,
    /// Last name.
    #[arg(long)]
    surname: Option<String>,
    /// Primary mail address.
    #[arg(long)]
    mail: Option<String>,
    /// Mobile phone, such as '+1 4255550123'.
    #[arg(long, allow_hyphen_values = true)]
    mobile_phone: Option<String>,
    /// Office phone, such as '+1 4255550123'.
    #[arg(long, allow_hyphen_values = true)]
    office_phone: Option<String>,
    /// Alternate email address.
    #[arg(long)]
    alternate_email: Option<String>,
}

impl Details {
    fn over(self, before: TypedDetails) -> TypedDetails {
        TypedDetails {
            upn: before.upn,
            display_name: self.display_name.unwrap_or(before.display_name),
            given_name: self.given_name.unwrap_or(before.given_name),
            surname: self.surname.unwrap_or(before.surname),
            mail: self.mail.unwrap_or(before.mail),
            mobile_phone: self.mobile_phone.unwrap_or(before.mobile_phone),
            office_phone: self.office_phone.unwrap_or(before.office_phone),
            alternate_email: self.alternate_email.unwrap_or(before.alternate_email),
        }
    }
}

/// `regain user add`.
#[derive(Args)]
pub(in crate::cli) struct Add {
    /// User principal name, such as ana@contoso.example.
    user_principal_name: String,
    #[command(flatten)]
    details: Details,
    /// Block sign-in from the start.
    #[arg(long)]
    blocked: bool,
    #[command(flatten)]
    password: PasswordSource,
}

impl Add {
    pub(super) async fn run(self, engine: &Engine, actor: &Actor<'_>) -> anyhow::Result<()> {
        let name = self.user_principal_name.split('@').next().unwrap_or_default().to_owned();
        let before =
            TypedDetails { upn: self.user_principal_name, display_name: name, ..TypedDetails::default() };
        let typed = self.details.over(before);
        let names = names_in(&typed);
        let details = typed.parse().map_err(Refusal::Problems)?;
        let password = engine.first_password("initial_password", &self.password.read()?, &names).await?;
        let mut tx = engine.store.write().await?;
        let new = NewUser { details, blocked: self.blocked, password };
        let user = engine.insert_user(&mut *tx, actor, &new).await?;
        tx.commit().await?;
        line(&format!("{} is made ({}).", user.upn, user.id))
    }
}

/// `regain user set`.
#[derive(Args)]
pub(in crate::cli) struct Set {
    #[command(flatten)]
    user: Which,
    #[command(flatten)]
    details: Details,
    /// Leave this user out of password expiry, or take them in again.
    #[arg(long, value_enum)]
    password_never_expires: Option<YesOrNo>,
}

/// An answer.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum YesOrNo {
    Yes,
    No,
}

impl Set {
    pub(super) async fn run(self, engine: &Engine, actor: &Actor<'_>) -> anyhow::Result<()> {
        let user = self.user.find(engine).await?;
        let details = self.details.over(typed(&user)).parse().map_err(Refusal::Problems)?;
        engine.update_user(actor, user.id, &details, Scope::ALL).await?;
        if let Some(answer) = self.password_never_expires {
            engine.set_never_expires(actor, user.id, answer == YesOrNo::Yes).await?;
        }
        line(&format!("{} is saved.", user.upn))
    }
}

fn typed(user: &User) -> TypedDetails {
    TypedDetails {
        upn: user.upn.clone(),
        display_name: user.display_name.clone(),
        given_name: user.given_name.clone(),
        surname: user.surname.clone(),
        mail: user.mail.clone().unwrap_or_default(),
        mobile_phone: user.mobile_phone.clone().unwrap_or_default(),
        office_phone: user.office_phone.clone().unwrap_or_default(),
        alternate_email: user.alternate_email.clone().unwrap_or_default(),
    }
}
