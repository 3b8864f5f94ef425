//! A person as the rules see them: account, roles, the policy that holds for them, the methods they can use.

mod changes;
mod factor;

use std::str::FromStr as _;
use std::sync::Arc;

use regain_app::services::registration::Trouble;
use regain_core::contact::EmailAddress;
use regain_core::eligibility::{self, DirectoryState, Facts};
use regain_core::limits::CHANGE_COOL_DOWN;
use regain_core::method::held::{Obstacle, registered_for_reset, usable_for_reset};
use regain_core::method::{Age, Delivery, Held, Method, MethodSet, Usable};
use regain_core::policy::{Available, EffectivePolicy, Membership, ResetPolicy};
use regain_core::role::Role;
use regain_core::time::Timestamp;
use regain_store::{Result, Tx, User};
use uuid::Uuid;

use crate::engine::Engine;
use crate::gateways::mark;
use crate::messages::Channel;
use crate::policy;

pub(crate) use changes::Change;
pub use changes::Changes;
pub use factor::Factor;
pub(crate) use factor::entered;

impl Engine {
    /// The methods that are built and whose channel is set up. Only these count (ruling 2).
    pub fn working_methods(&self) -> MethodSet {
        let built =
            [Method::AppNotification, Method::AppCode, Method::RecoveryCode, Method::SecurityQuestions];
        let passkey = self.relying_party.as_ref().map(|_| Method::Passkey);
        let mail = self.channel_works(Channel::Email).then_some(Method::Email);
        let mobile = (!self.working_deliveries().is_empty()).then_some(Method::MobilePhone);
        let office = self.channel_works(Channel::Voice).then_some(Method::OfficePhone);
        built.into_iter().chain(passkey).chain(mail).chain(mobile).chain(office).collect()
    }

    /// How a code can reach a mobile phone, the usual way first.
    pub fn working_deliveries(&self) -> &'static [Delivery] {
        match (self.channel_works(Channel::Sms), self.channel_works(Channel::Voice)) {
            (true, true) => Delivery::ALL,
            (true, false) => &[Delivery::Text],
            (false, true) => &[Delivery::Call],
            (false, false) => &[],
        }
    }

    /// What decides whether a policy can be met: what works here, and what the authentication methods policy says.
    pub async fn available(&self, tx: &mut dyn Tx) -> Result<Available> {
        Ok(Available {
            methods: self.working_methods(),
            deliveries: self.working_deliveries(),
            governed: policy::methods(tx).await?.governs(),
        })
    }
}

impl Engine {
    /// What holds for somebody with these roles and memberships. In demo mode administrators need no second factor.
    pub fn effective(&self, all: &policy::All, roles: &[Role], who: &Membership) -> EffectivePolicy {
        let effective = EffectivePolicy::for_person(&all.rules(), roles, who);
        let exempt = self.demo && !roles.is_empty();
        let second_factor = effective.second_factor && !exempt;
        EffectivePolicy { second_factor, ..effective }
            .where_works(self.working_methods(), self.working_deliveries())
    }
}

/// A person with everything that decides what they may do.
#[derive(Clone, Debug)]
pub struct Person {
    /// The account.
    pub user: User,
    /// Roles held now.
    pub roles: Vec<Role>,
    /// The organisation's reset policy.
    pub policy: ResetPolicy,
    /// Every policy, that one among them.
    pub policies: Arc<policy::All>,
    /// The methods that the policies offer for reset to people like this one, administrators aside.
    pub offered: MethodSet,
    /// What holds for this person.
    pub effective: EffectivePolicy,
    /// Everything registered or entered by an administrator, strongest first and each method's oldest first, allowed or
    /// not.
    pub factors: Vec<Factor>,
    /// The methods that work in this installation.
    pub working: MethodSet,
    /// Sets of recovery codes of which none is left.
    pub spent: Vec<Uuid>,
    /// How many security questions were answered that can still be asked.
    pub answers: usize,
    /// When the newest of the registered methods came.
    pub last_added: Option<Timestamp>,
    /// How a code can reach a mobile phone here, the usual way first, whatever the policies say of it.
    pub mobile: &'static [Delivery],
    /// The ways to a phone that are late at the moment, for everybody.
    pub delayed: Vec<Delivery>,
    /// What changed lately (T65).
    pub changes: Changes,
    /// What became known of addresses and numbers: each with its mark.
    pub marks: Vec<(String, String)>,
}

/// What holds for everybody: read once for as many people as there are.
pub struct Rules<'e> {
    engine: &'e Engine,
    /// Every policy.
    pub all: Arc<policy::All>,
}

impl<'e> Rules<'e> {
    /// The rules in force.
    pub async fn load(engine: &'e Engine, tx: &mut dyn Tx) -> Result<Self> {
        Ok(Self { engine, all: Arc::new(policy::All::load(tx).await?) })
    }

    /// Everything that decides about everybody, as a text that differs where any of it does.
    pub fn as_text(&self) -> String {
        let policy::All { reset, administrators, methods, asks_since: _ } = &*self.all;
        let works = (self.engine.working_methods(), self.engine.working_deliveries());
        format!("{:?}", (reset, administrators, methods, works))
    }
}

/// What the database knows about one person besides the account.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Roles held now.
    pub roles: Vec<Role>,
    /// The groups, of those that the policies name, that the person is in.
    pub groups: Membership,
    /// Whether any security question was answered.
    pub answered: bool,
    /// How many of them can still be asked.
    pub answers: usize,
    /// Registered methods.
    pub methods: Vec<regain_store::Method>,
    /// What changed lately about them and the contact data, by key.
    pub changes: Vec<(String, Timestamp)>,
}

impl Person {
    /// Loads a person; `None` when the account is gone.
    pub async fn load(engine: &Engine, tx: &mut dyn Tx, user_id: Uuid) -> Result<Option<Self>> {
        let Some(user) = tx.user(user_id).await? else { return Ok(None) };
        Self::of(engine, tx, user).await.map(Some)
    }

    /// Adds to an account what decides.
    pub async fn of(engine: &Engine, tx: &mut dyn Tx, user: User) -> Result<Self> {
        let rules = Rules::load(engine, tx).await?;
        let questions = &rules.all.reset.questions;
        let answers = tx.answers(user.id).await?;
        let known = Known {
            roles: roles(tx, user.id).await?,
            groups: rules.all.membership(tx, user.id).await?,
            answered: !answers.is_empty(),
            answers: answers.iter().filter(|answer| questions.known(&answer.question).is_some()).count(),
            methods: tx.methods(user.id).await?,
            changes: tx.changes_since(user.id, engine.now().minus(CHANGE_COOL_DOWN)).await?,
        };
        let mut person = Self::under(&rules, user, known);
        let destinations: Vec<String> =
            person.factors.iter().filter_map(|one| one.destination.clone()).collect();
        person.marks = tx.destination_marks(&destinations).await?;
        Ok(person)
    }

    /// The registered methods that can be shown at this moment: what an administrator entered and answers to questions
    /// are none.
    pub fn registered(&self) -> MethodSet {
        let registered = self.factors.iter().filter(|factor| factor.method_id.is_some());
        registered.filter(|factor| self.works(factor)).map(|factor| factor.method).collect()
    }

    /// A person under these rules, with nothing known of addresses and numbers.
    pub fn under(rules: &Rules<'_>, user: User, known: Known) -> Self {
        let Known { roles, groups, answered, answers, methods, changes } = known;
        let (engine, policies) = (rules.engine, Arc::clone(&rules.all));
        let is_spent = |row: &&regain_store::Method| row.codes_left.is_some_and(|left| left <= 0);
        let spent = methods.iter().filter(is_spent).map(|row| row.id).collect();
        let last_added = methods.iter().map(|method| method.created_at).max();
        let late = |delivery: &Delivery| engine.is_delayed(*delivery);
        let changes = Changes::of(changes, engine.now());
        Self {
            effective: engine.effective(&policies, &roles, &groups),
            offered: policies.rules().for_reset(&groups).methods,
            factors: factor::all(methods, &user, answered, &changes),
            working: engine.working_methods(),
            policy: policies.reset.clone(),
            user,
            roles,
            policies,
            spent,
            answers,
            last_added,
            mobile: engine.working_deliveries(),
            delayed: Delivery::ALL.iter().copied().filter(late).collect(),
            changes,
            marks: Vec::new(),
        }
    }

    /// Everything that the person has, each with what stands in its way, in the order of [`Person::factors`].
    pub fn held(&self) -> Vec<Held> {
        let held = |factor: &Factor| Held {
            usable: factor.usable(),
            registered: factor.method_id.is_some(),
            strength: factor.method.strength(self.effective.second_factors),
            age: factor.age,
            obstacles: Obstacle::ALL.iter().copied().filter(|one| self.meets(factor, *one)).collect(),
        };
        self.factors.iter().map(held).collect()
    }

    /// Whether this stands in the way of a factor.
    fn meets(&self, factor: &Factor, obstacle: Obstacle) -> bool {
        match obstacle {
            Obstacle::NotWorking => !self.working.contains(factor.method),
            Obstacle::Unreachable => !factor.reachable,
            Obstacle::Suspended => self.is_suspended(factor),
            Obstacle::Spent => self.is_spent(factor),
            Obstacle::NotAllowed => !self.effective.methods.contains(factor.method),
            Obstacle::FewAnswers => factor.method == Method::SecurityQuestions && !self.has_enough_answers(),
        }
    }

    /// Whether it can be shown at this moment, whatever it may be used for.
    pub fn works(&self, factor: &Factor) -> bool {
        let broken = [Obstacle::NotWorking, Obstacle::Unreachable, Obstacle::Suspended, Obstacle::Spent];
        !broken.into_iter().any(|obstacle| self.meets(factor, obstacle))
    }

    /// What the person can use now to reset: what counts as registered and does not wait.
    pub fn usable_factors(&self) -> Vec<Factor> {
        self.at(&usable_for_reset(&self.held()))
    }

    /// What counts as registered: allowed, working, theirs, and nothing in its way.
    pub fn counted_factors(&self) -> Vec<Factor> {
        self.at(&registered_for_reset(&self.held()))
    }

    /// The factors at these places.
    pub(crate) fn at(&self, places: &[usize]) -> Vec<Factor> {
        places.iter().filter_map(|place| self.factors.get(*place)).cloned().collect()
    }

    /// The same person, if they had only what `keep` keeps.
    #[must_use]
    pub fn with_only(&self, keep: impl Fn(&Factor) -> bool) -> Self {
        let mut person = self.clone();
        person.factors.retain(|factor| keep(factor));
        person
    }

    /// Whether as many questions as a reset asks can be drawn (R47).
    pub fn has_enough_answers(&self) -> bool {
        self.answers >= usize::from(self.policy.questions.to_reset)
    }

    /// How a code can reach a mobile phone for a reset, the usual way first: what works and the policies let be used.
    pub fn mobile_for_reset(&self) -> Vec<Delivery> {
        self.mobile_if(|delivery| self.effective.deliveries.delivers(delivery))
    }

    /// The same for the second factor at sign-in.
    pub fn mobile_for_sign_in(&self) -> Vec<Delivery> {
        self.mobile_if(|delivery| self.effective.sign_in.delivers(delivery))
    }

    /// The ways in which a phone of this kind can be proved to register it: whichever it may be used in later.
    pub fn deliveries_to_register(&self, method: Method) -> Vec<Delivery> {
        let Self { effective, .. } = self;
        match method {
            Method::OfficePhone if self.working.contains(method) => vec![Delivery::Call],
            Method::MobilePhone => self.mobile_if(|delivery| {
                let for_reset = effective.is_enabled() && effective.deliveries.delivers(delivery);
                for_reset || effective.sign_in.delivers(delivery)
            }),
            _ => Vec::new(),
        }
    }

    fn mobile_if(&self, may: impl Fn(Delivery) -> bool) -> Vec<Delivery> {
        self.mobile.iter().copied().filter(|delivery| may(*delivery)).collect()
    }

    /// Whether it came, or took the place of another one, so lately that it does not count by itself yet (T65).
    pub fn is_cooling(&self, factor: &Factor) -> bool {
        factor.age != Age::Settled
    }

    /// Whether its SIM card was changed since it was registered (T66). Who proved the number anew did so for themselves
    /// alone: it stays suspended for whoever else has it.
    pub fn is_suspended(&self, factor: &Factor) -> bool {
        factor.destination.as_deref().is_some_and(|destination| {
            let proved_anew = factor.method_id.map(mark::proved_anew);
            self.has_mark(destination, mark::SIM_CHANGED)
                && !proved_anew.is_some_and(|mark| self.has_mark(destination, &mark))
        })
    }

    /// Whether it is a set of recovery codes of which none is left.
    pub fn is_spent(&self, factor: &Factor) -> bool {
        factor.method_id.is_some_and(|id| self.spent.contains(&id))
    }

    /// What would be usable if there were codes left of it: the last one's proof stands.
    pub fn spent_factors(&self) -> Vec<Factor> {
        let spent_alone = |held: &Held| held.obstacles == [Obstacle::Spent];
        let held = self.held();
        let both = held.iter().zip(&self.factors);
        both.filter(|(held, _)| spent_alone(held)).map(|(_, factor)| factor.clone()).collect()
    }

    /// Whether this is known of an address or number.
    pub(crate) fn has_mark(&self, destination: &str, mark: &str) -> bool {
        self.marks.iter().any(|(of, known)| of == destination && known == mark)
    }

    /// What its owner and administrators should know of a factor.
    pub(crate) fn trouble(&self, factor: &Factor) -> Option<Trouble> {
        let destination = factor.destination.as_deref().unwrap_or_default();
        if self.is_suspended(factor) {
            Some(Trouble::SimChanged)
        } else if self.has_mark(destination, mark::BOUNCED) {
            Some(Trouble::Bounced)
        } else {
            match factor.age {
                Age::Settled => None,
                Age::Young(until) => Some(Trouble::Young(until)),
                Age::Waiting(until) => Some(Trouble::Waiting(until)),
            }
        }
    }

    /// The factor of a registered method's row.
    pub(crate) fn factor(&self, method_id: Uuid) -> Option<&Factor> {
        self.factors.iter().find(|factor| factor.method_id == Some(method_id))
    }

    /// What counts as registered, as the rules count it.
    pub fn counted(&self) -> Vec<Usable> {
        self.counted_factors().iter().map(Factor::usable).collect()
    }

    /// What the person can use now to reset, as the rules count it.
    pub fn usable(&self) -> Vec<Usable> {
        self.usable_factors().iter().map(Factor::usable).collect()
    }

    /// The facts that eligibility is decided on (R116).
    pub fn facts(&self) -> Facts {
        Facts {
            known: true,
            blocked: self.user.blocked,
            standing: self.effective.standing,
            required: self.effective.required,
            usable: self.usable(),
            directory: DirectoryState::Local,
        }
    }

    /// From when on the person can reset, who cannot yet because what they have is too new (T65).
    pub fn ready_from(&self) -> Option<Timestamp> {
        let ready = |person: &Self| eligibility::check(&person.facts()).is_ok();
        let mut moments: Vec<Timestamp> = self.factors.iter().filter_map(|one| one.age.until()).collect();
        moments.sort_unstable();
        if ready(self) {
            return None;
        }
        moments.into_iter().find(|moment| {
            let mut then = self.clone();
            for factor in &mut then.factors {
                if factor.age.until().is_some_and(|until| until <= *moment) {
                    factor.age = Age::Settled;
                }
            }
            ready(&then)
        })
    }

    /// Where notices go: the primary and the alternate address, the one proved by the person before the one an
    /// administrator entered; without any, the UPN (R191).
    pub fn notice_addresses(&self) -> Vec<String> {
        let proved = self.factors.iter().filter(|factor| factor.method == Method::Email);
        let mut addresses: Vec<String> = self.user.mail.clone().into_iter().collect();
        addresses.extend(proved.filter_map(|factor| factor.destination.clone()));
        let mut seen = Vec::new();
        addresses.retain(|address| {
            let key = EmailAddress::key_of(address);
            let fresh = !seen.contains(&key);
            seen.push(key);
            fresh
        });
        if addresses.is_empty() { vec![self.user.upn.clone()] } else { addresses }
    }
}

/// The roles of a user; names that this version does not know are passed over.
pub async fn roles(tx: &mut dyn Tx, user_id: Uuid) -> Result<Vec<Role>> {
    Ok(tx.roles(user_id).await?.iter().filter_map(|role| Role::from_str(role).ok()).collect())
}
