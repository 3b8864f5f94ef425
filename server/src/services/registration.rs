//! Implements [`Registration`].

mod added;
mod app;
mod begin;
mod code;
mod finish;
mod notifications;
mod otpauth;
mod passkey;
mod questions;
mod recovery_codes;
mod send;
mod start;

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome, with_next};
use regain_app::services::registration::{
    Added, AppSetUp, CodeEntry, EmailEntry, NotificationSetUp, Offers, PasskeySetUp, PhoneEntry,
    QuestionEntry, RecoveryCodesSetUp, Registration, Review, Show, Shown, Start, Step, Trail, TypedPhone,
    Way,
};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::secret::Secret;
use regain_store::Tx;

use crate::engine::Engine;
use crate::security_info::{Inventory, Me};
use crate::services::failure;

#[async_trait]
impl Registration for Engine {
    async fn start(&self, visit: &Visit, trail: &Trail) -> Shown<Start> {
        self.show_start(visit, trail).await
    }

    async fn offers(&self, visit: &Visit, trail: &Trail) -> Shown<Offers> {
        self.show_offers(visit, trail).await
    }

    async fn app(&self, visit: &Visit, trail: &Trail) -> Shown<AppSetUp> {
        self.show_app(visit, trail).await
    }

    async fn notifications(&self, visit: &Visit, trail: &Trail) -> Shown<NotificationSetUp> {
        self.show_notifications(visit, trail).await
    }

    async fn passkey(&self, visit: &Visit, trail: &Trail) -> Shown<PasskeySetUp> {
        self.show_passkey(visit, trail).await
    }

    async fn recovery_codes(&self, visit: &Visit, trail: &Trail) -> Shown<RecoveryCodesSetUp> {
        self.show_recovery_codes(visit, trail).await
    }

    async fn email(&self, visit: &Visit, trail: &Trail) -> Shown<EmailEntry> {
        self.show_email(visit, trail).await
    }

    async fn phone(&self, visit: &Visit, trail: &Trail, replaces: &str, kind: &str) -> Shown<PhoneEntry> {
        self.show_phone(visit, trail, replaces, kind).await
    }

    async fn code(&self, visit: &Visit, trail: &Trail) -> Shown<CodeEntry> {
        self.show_code(visit, trail).await
    }

    async fn questions(&self, visit: &Visit, trail: &Trail) -> Shown<QuestionEntry> {
        self.show_questions(visit, trail).await
    }

    async fn added(&self, visit: &Visit, trail: &Trail, method: &str) -> Shown<Added> {
        self.show_added(visit, trail, method).await
    }

    async fn review(&self, visit: &Visit, trail: &Trail) -> Shown<Review> {
        self.show_review(visit, trail).await
    }

    async fn choose(&self, visit: &Visit, trail: &Trail, method: &str) -> Answer {
        gated(self.begin(visit, trail, method).await, trail, Step::Method)
    }

    async fn confirm_app(&self, visit: &Visit, trail: &Trail, code: &Secret) -> Answer {
        gated(self.add_app(visit, trail, code).await, trail, Step::Method)
    }

    async fn confirm_passkey(&self, visit: &Visit, trail: &Trail, answer: &str) -> Answer {
        gated(self.add_passkey(visit, trail, answer).await, trail, Step::Method)
    }

    async fn confirm_recovery_codes(&self, visit: &Visit, trail: &Trail, saved: bool) -> Answer {
        gated(self.add_recovery_codes(visit, trail, saved).await, trail, Step::Method)
    }

    async fn ask_again(&self, visit: &Visit, trail: &Trail) -> Answer {
        gated(self.test_again(visit, trail).await, trail, Step::Method)
    }

    async fn send_email(&self, visit: &Visit, trail: &Trail, address: &str) -> Answer {
        gated(self.send_to_address(visit, trail, address).await, trail, Step::Email)
    }

    async fn send_text(&self, visit: &Visit, trail: &Trail, typed: &TypedPhone) -> Answer {
        gated(self.send_to_phone(visit, trail, typed).await, trail, Step::Phone)
    }

    async fn resend(&self, visit: &Visit, trail: &Trail) -> Answer {
        gated(self.send_again(visit, trail).await, trail, Step::Method)
    }

    async fn confirm_code(&self, visit: &Visit, trail: &Trail, code: &Secret) -> Answer {
        gated(self.add_by_code(visit, trail, code).await, trail, Step::Method)
    }

    async fn save_questions(&self, visit: &Visit, trail: &Trail, chosen: Vec<(String, Secret)>) -> Answer {
        gated(self.add_questions(visit, trail, chosen).await, trail, Step::Method)
    }

    async fn finish(&self, visit: &Visit, trail: &Trail) -> Answer {
        gated(self.looks_good(visit, trail).await, trail, Step::Review)
    }

    async fn skip(&self, visit: &Visit, trail: &Trail) -> Answer {
        gated(self.not_now(visit, trail).await, trail, Step::Start)
    }
}

/// A form that comes to a gate goes on, behind it, at a page of the wizard, with the way on kept.
fn gated(answer: Answer, trail: &Trail, step: Step) -> Answer {
    let gate = match answer {
        Err(Failure::SignedOut) => "/signin",
        Err(Failure::StepUp) => "/signin/verify",
        answer => return answer,
    };
    Ok(Outcome::go(with_next(gate, &trail.to(step))))
}

/// Back to a step with one problem; what was typed is added by the caller.
fn problem(trail: &Trail, step: Step, form: FormState, problem: FieldProblem) -> Outcome {
    Outcome::refused(trail.to(step), form.with_problem(problem))
}

fn elsewhere<T>(trail: &Trail, step: Step) -> Shown<T> {
    Ok(Show::Elsewhere(trail.to(step)))
}

impl Engine {
    /// The person who asks, with everything they have. Whose account is gone is signed out.
    async fn inventory_of(&self, tx: &mut dyn Tx, me: &Me<'_>) -> Result<Inventory, Failure> {
        Inventory::load(self, tx, me.user_id).await.map_err(failure)?.ok_or(Failure::SignedOut)
    }

    /// The same, for a page that shows no address and no number.
    async fn to_begin<'v>(&self, visit: &'v Visit) -> Result<(Me<'v>, Inventory), Failure> {
        let me = self.me_registering(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let inventory = self.inventory_of(&mut *tx, &me).await?;
        Ok((me, inventory))
    }

    /// The same, for a page that shows methods: behind the second factor, where there is one.
    async fn to_see<'v>(&self, visit: &'v Visit) -> Result<(Me<'v>, Inventory), Failure> {
        let (me, inventory) = self.to_begin(visit).await?;
        me.may_see(&inventory)?;
        Ok((me, inventory))
    }

    /// The same, for something that begins a change: behind a second factor of just now.
    async fn to_change<'v>(&self, visit: &'v Visit) -> Result<(Me<'v>, Inventory), Failure> {
        let (me, inventory) = self.to_begin(visit).await?;
        me.may_change(&inventory, self)?;
        Ok((me, inventory))
    }
}

/// Where a person belongs for whom the wizard is not: its start says why.
fn closed(inventory: &Inventory, trail: &Trail) -> Option<Step> {
    let open = inventory.person.effective.may_register();
    (!open).then_some(match trail.way {
        Way::Register => Step::Start,
        Way::Add => Step::Review,
    })
}
