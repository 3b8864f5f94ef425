//! Implements [`SecurityInfo`].

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome, with_next};
use regain_app::services::registration::{Known, Show, Shown, Way};
use regain_app::services::security_info::{
    Drill, HoldView, Home, Lost, Overview, Removal, SecurityInfo, SignedIn, Standing,
};
use regain_app::visit::Visit;
use regain_core::eligibility;
use regain_core::form::{FieldProblem, FormState};
use regain_store::Session;

use crate::audit::{self, Build as _, activity};
use crate::engine::Engine;
use crate::http::IDLE;
use crate::security_info::{Inventory, Me};
use crate::services::failure;

const LIST: &str = "/security-info";
/// Long enough for *Work phone, second SIM*, short enough for a line on a phone.
const LABEL_CHARS: usize = 40;

#[async_trait]
impl SecurityInfo for Engine {
    async fn home(&self, visit: &Visit) -> Result<Home, Failure> {
        let me = self.me(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let inventory = self.own(&mut *tx, &me).await?;
        Ok(Home {
            standing: self.own_standing(&mut *tx, &inventory).await?,
            methods: inventory.person.methods(),
            held_until: visit.session.as_ref().and_then(|session| session.held_until),
        })
    }

    async fn overview(&self, visit: &Visit) -> Shown<Overview> {
        let me = self.me(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let inventory = self.own(&mut *tx, &me).await?;
        me.may_see(&inventory)?;
        let sessions = tx.sessions_of(me.user_id).await.map_err(failure)?;
        Ok(Show::Page(Overview {
            standing: self.own_standing(&mut *tx, &inventory).await?,
            known: inventory.known(),
            drilled_at: tx.drilled_at(me.user_id).await.map_err(failure)?,
            can_add: inventory.person.effective.may_register() && !inventory.offers(Way::Add).is_empty(),
            sessions: self.signed_in(sessions, &me),
            held_until: visit.session.as_ref().and_then(|session| session.held_until),
        }))
    }

    async fn hold(&self, visit: &Visit) -> Result<HoldView, Failure> {
        let session = self.half_open_gate(visit)?;
        let me = self.me_registering(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let inventory = self.own(&mut *tx, &me).await?;
        let agreeing = self.agreeing(&mut *tx, &inventory.person).await.map_err(failure)?;
        let hold = tx.hold(me.user_id).await.map_err(failure)?;
        Ok(HoldView {
            until: session.held_until,
            reset_at: hold.map(|hold| hold.reset_at),
            can_agree: !agreeing.is_empty(),
            owes: session.owes_second_factor,
        })
    }

    async fn removal(&self, visit: &Visit, id: &str) -> Shown<Removal> {
        let inventory = self.changeable(visit).await?;
        let Some(known) = inventory.known_by(id) else { return Ok(Show::Elsewhere(LIST.to_owned())) };
        let could_reset = inventory.person.effective.is_enabled() && inventory.progress().missing() == 0;
        Ok(Show::Page(Removal { known, after: inventory.progress_without(id), could_reset }))
    }

    async fn lost(&self, visit: &Visit, id: &str) -> Shown<Lost> {
        let me = self.me(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let inventory = self.own(&mut *tx, &me).await?;
        me.may_see(&inventory)?;
        // What is known by heart is not lost with a device.
        let Some(known) = inventory.row(id).and_then(|_| inventory.known_by(id)) else {
            return Ok(Show::Elsewhere(LIST.to_owned()));
        };
        let sessions = tx.sessions_of(me.user_id).await.map_err(failure)?;
        let loss = inventory.without(id);
        let effective = &inventory.person.effective;
        Ok(Show::Page(Lost {
            known,
            with_it: loss.with_it,
            still: loss.still,
            enabled: effective.is_enabled(),
            after: loss.after,
            can_add: effective.may_register() && !inventory.offers(Way::Add).is_empty(),
            elsewhere: self.signed_in(sessions, &me).iter().any(|place| !place.here),
        }))
    }

    async fn drill(&self, visit: &Visit) -> Shown<Drill> {
        let me = self.me(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let inventory = self.own(&mut *tx, &me).await?;
        me.may_see(&inventory)?;
        let usable = inventory.person.usable_factors();
        let known = inventory
            .known()
            .into_iter()
            .filter(|known| known.is_usable() && usable.iter().any(|factor| known.is_by(factor.method)));
        Ok(Show::Page(Drill {
            required: inventory.person.effective.required.count(),
            usable: known.collect(),
            drilled_at: tx.drilled_at(me.user_id).await.map_err(failure)?,
            ready: eligibility::check(&inventory.person.facts()).is_ok(),
        }))
    }

    async fn begin_drill(&self, visit: &Visit) -> Answer {
        let me = self.me(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let inventory = self.own(&mut *tx, &me).await?;
        me.may_see(&inventory)?;
        drop(tx);
        Engine::begin_drill(self, visit, &me, &inventory.person).await
    }

    async fn naming(&self, visit: &Visit, id: &str) -> Shown<Known> {
        let me = self.me(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let inventory = self.own(&mut *tx, &me).await?;
        me.may_edit(&inventory, self)?;
        let known = inventory.row(id).and_then(|_| inventory.known_by(id));
        Ok(known.map_or_else(|| Show::Elsewhere(LIST.to_owned()), Show::Page))
    }

    async fn remove(&self, visit: &Visit, id: &str) -> Answer {
        let me = self.me(visit)?;
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, &me).await?;
        let inventory = self.own(&mut *tx, &me).await?;
        match me.may_change(&inventory, self) {
            Err(Failure::StepUp) => return Ok(step_up()),
            checked => checked?,
        }
        if !self.remove_own(&mut *tx, visit, &inventory, id).await.map_err(failure)? {
            return Ok(Outcome::go(LIST));
        }
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go("/security-info?removed"))
    }

    async fn rename(&self, visit: &Visit, id: &str, label: &str) -> Answer {
        let me = self.me(visit)?;
        let label = label.trim();
        if label.chars().count() > LABEL_CHARS || label.chars().any(char::is_control) {
            let form = FormState::default().with_value("id", id).with_value("label", label);
            let problem = FieldProblem::new("label", "label-too-long").with("most", &LABEL_CHARS);
            return Ok(Outcome::refused(
                format!("/security-info/rename?id={}", safe(id)),
                form.with_problem(problem),
            ));
        }
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, &me).await?;
        let inventory = self.own(&mut *tx, &me).await?;
        if me.may_edit(&inventory, self).is_err() {
            return Ok(step_up());
        }
        if !self.rename_own(&mut *tx, visit, &inventory, id, label).await.map_err(failure)? {
            return Ok(Outcome::go(LIST));
        }
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go("/security-info?renamed"))
    }

    async fn sign_out_elsewhere(&self, visit: &Visit) -> Answer {
        let me = self.me(visit)?;
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, &me).await?;
        let inventory = self.own(&mut *tx, &me).await?;
        let ended = tx.end_sessions(me.user_id, Some(me.session_id)).await.map_err(failure)?;
        let record = audit::success(audit::service::SIGN_IN, activity::SIGN_OUT)
            .seen(self, visit)
            .to(&inventory.person.user)
            .because("Signed out everywhere else")
            .detail("sessions", ended);
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go("/security-info?signed-out"))
    }
}

impl Engine {
    /// What the person has.
    async fn own(&self, tx: &mut dyn regain_store::Tx, me: &Me<'_>) -> Result<Inventory, Failure> {
        Inventory::load(self, tx, me.user_id).await.map_err(failure)?.ok_or(Failure::SignedOut)
    }

    /// How far the person is.
    async fn own_standing(
        &self,
        tx: &mut dyn regain_store::Tx,
        inventory: &Inventory,
    ) -> Result<Standing, Failure> {
        Ok(Standing {
            coverage: self.coverage(tx, &inventory.person).await.map_err(failure)?,
            progress: inventory.progress(),
            ready_from: inventory.person.ready_from(),
        })
    }

    /// What the person has, for a page that leads to a change.
    async fn changeable(&self, visit: &Visit) -> Result<Inventory, Failure> {
        let me = self.me(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let inventory = self.own(&mut *tx, &me).await?;
        me.may_change(&inventory, self)?;
        Ok(inventory)
    }

    /// The sessions that still count, this one first.
    fn signed_in(&self, sessions: Vec<Session>, me: &Me<'_>) -> Vec<SignedIn> {
        let now = self.now();
        let alive = |session: &Session| session.expires_at > now && now.since(session.seen_at) < IDLE;
        let mut places: Vec<SignedIn> = sessions
            .into_iter()
            .filter(alive)
            .map(|session| SignedIn {
                here: session.id == me.session_id,
                client: session.client,
                address: session.address,
                since: session.created_at,
            })
            .collect();
        places.sort_by_key(|place| !place.here);
        places
    }
}

fn step_up() -> Outcome {
    Outcome::go(with_next("/signin/verify", LIST))
}

/// An id as it may stand in an address.
fn safe(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(64).collect()
}
