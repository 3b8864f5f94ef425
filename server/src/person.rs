//! A person as the rules see them: account, roles, the policy that holds for them, the methods they can use.

use std::str::FromStr as _;
use std::sync::Arc;

use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::eligibility::{DirectoryState, Facts};
use regain_core::method::{Delivery, Kind, Method, MethodSet, Usable};
use regain_core::policy::{Available, EffectivePolicy, Membership, ResetPolicy};
use regain_core::role::Role;
use regain_core::time::Timestamp;
use regain_store::{Result, Tx, User};
use uuid::Uuid;

use crate::engine::Engine;
use crate::policy;

impl Engine {
    /// The methods that are built and whose channel is set up. Only these count (ruling 2).
    pub fn working_methods(&self) -> MethodSet {
        let built = [Method::AppNotification, Method::AppCode, Method::SecurityQuestions];
        let mail = (self.demo || self.config.smtp_url.is_some()).then_some(Method::Email);
        let text = self.demo.then_some(Method::MobilePhone);
        MethodSet::of(&built.into_iter().chain(mail).chain(text).collect::<Vec<_>>())
    }

    /// How a code can reach a mobile phone.
    pub fn working_deliveries(&self) -> &'static [Delivery] {
        &[Delivery::Text]
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
    /// How many security questions were answered that can still be asked.
    pub answers: usize,
    /// When the newest of the registered methods came.
    pub last_added: Option<Timestamp>,
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
        };
        Ok(Self::under(&rules, user, known))
    }

    /// The registered methods: what an administrator entered and answers to questions are none.
    pub fn registered(&self) -> MethodSet {
        self.factors.iter().filter(|factor| factor.method_id.is_some()).map(|factor| factor.method).collect()
    }

    /// A person under these rules.
    pub fn under(rules: &Rules<'_>, user: User, known: Known) -> Self {
        let Known { roles, groups, answered, answers, methods } = known;
        let policies = Arc::clone(&rules.all);
        let last_added = methods.iter().map(|method| method.created_at).max();
        Self {
            effective: rules.engine.effective(&policies, &roles, &groups),
            offered: policies.rules().for_reset(&groups).methods,
            factors: factors(methods, &user, answered),
            working: rules.engine.working_methods(),
            policy: policies.reset.clone(),
            user,
            roles,
            policies,
            answers,
            last_added,
        }
    }

    /// What the person can use now to reset: allowed, working, and theirs; questions only if enough were answered to
    /// draw from; of several mobile phones the first, because the same method twice is one method (R104, R134).
    pub fn usable_factors(&self) -> Vec<Factor> {
        self.usable_where(|_| true)
    }

    /// The same, if the person had only what `keep` keeps.
    pub fn usable_where(&self, keep: impl Fn(&Factor) -> bool) -> Vec<Factor> {
        let mut allowed = self.effective.methods.intersect(self.working);
        if !self.has_enough_answers() {
            allowed.remove(Method::SecurityQuestions);
        }
        let kept = self.factors.iter().filter(|factor| keep(factor) && allowed.contains(factor.method));
        let mut usable: Vec<Factor> = Vec::new();
        for factor in kept {
            let again = usable.iter().any(|first| first.method == factor.method);
            if !again || factor.method.kind() != Kind::Phone {
                usable.push(factor.clone());
            }
        }
        usable
    }

    /// Whether as many questions as a reset asks can be drawn (R47).
    pub fn has_enough_answers(&self) -> bool {
        self.answers >= usize::from(self.policy.questions.to_reset)
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

fn factors(methods: Vec<regain_store::Method>, user: &User, answered: bool) -> Vec<Factor> {
    let mut factors: Vec<Factor> = methods
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
    factors
}

fn email(text: &str) -> Option<String> {
    EmailAddress::parse(text).ok().map(|address| address.as_str().to_owned())
}

/// Malformed numbers count as missing (R97).
fn phone(text: &str) -> Option<String> {
    PhoneNumber::parse_stored(text).ok().map(|number| number.e164())
}
