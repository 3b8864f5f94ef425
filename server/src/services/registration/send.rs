//! Codes to an address or a number that is to be proved.

use regain_app::outcome::{Answer, Outcome};
use regain_app::services::registration::{Step, Trail, TypedPhone};
use regain_app::visit::Visit;
use regain_core::contact::phone::line_of;
use regain_core::contact::{Country, EmailAddress, PhoneNumber, PhoneProblem, domain};
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::{Delivery, Method};
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::app::full;
use super::begin::{due_step, is_open, phone_kind};
use super::problem;
use crate::account_key::account_key;
use crate::engine::Engine;
use crate::gateways::mark;
use crate::messages::from;
use crate::security_info::{Body, Inventory, Me};
use crate::services::failure;
use crate::verification::{Asker, Holder, Purpose, Sending, Target};

/// A destination as it was typed, and the page that it was typed on.
struct Wanted {
    method: Method,
    destination: String,
    replaces: Option<Uuid>,
    delivery: Delivery,
    extension: Option<String>,
    /// Where the page is.
    page: String,
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
        // What came back is proved anew under the same address.
        let bounced = inventory.person.has_mark(address.as_str(), mark::BOUNCED);
        let there = |row: &regain_store::Method| {
            let known = row.destination.as_deref().map(EmailAddress::key_of);
            row.method == "email" && known == Some(address.key())
        };
        if !bounced && inventory.rows.iter().any(there) {
            return refused("email-already-there");
        }
        if !self.mail_takes(address.as_str()).await {
            return refused("email-not-taken");
        }
        let destination = address.as_str().to_owned();
        let wanted = Wanted {
            method: Method::Email,
            destination,
            replaces: None,
            delivery: Delivery::Text,
            extension: None,
            page: trail.to(Step::Email),
            field: "email",
            form,
        };
        self.send_first(visit, trail, &me, &inventory, wanted).await
    }

    pub(super) async fn send_to_phone(&self, visit: &Visit, trail: &Trail, typed: &TypedPhone) -> Answer {
        let (me, inventory) = self.to_change(visit).await?;
        let method = phone_kind(&typed.kind);
        if !is_open(&inventory, trail, method) {
            return Ok(Outcome::go(trail.to(Step::Method)));
        }
        let form = FormState::default()
            .with_value("country", &typed.country)
            .with_value("number", &typed.number)
            .with_value("delivery", &typed.delivery)
            .with_value("extension", &typed.extension);
        let page = phone_page(trail, method, &typed.replaces);
        let refused =
            |problem: FieldProblem| Ok(Outcome::refused(page.clone(), form.clone().with_problem(problem)));
        let number = match PhoneNumber::parse(&typed.number, Country::by_iso2(&typed.country)) {
            Ok(number) => number,
            Err(problem) => return refused(FieldProblem::new("number", problem.code())),
        };
        let replaces = inventory.row(&typed.replaces).filter(|row| row.method == method.as_str());
        if let (None, Some(most)) = (replaces, inventory.full(method)) {
            return refused(full("number", method, most));
        }
        if number.is_premium() {
            return refused(FieldProblem::new("number", "phone-premium"));
        }
        if !self.serves_number(&number.e164()).await? {
            return refused(FieldProblem::new("number", "phone-country-not-served"));
        }
        let extension = match extension(&typed.extension, &number) {
            Ok(extension) => extension.filter(|_| method == Method::OfficePhone),
            Err(_) => return refused(FieldProblem::new("extension", "phone-extension-malformed")),
        };
        // A number whose SIM card was changed, or another extension of the line, is proved anew in its own place.
        let line = number.line();
        let known =
            |row: &&regain_store::Method| row.destination.as_deref().is_some_and(|to| line_of(to) == line);
        let there = inventory.rows.iter().find(known);
        // What is known of the line is known under the spelling that was registered first.
        let destination = there.and_then(|row| row.destination.clone()).unwrap_or_else(|| number.e164());
        let renewed = |row: &regain_store::Method| {
            inventory.person.has_mark(&destination, mark::SIM_CHANGED)
                || (method == Method::OfficePhone && replaces.is_some_and(|replaced| replaced.id == row.id))
        };
        if there.is_some_and(|row| !renewed(row)) {
            return refused(FieldProblem::new("number", "phone-already-there"));
        }
        let replaces = there.or(replaces).map(|row| row.id);
        // A form without the choice, or with one that does not work here, gets the usual way.
        let ways = inventory.person.deliveries_to_register(method);
        let chosen = typed.delivery.parse().ok().filter(|chosen| ways.contains(chosen));
        let delivery = chosen.or(ways.first().copied()).unwrap_or(Delivery::Text);
        let field = "number";
        let wanted = Wanted { method, destination, replaces, delivery, extension, page, field, form };
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
        let body = Body {
            replaces: wanted.replaces,
            delivery: Some(wanted.delivery),
            extension: wanted.extension.clone(),
            passkey: None,
        };
        enrolment.body = serde_json::json!(body).to_string();
        tx.begin_enrolment(&enrolment).await.map_err(failure)?;
        let target = target(wanted.method, wanted.destination, &body);
        let asker = asker(me, &account, visit);
        let [address, device] = from(visit, visit.locale.tag());
        let params = [("name", inventory.person.user.display_name.clone()), address, device];
        let sending =
            self.send_code(&mut *tx, &asker, &target, template(&target), &params).await.map_err(failure)?;
        if let Some(refused) = self.too_often(&sending) {
            let refused = FieldProblem { field: wanted.field.to_owned(), ..refused };
            return Ok(Outcome::refused(wanted.page, wanted.form.with_problem(refused)));
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
        let body = enrolment.as_ref().map(Body::of).unwrap_or_default();
        let (Some(method), Some(destination)) = (method, enrolment.and_then(|row| row.destination)) else {
            return Ok(Outcome::go(trail.to(step)));
        };
        let account = account_key(&self.keys, &inventory.person.user.upn_key);
        let asker = asker(&me, &account, visit);
        let [address, device] = from(visit, visit.locale.tag());
        let params = [("name", inventory.person.user.display_name.clone()), address, device];
        let target = target(method, destination, &body);
        let sending =
            self.send_code(&mut *tx, &asker, &target, template(&target), &params).await.map_err(failure)?;
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
            Sending::Over | Sending::Locked(_) => FieldProblem::new("code", "code-locked"),
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
        known_browser: false,
        support_code: &visit.support_code,
        visit,
    }
}

fn target(method: Method, destination: String, body: &Body) -> Target {
    Target {
        method,
        method_id: None,
        destination: Some(destination),
        delivery: body.delivery.unwrap_or(Delivery::Text),
        extension: body.extension.clone(),
    }
}

fn template(target: &Target) -> &'static str {
    target.template("register-code", "register-code-text", "register-code-voice")
}

/// The page of this kind of phone, with what it changes.
fn phone_page(trail: &Trail, method: Method, replaces: &str) -> String {
    let kind = (method == Method::OfficePhone).then_some(("kind", method.as_str()));
    let replaces = (!replaces.is_empty()).then_some(("replaces", replaces));
    let query: Vec<_> = kind.into_iter().chain(replaces).collect();
    trail.to_with(Step::Phone, &query)
}

/// The extension from its own field, or from behind the number.
fn extension(typed: &str, number: &PhoneNumber) -> Result<Option<String>, PhoneProblem> {
    if typed.trim().is_empty() {
        return Ok(number.extension().map(ToOwned::to_owned));
    }
    PhoneNumber::parse_extension(typed).map(Some)
}

/// Whoever cannot sign in cannot read this mailbox either (security ruling R2).
fn is_own_mailbox(inventory: &Inventory, address: &EmailAddress) -> bool {
    let user = &inventory.person.user;
    let domains = [Some(user.upn.as_str()), user.mail.as_deref()].into_iter().flatten();
    domains
        .filter_map(|own| own.rsplit_once('@'))
        .any(|(_, own)| domain::ascii(own).is_some_and(|own| own == address.domain()))
}
