//! Codes to an address or a number that is to be proved.

use regain_app::outcome::{Answer, Outcome};
use regain_app::services::registration::{Step, Trail, TypedPhone};
use regain_app::visit::Visit;
use regain_core::contact::{Country, EmailAddress, PhoneNumber};
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::Method;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::begin::{due_step, is_open};
use super::problem;
use crate::account_key::account_key;
use crate::engine::Engine;
use crate::security_info::{Body, Inventory, Me};
use crate::services::failure;
use crate::verification::{Asker, Holder, Purpose, Sending, Target};

/// A destination as it was typed, and the page that it was typed on.
struct Wanted {
    method: Method,
    destination: String,
    replaces: Option<Uuid>,
    step: Step,
    field: &'static str,
    form: FormState,
}

impl Engine {
    pub(super) async fn send_to_address(&self, visit: &Visit, trail: &Trail, typed: &str) -> Answer {
        let (me, inventory) = self.to_change(visit).await?;
        if !is_open(&inventory, trail, Method::Email) {
            return Ok(Outcome::go(trail.to(Step::Method)));
        }
        let form = FormState::default().with_value("email", typed);
        let refused =
            |code: &str| Ok(problem(trail, Step::Email, form.clone(), FieldProblem::new("email", code)));
        let address = match EmailAddress::parse(typed) {
            Ok(address) => address,
            Err(problem) => return refused(problem.code()),
        };
        if is_own_mailbox(&inventory, &address) {
            return refused("email-own-organization");
        }
        if inventory
            .rows
            .iter()
            .any(|row| row.method == "email" && row.destination.as_deref() == Some(address.as_str()))
        {
            return refused("email-already-there");
        }
        let destination = address.as_str().to_owned();
        let wanted = Wanted {
            method: Method::Email,
            destination,
            replaces: None,
            step: Step::Email,
            field: "email",
            form,
        };
        self.send_first(visit, trail, &me, &inventory, wanted).await
    }

    pub(super) async fn send_to_phone(&self, visit: &Visit, trail: &Trail, typed: &TypedPhone) -> Answer {
        let (me, inventory) = self.to_change(visit).await?;
        if !is_open(&inventory, trail, Method::MobilePhone) {
            return Ok(Outcome::go(trail.to(Step::Method)));
        }
        let form =
            FormState::default().with_value("country", &typed.country).with_value("number", &typed.number);
        let refused = |problem_: FieldProblem| Ok(problem(trail, Step::Phone, form.clone(), problem_));
        let number = match PhoneNumber::parse(&typed.number, Country::by_iso2(&typed.country)) {
            Ok(number) => number,
            Err(problem) => return refused(FieldProblem::new("number", problem.code())),
        };
        let replaces =
            inventory.row(&typed.replaces).filter(|row| row.method == Method::MobilePhone.as_str());
        if let (None, Some(most)) = (replaces, inventory.full(Method::MobilePhone)) {
            return refused(FieldProblem::new("number", "method-full").with("most", &most));
        }
        let destination = number.e164();
        let known = |row: &regain_store::Method| row.destination.as_deref() == Some(destination.as_str());
        if inventory.rows.iter().any(known) {
            return refused(FieldProblem::new("number", "phone-already-there"));
        }
        let replaces = replaces.map(|row| row.id);
        let method = Method::MobilePhone;
        let wanted = Wanted { method, destination, replaces, step: Step::Phone, field: "number", form };
        self.send_first(visit, trail, &me, &inventory, wanted).await
    }

    /// Begins the enrolment of a destination and sends its code, both or neither.
    async fn send_first(
        &self,
        visit: &Visit,
        trail: &Trail,
        me: &Me<'_>,
        inventory: &Inventory,
        wanted: Wanted,
    ) -> Answer {
        let account = account_key(&self.keys, &inventory.person.user.upn_key);
        if self.is_over(me) {
            return self.sign_in_again(me, trail).await;
        }
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, me).await?;
        let mut enrolment = self.enrolment(me, wanted.method);
        enrolment.destination = Some(wanted.destination.clone());
        enrolment.body = serde_json::json!(Body { replaces: wanted.replaces }).to_string();
        tx.begin_enrolment(&enrolment).await.map_err(failure)?;
        let target = target(wanted.method, wanted.destination);
        let asker = asker(me, &account, visit);
        let params = [("name", inventory.person.user.display_name.clone())];
        let sending = self
            .send_code(&mut *tx, &asker, &target, template(wanted.method), &params)
            .await
            .map_err(failure)?;
        if let Some(refused) = self.too_often(&sending) {
            let refused = FieldProblem { field: wanted.field.to_owned(), ..refused };
            return Ok(problem(trail, wanted.step, wanted.form, refused));
        }
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(trail.to(Step::Code)))
    }

    /// Sends another code to where the row says.
    pub(super) async fn send_again(&self, visit: &Visit, trail: &Trail) -> Answer {
        let me = self.me_registering(visit)?;
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, &me).await?;
        let inventory = self.inventory_of(&mut *tx, &me).await?;
        let enrolment = tx.enrolment(me.session_id).await.map_err(failure)?;
        if enrolment.as_ref().is_some_and(|enrolment| self.has_run_out(enrolment)) {
            drop(tx);
            return self.sign_in_again(&me, trail).await;
        }
        let step = due_step(enrolment.as_ref());
        let method: Option<Method> = enrolment.as_ref().and_then(|row| row.method.parse().ok());
        let (Some(method), Some(destination)) = (method, enrolment.and_then(|row| row.destination)) else {
            return Ok(Outcome::go(trail.to(step)));
        };
        let account = account_key(&self.keys, &inventory.person.user.upn_key);
        let asker = asker(&me, &account, visit);
        let params = [("name", inventory.person.user.display_name.clone())];
        let target = target(method, destination);
        let sending =
            self.send_code(&mut *tx, &asker, &target, template(method), &params).await.map_err(failure)?;
        if let Some(refused) = self.too_often(&sending) {
            return Ok(problem(trail, Step::Code, FormState::default(), refused));
        }
        tx.commit().await.map_err(failure)?;
        let notice = FormState { notice: Some("register-resent".to_owned()), ..FormState::default() };
        Ok(Outcome::refused(trail.to(Step::Code), notice))
    }

    /// Why nothing was sent, if so: at the field `code`.
    fn too_often(&self, sending: &Sending) -> Option<FieldProblem> {
        let left = |until: &Timestamp| until.since(self.now()).as_secs() + 1;
        Some(match sending {
            Sending::Sent(_) => return None,
            Sending::TooSoon(again) => {
                FieldProblem::new("code", "code-too-soon").with("seconds", &left(again))
            }
            Sending::TooMany(again) => {
                FieldProblem::new("code", "code-too-many").with("minutes", &(left(again).div_ceil(60)))
            }
            Sending::Locked(_) => FieldProblem::new("code", "code-locked"),
        })
    }
}

/// Who asks for codes while registering.
pub(super) fn asker<'a>(me: &Me<'_>, account: &'a str, visit: &'a Visit) -> Asker<'a> {
    Asker {
        holder: Holder::Session(me.session_id),
        purpose: Purpose::Register,
        account,
        user_id: Some(me.user_id),
        support_code: &visit.support_code,
        visit,
    }
}

fn target(method: Method, destination: String) -> Target {
    Target { method, method_id: None, destination: Some(destination) }
}

fn template(method: Method) -> &'static str {
    if method == Method::Email { "register-code" } else { "register-code-text" }
}

/// Whoever cannot sign in cannot read this mailbox either (security ruling R2).
fn is_own_mailbox(inventory: &Inventory, address: &EmailAddress) -> bool {
    let user = &inventory.person.user;
    let domains = [Some(user.upn.as_str()), user.mail.as_deref()].into_iter().flatten();
    domains
        .filter_map(|own| own.rsplit_once('@'))
        .any(|(_, domain)| domain.to_lowercase() == address.domain())
}
