//! A person as the rules see them: account, roles, the policy that holds for them, the methods they can use.

use std::str::FromStr as _;

use regain_app::services::registration::Trouble;
use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::eligibility::{DirectoryState, Facts};
use regain_core::limits::CHANGE_COOL_DOWN;
use regain_core::method::{Delivery, Method, MethodSet, Usable};
use regain_core::policy::{EffectivePolicy, ResetPolicy};
use regain_core::role::Role;
use regain_core::time::Timestamp;
use regain_store::{Result, Tx, User};
use uuid::Uuid;

use crate::engine::Engine;
use crate::gateways::mark;
use crate::messages::Channel;
use crate::policy::{self, Current};

impl Engine {
    /// The methods that are built and whose channel is set up. Only these count (ruling 2).
    pub fn working_methods(&self) -> MethodSet {
        let built = [Method::AppCode, Method::SecurityQuestions];
        let mail = self.channel_works(Channel::Email).then_some(Method::Email);
        let phones = [Method::MobilePhone, Method::OfficePhone];
        let phones = phones.into_iter().filter(|phone| !self.deliveries(*phone).is_empty());
        built.into_iter().chain(mail).chain(phones).collect()
    }
}

/// One way a person can prove who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Which method.
    pub method: Method,
    /// The registered method's row; `None` for data that an administrator entered, and for questions.
    pub method_id: Option<Uuid>,
    /// Address, or number in E.164.
    pub destination: Option<String>,
}

impl Factor {
    /// The factor as the rules count kinds.
    pub fn usable(&self) -> Usable {
        match (&self.destination, self.method) {
            (Some(line), Method::MobilePhone | Method::OfficePhone) => Usable::phone(self.method, line),
            _ => Usable::new(self.method),
        }
    }
}

/// A person with everything that decides what they may do.
#[derive(Clone, Debug)]
pub struct Person {
    /// The account.
    pub user: User,
    /// Roles held now.
    pub roles: Vec<Role>,
    /// The organisation's policy.
    pub policy: ResetPolicy,
    /// When the policy was last saved.
    pub policy_changed_at: Timestamp,
    /// What holds for this person.
    pub effective: EffectivePolicy,
    /// Everything registered or entered by an administrator, strongest first, allowed or not.
    pub factors: Vec<Factor>,
    /// The methods that work in this installation.
    pub working: MethodSet,
    /// How many security questions were answered.
    pub answers: usize,
    /// How a code can reach a mobile phone here, the usual way first.
    pub mobile: Vec<Delivery>,
    /// The ways to a phone that are late at the moment, for everybody.
    pub delayed: Vec<Delivery>,
    /// Addresses and numbers that lately took the place of others (T65).
    pub cooling: Vec<String>,
    /// What became known of addresses and numbers: each with its mark.
    pub marks: Vec<(String, String)>,
}

impl Person {
    /// Loads a person; `None` when the account is gone.
    pub async fn load(engine: &Engine, tx: &mut dyn Tx, user_id: Uuid) -> Result<Option<Self>> {
        let Some(user) = tx.user(user_id).await? else { return Ok(None) };
        Self::of(engine, tx, user).await.map(Some)
    }

    /// Adds to an account what decides.
    pub async fn of(engine: &Engine, tx: &mut dyn Tx, user: User) -> Result<Self> {
        let Current { policy, changed_at: policy_changed_at, .. } = policy::current(tx).await?;
        let administrators = policy::administrators(tx).await?;
        let roles = roles(tx, user.id).await?;
        let in_scope = match policy.scope.group().and_then(|group| group.parse().ok()) {
            Some(group) => tx.is_member(user.id, group).await?,
            None => false,
        };
        let effective = EffectivePolicy::for_person(&policy, administrators, &roles, in_scope);
        let answers = tx.answers(user.id).await?.len();
        let factors = factors(tx, &user, answers > 0).await?;
        let working = engine.working_methods();
        let cooling = tx.changes_since(user.id, engine.now().minus(CHANGE_COOL_DOWN)).await?;
        let destinations: Vec<String> = factors.iter().filter_map(|one| one.destination.clone()).collect();
        let marks = tx.destination_marks(&destinations).await?;
        let mobile = engine.deliveries(Method::MobilePhone);
        let late = |delivery: &Delivery| engine.is_delayed(*delivery);
        let delayed = [Delivery::Text, Delivery::Call].into_iter().filter(late).collect();
        Ok(Self {
            user,
            roles,
            policy,
            policy_changed_at,
            effective,
            factors,
            working,
            answers,
            mobile,
            delayed,
            cooling,
            marks,
        })
    }

    /// What the person can use now for a reset: registered, and not too new a replacement.
    pub fn usable_factors(&self) -> Vec<Factor> {
        let mut factors = self.counted_factors();
        factors.retain(|factor| !self.is_cooling(factor));
        factors
    }

    /// What counts as registered: allowed, working, theirs, and not suspended; questions only if enough were answered to
    /// draw from.
    pub fn counted_factors(&self) -> Vec<Factor> {
        let mut allowed = self.effective.methods.intersect(self.working);
        if self.answers < usize::from(self.policy.questions.to_reset) {
            allowed.remove(Method::SecurityQuestions);
        }
        let counts = |factor: &&Factor| allowed.contains(factor.method) && !self.is_suspended(factor);
        self.factors.iter().filter(counts).cloned().collect()
    }

    /// Whether it took the place of another one so lately that it cannot open a reset yet (T65).
    pub fn is_cooling(&self, factor: &Factor) -> bool {
        factor.destination.as_ref().is_some_and(|destination| self.cooling.contains(destination))
    }

    /// Whether its SIM card was changed since it was registered (T66).
    pub fn is_suspended(&self, factor: &Factor) -> bool {
        factor.destination.as_deref().is_some_and(|destination| self.has_mark(destination, mark::SIM_CHANGED))
    }

    /// Whether this is known of an address or number.
    pub(crate) fn has_mark(&self, destination: &str, mark: &str) -> bool {
        self.marks.iter().any(|(of, known)| of == destination && known == mark)
    }

    /// What its owner and administrators should know of an address or number.
    pub(crate) fn trouble(&self, destination: &str) -> Option<Trouble> {
        if self.has_mark(destination, mark::SIM_CHANGED) {
            Some(Trouble::SimChanged)
        } else if self.has_mark(destination, mark::BOUNCED) {
            Some(Trouble::Bounced)
        } else {
            self.cooling.iter().any(|cooling| cooling == destination).then_some(Trouble::Cooling)
        }
    }

    /// What counts as registered, as the rules count it.
    pub fn counted(&self) -> Vec<Usable> {
        self.counted_factors().iter().map(Factor::usable).collect()
    }

    /// The same as the rules count it.
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

    /// Where notices go: the primary and the alternate address, the one proved by the person before the one an
    /// administrator entered; without any, the UPN (R191).
    pub fn notice_addresses(&self) -> Vec<String> {
        let proved = self.factors.iter().filter(|factor| factor.method == Method::Email);
        let mut addresses: Vec<String> = self.user.mail.clone().into_iter().collect();
        addresses.extend(proved.filter_map(|factor| factor.destination.clone()));
        let mut seen = Vec::new();
        addresses.retain(|address| {
            let key = address.to_lowercase();
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

async fn factors(tx: &mut dyn Tx, user: &User, answered: bool) -> Result<Vec<Factor>> {
    let mut factors: Vec<Factor> = tx
        .methods(user.id)
        .await?
        .into_iter()
        .filter_map(|row| {
            let method = Method::from_str(&row.method).ok()?;
            Some(Factor { method, method_id: Some(row.id), destination: row.destination })
        })
        .collect();
    let has = |factors: &[Factor], method| factors.iter().any(|factor: &Factor| factor.method == method);
    // What the person registered comes first; what an administrator entered fills the gap (R96, R99).
    let entered = [
        (Method::Email, user.alternate_email.as_deref().and_then(email)),
        (Method::MobilePhone, user.mobile_phone.as_deref().and_then(phone)),
        (Method::OfficePhone, user.office_phone.as_deref().and_then(phone)),
    ];
    for (method, destination) in entered {
        if destination.is_some() && !has(&factors, method) {
            factors.push(Factor { method, method_id: None, destination });
        }
    }
    if answered {
        factors.push(Factor { method: Method::SecurityQuestions, method_id: None, destination: None });
    }
    factors.sort_by_key(|factor| Method::ALL.iter().position(|method| *method == factor.method));
    Ok(factors)
}

fn email(text: &str) -> Option<String> {
    EmailAddress::parse(text).ok().map(|address| address.as_str().to_owned())
}

/// Malformed numbers count as missing (R97).
fn phone(text: &str) -> Option<String> {
    PhoneNumber::parse_stored(text).ok().map(|number| number.e164())
}
