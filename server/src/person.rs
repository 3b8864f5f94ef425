//! A person as the rules see them: account, roles, the policy that holds for them, the methods they can use.

use std::str::FromStr as _;
use std::sync::Arc;

use regain_app::services::registration::Trouble;
use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::eligibility::{DirectoryState, Facts};
use regain_core::limits::CHANGE_COOL_DOWN;
use regain_core::method::{Delivery, Kind, Method, MethodSet, Usable};
use regain_core::policy::{Available, EffectivePolicy, Membership, ResetPolicy};
use regain_core::role::Role;
use regain_core::time::Timestamp;
use regain_store::{Result, Tx, User};
use uuid::Uuid;

use crate::engine::Engine;
use crate::gateways::mark;
use crate::messages::Channel;
use crate::policy;

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
    /// Addresses and numbers that lately took the place of others (T65).
    pub cooling: Vec<String>,
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
        let mut person = Self::under(&rules, user, known);
        person.cooling = tx.changes_since(person.user.id, engine.now().minus(CHANGE_COOL_DOWN)).await?;
        let destinations: Vec<String> =
            person.factors.iter().filter_map(|one| one.destination.clone()).collect();
        person.marks = tx.destination_marks(&destinations).await?;
        Ok(person)
    }

    /// The registered methods: what an administrator entered and answers to questions are none.
    pub fn registered(&self) -> MethodSet {
        self.factors.iter().filter(|factor| factor.method_id.is_some()).map(|factor| factor.method).collect()
    }

    /// A person under these rules, with nothing known of addresses and numbers.
    pub fn under(rules: &Rules<'_>, user: User, known: Known) -> Self {
        let Known { roles, groups, answered, answers, methods } = known;
        let (engine, policies) = (rules.engine, Arc::clone(&rules.all));
        let is_spent = |row: &&regain_store::Method| row.codes_left.is_some_and(|left| left <= 0);
        let spent = methods.iter().filter(is_spent).map(|row| row.id).collect();
        let last_added = methods.iter().map(|method| method.created_at).max();
        let late = |delivery: &Delivery| engine.is_delayed(*delivery);
        Self {
            effective: engine.effective(&policies, &roles, &groups),
            offered: policies.rules().for_reset(&groups).methods,
            factors: factors(methods, &user, answered),
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
            cooling: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// What the person can use now to reset: what counts as registered, and is not too new a replacement. One that is
    /// keeps its place: no second phone steps in for it.
    pub fn usable_factors(&self) -> Vec<Factor> {
        let mut factors = self.counted_factors();
        factors.retain(|factor| !self.is_cooling(factor));
        factors
    }

    /// What counts as registered: allowed, working, theirs, and not suspended; questions only if enough were answered to
    /// draw from; of several mobile phones the first, because the same method twice is one method (R104, R134).
    pub fn counted_factors(&self) -> Vec<Factor> {
        self.counted_where(|_| true)
    }

    /// The same, if the person had only what `keep` keeps.
    pub fn counted_where(&self, keep: impl Fn(&Factor) -> bool) -> Vec<Factor> {
        let mut allowed = self.effective.methods.intersect(self.working);
        if !self.has_enough_answers() {
            allowed.remove(Method::SecurityQuestions);
        }
        let counts = |factor: &&Factor| {
            keep(factor)
                && allowed.contains(factor.method)
                && !self.is_suspended(factor)
                && !self.is_spent(factor)
        };
        let mut counted: Vec<Factor> = Vec::new();
        for factor in self.factors.iter().filter(counts) {
            let again = counted.iter().any(|first| first.method == factor.method);
            if !again || factor.method.kind() != Kind::Phone {
                counted.push(factor.clone());
            }
        }
        counted
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

    /// Whether it took the place of another one so lately that it cannot open a reset yet (T65).
    pub fn is_cooling(&self, factor: &Factor) -> bool {
        factor.destination.as_ref().is_some_and(|destination| self.cooling.contains(destination))
    }

    /// Whether its SIM card was changed since it was registered (T66).
    pub fn is_suspended(&self, factor: &Factor) -> bool {
        factor.destination.as_deref().is_some_and(|destination| self.has_mark(destination, mark::SIM_CHANGED))
    }

    /// Whether it is a set of recovery codes of which none is left.
    pub fn is_spent(&self, factor: &Factor) -> bool {
        factor.method_id.is_some_and(|id| self.spent.contains(&id))
    }

    /// What would be usable if there were codes left of it: the last one's proof stands.
    pub fn spent_factors(&self) -> Vec<Factor> {
        let allowed = self.effective.methods.intersect(self.working);
        let spent = |factor: &&Factor| self.is_spent(factor) && allowed.contains(factor.method);
        self.factors.iter().filter(spent).cloned().collect()
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
        .filter(|row| is_reachable(row.destination.as_deref()))
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

/// Malformed numbers count as missing (R97), and so do those at which codes would cost extra (T62).
fn phone(text: &str) -> Option<String> {
    PhoneNumber::parse_stored(text).ok().filter(|number| !number.is_premium()).map(|number| number.e164())
}

/// Whether codes go to an address or number at all. What was registered before its range was known to cost extra proves
/// nothing (T62).
pub(crate) fn is_reachable(destination: Option<&str>) -> bool {
    let number = destination.map(|destination| PhoneNumber::parse(destination, None));
    !matches!(number, Some(Ok(number)) if number.is_premium())
}
