//! Everything that a person has, as pages show it and rules count it.

use std::str::FromStr as _;

use regain_app::services::registration::{Idle, Known, Progress, Trouble};
use regain_app::services::security_info::QUESTIONS;
use regain_core::contact::PhoneNumber;
use regain_core::method::{Method, MethodSet, different_kinds};
use regain_core::registration::{self, Missing};
use regain_core::time::Timestamp;
use regain_store::{Answer, Device, HardwareToken, Result, Tx};
use uuid::Uuid;

use crate::engine::Engine;
use crate::person::{Factor, Person};
use crate::step_up::{self, Demand};

/// A person with every row about their methods.
pub(crate) struct Inventory {
    /// The person.
    pub person: Person,
    /// Registered methods, oldest first.
    pub rows: Vec<regain_store::Method>,
    /// Answers to security questions.
    pub answers: Vec<Answer>,
    /// Phones that are methods.
    pub devices: Vec<Device>,
    /// Hardware tokens, activated or not.
    pub tokens: Vec<HardwareToken>,
}

/// What the loss of a method would leave.
pub(crate) struct Loss {
    /// What is lost with it.
    pub with_it: Vec<Known>,
    /// What would still work, strongest first.
    pub still: Vec<Known>,
    /// How far the person would be.
    pub after: Progress,
}

impl Inventory {
    /// Loads it; `None` when the account is gone.
    pub async fn load(engine: &Engine, tx: &mut dyn Tx, user_id: Uuid) -> Result<Option<Self>> {
        let Some(person) = Person::load(engine, tx, user_id).await? else { return Ok(None) };
        let rows = tx.methods(user_id).await?;
        let answers = tx.answers(user_id).await?;
        let devices = tx.devices(user_id).await?;
        let tokens = tx.tokens_of(user_id).await?;
        Ok(Some(Self { person, rows, answers, devices, tokens }))
    }

    /// The methods that the policy lets this person use, and that work.
    pub fn allowed(&self) -> MethodSet {
        self.person.effective.registrable().intersect(self.person.working)
    }

    /// What is still missing.
    pub fn missing(&self) -> Missing {
        let (person, effective) = (&self.person, &self.person.effective);
        let for_reset = if self.registers_for_sign_in_alone() {
            Missing::default()
        } else {
            registration::missing(effective, person.working, &person.counted())
        };
        match registration::missing_second_factor(effective, person.registered()) {
            Some(factor) if for_reset.is_complete() => factor,
            Some(factor) => {
                let choices: MethodSet = for_reset.choices.into_iter().chain(factor.choices).collect();
                Missing { kinds: for_reset.kinds, choices: choices.iter().collect() }
            }
            None => for_reset,
        }
    }

    /// Whether the person may not reset, and registers only because sign-in demands a second factor.
    fn registers_for_sign_in_alone(&self) -> bool {
        self.person.effective.second_factor && !self.person.effective.is_enabled()
    }

    /// How far the person is.
    pub fn progress(&self) -> Progress {
        if self.registers_for_sign_in_alone() {
            return Progress { have: usize::from(self.has_strong_factor()), required: 1 };
        }
        let have = different_kinds(&self.person.counted());
        let required = self.person.effective.required.count();
        match self.missing().kinds {
            0 => Progress { have, required },
            // Where sign-in asks for one more, what is more than enough for a reset does not stand for it.
            missing => {
                let have = have.min(required);
                Progress { have, required: required.max(have + missing) }
            }
        }
    }

    /// How many of a method are registered.
    pub fn count(&self, method: Method) -> usize {
        self.rows.iter().filter(|row| row.method == method.as_str()).count()
    }

    /// Whether a session asks for something, working or not.
    pub fn is_asked(&self) -> bool {
        step_up::demand(&self.person) != Demand::Nothing
    }

    /// Whether what it asks for does not work at the moment.
    pub fn is_shut(&self) -> bool {
        step_up::demand(&self.person) == Demand::Unavailable
    }

    /// Whether a strong factor is there, and works.
    pub fn has_strong_factor(&self) -> bool {
        matches!(step_up::strong_demand(&self.person), Demand::Show(_))
    }

    /// Whether what is registered now belongs to the person's first registration: they had nothing before they signed in,
    /// and removed nothing lately, which would only be a change by a detour (T65).
    pub fn registers_first_in(&self, signed_in_at: Timestamp) -> bool {
        let changes = &self.person.changes;
        let answers_are_first = changes.first_answered().is_some_and(|at| at >= signed_in_at);
        !changes.removed_something()
            && self.rows.iter().all(|row| row.created_at >= signed_in_at)
            && (self.answers.is_empty() || answers_are_first)
    }

    /// The registered method with this id.
    pub fn row(&self, id: &str) -> Option<&regain_store::Method> {
        let id = Uuid::parse_str(id).ok()?;
        self.rows.iter().find(|row| row.id == id)
    }

    /// Everything as pages show it, strongest first: a phone that is asked and shows codes is one thing.
    pub fn known(&self) -> Vec<Known> {
        let mut known = self.known_methods();
        for (asked, codes) in self.devices.iter().filter_map(both) {
            let at = |id: Uuid| known.iter().position(|known| known.id.as_deref() == Some(&*id.to_string()));
            let (Some(asked), Some(codes)) = (at(asked), at(codes)) else { continue };
            let codes = known[codes].clone();
            let device = &mut known[asked];
            device.shows_codes = true;
            device.used_at = device.used_at.max(codes.used_at);
            // It is of use as long as one of both is.
            device.idle = device.idle.and(codes.idle);
            known.retain(|known| known.id != codes.id);
        }
        known
    }

    /// The same, each method by itself.
    fn known_methods(&self) -> Vec<Known> {
        let registered = self.rows.iter().filter_map(|row| self.known_row(row));
        let entered = self.person.factors.iter().filter(|factor| factor.method_id.is_none());
        let others = entered.map(|factor| match factor.method {
            Method::SecurityQuestions => self.known_questions(),
            method => Known {
                trouble: self.person.trouble(factor),
                ..self.known_as(method, factor.destination.as_deref())
            },
        });
        let mut known: Vec<Known> = registered.chain(others).collect();
        known.sort_by_key(|known| known.method);
        known
    }

    /// One of the above, by what manages it; the codes of a phone by themselves, too.
    pub fn known_by(&self, id: &str) -> Option<Known> {
        self.known().into_iter().chain(self.known_methods()).find(|known| known.id.as_deref() == Some(id))
    }

    /// How far the person would be without a method. The codes of a phone go with the phone.
    pub fn progress_without(&self, id: &str) -> Progress {
        let without = Uuid::parse_str(id).ok();
        let phone = self.devices.iter().filter_map(both).find(|(asked, _)| Some(*asked) == without);
        let gone = [without, phone.map(|(_, codes)| codes)];
        self.progress_where(|factor| {
            let questions = id == QUESTIONS && factor.method == Method::SecurityQuestions;
            !questions && (factor.method_id.is_none() || !gone.contains(&factor.method_id))
        })
    }

    /// How far the person would be with what they registered alone.
    pub fn progress_by_owner(&self) -> Progress {
        self.progress_where(|factor| factor.method_id.is_some() || factor.method == Method::SecurityQuestions)
    }

    /// What is left when a registered method is lost with everything that goes with it: what else its device shows,
    /// and what else goes to the same number or address.
    pub fn without(&self, id: &str) -> Loss {
        let lost = self.row(id);
        let destination = lost.and_then(|row| row.destination.as_deref());
        let mut ids: Vec<Uuid> = lost.iter().map(|row| row.id).collect();
        for device in &self.devices {
            let on_it = [device.method_id, device.code_id];
            if on_it.iter().flatten().any(|on_it| ids.contains(on_it)) {
                ids.extend(on_it.into_iter().flatten());
            }
        }
        let gone = |method_id: Option<Uuid>, to: Option<&str>| {
            method_id.is_some_and(|id| ids.contains(&id)) || (destination.is_some() && to == destination)
        };
        let shown = destination.zip(lost).and_then(|(to, row)| Some(readable(row.method.parse().ok()?, to)));
        let goes = |known: &Known| {
            let method_id = known.id.as_deref().and_then(|id| Uuid::parse_str(id).ok());
            gone(method_id, None) || (shown.is_some() && known.destination == shown)
        };
        let is_other = |known: &Known| known.id.as_deref() != Some(id);
        Loss {
            with_it: self
                .known_methods()
                .into_iter()
                .filter(|known| goes(known) && is_other(known))
                .collect(),
            still: self.known().into_iter().filter(|known| !goes(known) && works(known)).collect(),
            after: self.progress_where(|factor| !gone(factor.method_id, factor.destination.as_deref())),
        }
    }

    /// How far the person would be with only what `keep` keeps.
    fn progress_where(&self, keep: impl Fn(&Factor) -> bool) -> Progress {
        let kept = self.person.with_only(keep).counted_factors();
        let usable: Vec<_> = kept.iter().map(Factor::usable).collect();
        let have = different_kinds(&usable);
        if self.registers_for_sign_in_alone() {
            return Progress { have, ..self.progress() };
        }
        // What a reset asks for, not what the person happens to have: more than enough is not needed.
        Progress { have, required: self.person.effective.required.count() }
    }

    /// The hardware token that a method is.
    pub fn token_of(&self, method_id: Uuid) -> Option<&HardwareToken> {
        self.tokens.iter().find(|token| token.method_id == Some(method_id))
    }

    fn known_row(&self, row: &regain_store::Method) -> Option<Known> {
        let method = Method::from_str(&row.method).ok()?;
        Some(Known {
            label: row.label.clone(),
            added_at: Some(row.created_at),
            used_at: row.last_used_at,
            codes_left: row.codes_left.and_then(|left| u32::try_from(left).ok()),
            idle: self
                .idle(method, row.destination.as_deref())
                .or(row.codes_left.filter(|left| *left <= 0).map(|_| Idle::NoCodes)),
            trouble: self.person.factor(row.id).and_then(|factor| self.person.trouble(factor)),
            token: self.token_of(row.id).map(|token| token.serial.clone()),
            ..self.known_as(method, row.destination.as_deref())
        })
        .map(|known| Known { id: Some(row.id.to_string()), ..known })
    }

    /// Why a method is of no use at the moment. Questions of which too many are gone stay until they are removed.
    fn idle(&self, method: Method, destination: Option<&str>) -> Option<Idle> {
        if !self.person.working.contains(method) {
            Some(Idle::NotWorking)
        } else if !self.allowed().contains(method) {
            Some(Idle::NotAllowed)
        } else if method == Method::SecurityQuestions && !self.person.has_enough_answers() {
            Some(Idle::FewQuestions)
        } else if !Factor::new(method, None, destination.map(ToOwned::to_owned)).reachable {
            Some(Idle::PremiumRate)
        } else {
            None
        }
    }

    fn known_questions(&self) -> Known {
        let mut factors = self.person.factors.iter();
        let questions = factors.find(|factor| factor.method == Method::SecurityQuestions);
        Known {
            id: Some(QUESTIONS.to_owned()),
            trouble: questions.and_then(|factor| self.person.trouble(factor)),
            ..self.known_as(Method::SecurityQuestions, None)
        }
    }

    fn known_as(&self, method: Method, destination: Option<&str>) -> Known {
        Known {
            method,
            label: String::new(),
            destination: destination.map(|text| readable(method, text)),
            id: None,
            idle: self.idle(method, destination),
            trouble: None,
            added_at: None,
            used_at: None,
            codes_left: None,
            token: None,
            shows_codes: false,
        }
    }
}

/// The two methods of a phone that is asked and shows codes.
fn both(device: &Device) -> Option<(Uuid, Uuid)> {
    device.method_id.zip(device.code_id)
}

/// Whether it counts today.
fn works(known: &Known) -> bool {
    known.is_usable() && known.trouble != Some(Trouble::SimChanged)
}

/// A number as people read it; an address as it is.
pub(crate) fn readable(method: Method, destination: &str) -> String {
    match method {
        Method::MobilePhone | Method::OfficePhone => PhoneNumber::parse(destination, None)
            .map_or_else(|_| destination.to_owned(), |number| number.display()),
        Method::Passkey
        | Method::AppNotification
        | Method::AppCode
        | Method::Email
        | Method::RecoveryCode
        | Method::SecurityQuestions => destination.to_owned(),
    }
}
