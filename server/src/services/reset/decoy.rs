//! Decoys: flows for names that may not reset. A decoy passes for a person of the organisation, always the same one for
//! a name, and asks for the same proofs; nothing it is given is ever right.

use regain_core::method::{Delivery, Kind, Method, MethodSet, Usable, suffice};
use regain_core::policy::{EffectivePolicy, Membership, Standing};
use regain_core::role::Role;
use regain_core::time::Timestamp;
use regain_store::{Result, Tx, User};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Engine;
use crate::person::{Factor, Person};
use crate::policy;

/// The name of the document that says how people are made up; a job keeps it.
pub(crate) const SETTINGS: &str = "decoys";

/// What a decoy passes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mimic {
    /// The methods it seems to have, allowed or not.
    pub(crate) methods: MethodSet,
    /// Whether it seems to be under the administrators' policy.
    pub(crate) administrator: bool,
}

/// How many people have which methods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Mix {
    /// Each combination with its number of people.
    pub(crate) people: Vec<(Mimic, u32)>,
    /// Of a thousand people, how many are in each of the groups that policies name.
    pub(crate) groups: Vec<(String, u16)>,
}

impl Mix {
    /// The groups that a decoy passes for a member of: the one that is enabled for reset, and of the others each with
    /// its people's share; `bytes` are stable for the account and a text. Who is in a group has other methods than who
    /// is not, and decoys differ in the same way.
    fn membership(&self, all: &policy::All, bytes: impl Fn(&str) -> Vec<u8>) -> Membership {
        let scope = all.reset.scope.group();
        let rules = all.rules();
        let is_in = |group: &&str| {
            // Not counted yet: half of the people might be in it.
            let share = self.groups.iter().find(|(id, _)| id == group).map_or(500, |(_, share)| *share);
            let drawn = bytes(&format!("group {group}"));
            let number = drawn.iter().take(2).fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
            scope == Some(*group) || number * 1_000 < (u32::from(share) << 16)
        };
        rules.groups().into_iter().filter(is_in).collect()
    }
}

/// What decides which people there may be.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    /// The policies.
    pub(crate) all: &'a policy::All,
    /// The groups that the decoy passes for a member of.
    pub(crate) who: &'a Membership,
    /// The methods that work.
    pub(crate) working: MethodSet,
    /// How a code can reach a mobile phone.
    pub(crate) deliveries: &'a [Delivery],
}

impl Rules<'_> {
    /// The combinations that a decoy may pass for: those of people who may reset.
    fn candidates(self, mix: &Mix) -> Vec<(Mimic, u32)> {
        let eligible = |(mimic, _): &&(Mimic, u32)| {
            let effective = self.effective(*mimic);
            let usable = usable(mimic.methods.intersect(effective.methods));
            effective.standing == Standing::Enabled && suffice(&usable, effective.required.count())
        };
        let real: Vec<_> = mix.people.iter().filter(eligible).copied().collect();
        if real.is_empty() { self.imagined() } else { real }
    }

    /// What holds for the one that it passes for.
    fn effective(self, mimic: Mimic) -> EffectivePolicy {
        EffectivePolicy::for_person(&self.all.rules(), &roles(mimic), self.who)
            .where_works(self.working, self.deliveries)
    }

    /// Where nobody may reset yet: each pair of methods that the policies allow.
    fn imagined(self) -> Vec<(Mimic, u32)> {
        let offered = self.all.rules().for_reset(self.who);
        let allowed: Vec<Method> = offered.carried_out(self.working, self.deliveries).iter().collect();
        let mut pairs = Vec::new();
        for (index, first) in allowed.iter().enumerate() {
            for second in allowed.iter().skip(index + 1).filter(|second| second.kind() != first.kind()) {
                pairs.push((Mimic { methods: MethodSet::of(&[*first, *second]), administrator: false }, 1));
            }
        }
        if pairs.is_empty() {
            pairs.push((Mimic { methods: allowed.into_iter().collect(), administrator: false }, 1));
        }
        pairs
    }

    /// The one that an account passes for; `bytes` are stable for the account and a text. Each combination draws a
    /// number, weighted by its people, and the smallest wins: the shares are the people's own, and when they shift a
    /// little, few names change.
    fn choose(self, mix: &Mix, bytes: impl Fn(&str) -> Vec<u8>) -> Mimic {
        let draw = |(mimic, people): &(Mimic, u32)| {
            let bytes = bytes(&format!("{} {}", list(mimic.methods), mimic.administrator));
            let mut first = [0; 4];
            first.iter_mut().zip(&bytes).for_each(|(to, from)| *to = *from);
            let uniform = (f64::from(u32::from_le_bytes(first)) + 1.0) / (f64::from(u32::MAX) + 2.0);
            -uniform.ln() / f64::from(*people).max(1.0)
        };
        let all = self.candidates(mix);
        let chosen = all.iter().map(|one| (draw(one), one.0)).min_by(|one, other| one.0.total_cmp(&other.0));
        chosen.map_or(Mimic { methods: MethodSet::EMPTY, administrator: false }, |(_, mimic)| mimic)
    }
}

impl Engine {
    /// What the decoy of an account passes for, and the groups that it passes for a member of.
    pub(super) fn mimic(&self, account: &str, mix: &Mix, all: &policy::All) -> (Mimic, Membership) {
        let bytes = |text: &str| self.keys.stable_bytes("decoy", &format!("{account} {text}"));
        let who = mix.membership(all, bytes);
        let (working, deliveries) = (self.working_methods(), self.working_deliveries());
        let rules = Rules { all, who: &who, working, deliveries };
        (rules.choose(mix, bytes), who)
    }
}

fn list(methods: MethodSet) -> String {
    methods.iter().map(Method::as_str).collect::<Vec<_>>().join("+")
}

fn usable(methods: MethodSet) -> Vec<Usable> {
    let usable = |method: Method| match method.kind() {
        Kind::Phone => Usable::phone(method, method.as_str()),
        _ => Usable::new(method),
    };
    methods.iter().map(usable).collect()
}

/// An ordinary number, to be read as a person's is: it takes as long.
const ANY_NUMBER: &str = "+37120000000";

/// Its number is none that anybody can type.
fn factor(method: Method) -> Factor {
    let phone = method.kind() == Kind::Phone;
    let read = Factor::new(method, None, phone.then(|| ANY_NUMBER.to_owned()));
    let untypable = phone.then(|| method.as_str().to_owned());
    Factor { destination: untypable.clone(), line: untypable, ..read }
}

fn roles(mimic: Mimic) -> Vec<Role> {
    if mimic.administrator { vec![Role::UserAdministrator] } else { Vec::new() }
}

/// The mix as the job last counted it.
pub(crate) async fn mix(tx: &mut dyn Tx) -> Result<Mix> {
    policy::document(tx, SETTINGS).await.map(|(mix, _)| mix)
}

/// Makes a ghost pass for the person that its name stands for. It asks the database nothing more than for a person.
pub(crate) fn dress(engine: &Engine, ghost: Person, mimic: Mimic, who: &Membership) -> Person {
    Person {
        effective: engine.effective(&ghost.policies, &roles(mimic), who),
        offered: ghost.policies.rules().for_reset(who).methods,
        roles: roles(mimic),
        factors: mimic.methods.iter().map(factor).collect(),
        answers: usize::from(regain_core::questions::NUMBERS.end().to_owned()),
        ..ghost
    }
}

/// An account that is in no database.
pub(crate) fn ghost(typed: &str, created_at: Timestamp) -> User {
    User {
        id: Uuid::nil(),
        upn: typed.to_owned(),
        upn_key: String::new(),
        display_name: typed.to_owned(),
        name_key: String::new(),
        given_name: String::new(),
        surname: String::new(),
        surname_key: String::new(),
        mail: None,
        mobile_phone: None,
        office_phone: None,
        alternate_email: None,
        directory: "local".to_owned(),
        locale: None,
        blocked: false,
        created_at,
        registered_at: None,
        confirmed_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::Keys;
    use regain_core::method::different_kinds;
    use regain_core::policy::{Include, Migration, PolicyMethod, ResetPolicy, Scope};

    fn choose(name: &str, mix: &Mix, methods: &[Method]) -> Mimic {
        let methods = MethodSet::of(methods);
        let reset = ResetPolicy { scope: Scope::All, methods, ..ResetPolicy::default() };
        let all = policy::All { reset, ..policy::All::default() };
        choose_under(&all, name, mix).0
    }

    fn choose_under(all: &policy::All, name: &str, mix: &Mix) -> (Mimic, Membership) {
        let keys = Keys::derive(&[7; 32]);
        let bytes = |text: &str| keys.stable_bytes("decoy", &format!("{name} {text}"));
        let who = mix.membership(all, bytes);
        let rules = Rules { all, who: &who, working: MethodSet::ALL, deliveries: Delivery::ALL };
        (rules.choose(mix, bytes), who)
    }

    fn of(methods: &[Method], people: u32) -> (Mimic, u32) {
        (Mimic { methods: MethodSet::of(methods), administrator: false }, people)
    }

    const ALLOWED: [Method; 3] = [Method::AppCode, Method::Email, Method::MobilePhone];

    #[test]
    fn t4_a_name_is_always_the_same_decoy() {
        let mix = Mix { people: vec![of(&ALLOWED[..2], 3), of(&ALLOWED[1..], 3)], ..Mix::default() };
        for name in ["ghost", "spectre", "shade"] {
            assert_eq!(choose(name, &mix, &ALLOWED), choose(name, &mix, &ALLOWED));
        }
    }

    #[test]
    fn t4_a_thousand_decoys_are_made_up_like_the_people() {
        let (many, few) =
            (of(&[Method::Email, Method::MobilePhone], 700), of(&[Method::AppCode, Method::Email], 300));
        // Who could not reset is no model for a decoy.
        let mix = Mix { people: vec![many, few, of(&[Method::Email], 5_000)], ..Mix::default() };
        let chosen: Vec<_> =
            (0..1_000).map(|number| choose(&format!("ghost{number}"), &mix, &ALLOWED)).collect();
        let share = |mimic: Mimic| chosen.iter().filter(|one| **one == mimic).count();
        assert!((650..=750).contains(&share(many.0)), "{}", share(many.0));
        assert_eq!(share(many.0) + share(few.0), 1_000);
    }

    /// Texts are for a group alone: its share of the decoys has them, the others do not, or a name without them would
    /// be known to be somebody's.
    #[test]
    fn t4_decoys_are_in_groups_as_often_as_people() {
        let mut all = policy::All::default();
        all.reset.scope = Scope::All;
        all.methods.migration = Migration::Complete;
        for (name, include) in [
            ("app_code", Include::All),
            ("email", Include::All),
            ("sms", Include::Selected(vec!["field".into()])),
        ] {
            let line: PolicyMethod = name.parse().unwrap();
            let mut rules = all.methods.rules(line);
            (rules.reset.on, rules.reset.include) = (true, include);
            all.methods.set_rules(line, rules);
        }
        let mix = Mix { people: vec![of(&ALLOWED, 100)], groups: vec![("field".to_owned(), 300)] };
        let working = MethodSet::ALL;
        let texted = (0..1_000).filter(|number| {
            let (mimic, who) = choose_under(&all, &format!("ghost{number}"), &mix);
            let rules = Rules { all: &all, who: &who, working, deliveries: Delivery::ALL };
            rules.effective(mimic).methods.contains(Method::MobilePhone)
        });
        let texted = texted.count();
        assert!((250..=350).contains(&texted), "{texted}");
    }

    #[test]
    fn without_people_a_decoy_still_has_two_kinds() {
        let mimic = choose("ghost", &Mix::default(), &ALLOWED);
        assert_eq!(different_kinds(&usable(mimic.methods)), 2);
    }
}
