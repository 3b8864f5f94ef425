//! Decoys: flows for names that may not reset. A decoy passes for a person of the organisation, always the same one for
//! a name, and asks for the same proofs; nothing it is given is ever right.

use regain_core::method::{Method, MethodSet, Usable, different_kinds};
use regain_core::policy::{AdministratorPolicy, EffectivePolicy, ResetPolicy, Standing};
use regain_core::role::Role;
use regain_core::time::Timestamp;
use regain_store::{Result, Tx, User};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::crypto::Keys;
use crate::person::{Factor, Person, WORKING};
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
}

/// The combinations that a decoy may pass for under the policy: those of people who may reset.
fn candidates(mix: &Mix, policy: &ResetPolicy, administrators: AdministratorPolicy) -> Vec<(Mimic, u32)> {
    let eligible = |(mimic, _): &&(Mimic, u32)| {
        let effective = effective(*mimic, policy, administrators);
        let usable = usable(mimic.methods.intersect(effective.methods).intersect(WORKING));
        effective.standing == Standing::Enabled && different_kinds(&usable) >= effective.required.count()
    };
    let real: Vec<_> = mix.people.iter().filter(eligible).copied().collect();
    if real.is_empty() { imagined(policy) } else { real }
}

/// Where nobody may reset yet: each pair of methods that the policy allows.
fn imagined(policy: &ResetPolicy) -> Vec<(Mimic, u32)> {
    let allowed: Vec<Method> = policy.effective_methods().intersect(WORKING).iter().collect();
    let mut pairs = Vec::new();
    for (index, first) in allowed.iter().enumerate() {
        for second in &allowed[index + 1..] {
            if first.kind() != second.kind() {
                let methods = MethodSet::of(&[*first, *second]);
                pairs.push((Mimic { methods, administrator: false }, 1));
            }
        }
    }
    if pairs.is_empty() {
        let methods = allowed.into_iter().collect();
        pairs.push((Mimic { methods, administrator: false }, 1));
    }
    pairs
}

/// The one that `account` passes for. Each combination draws a number from the name, weighted by its people, and the
/// smallest wins: the shares are the people's own, and when they shift a little, few names change.
pub(crate) fn choose(
    keys: &Keys,
    account: &str,
    mix: &Mix,
    policy: &ResetPolicy,
    administrators: AdministratorPolicy,
) -> Mimic {
    let draw = |(mimic, people): &(Mimic, u32)| {
        let name = format!("{account} {} {}", list(mimic.methods), mimic.administrator);
        let bytes = keys.stable_bytes("decoy", &name);
        let mut first = [0; 4];
        first.iter_mut().zip(&bytes).for_each(|(to, from)| *to = *from);
        let uniform = (f64::from(u32::from_le_bytes(first)) + 1.0) / (f64::from(u32::MAX) + 2.0);
        -uniform.ln() / f64::from(*people).max(1.0)
    };
    let all = candidates(mix, policy, administrators);
    let chosen = all.iter().map(|one| (draw(one), one.0)).min_by(|one, other| one.0.total_cmp(&other.0));
    chosen.map_or(Mimic { methods: MethodSet::EMPTY, administrator: false }, |(_, mimic)| mimic)
}

fn list(methods: MethodSet) -> String {
    methods.iter().map(Method::as_str).collect::<Vec<_>>().join("+")
}

fn usable(methods: MethodSet) -> Vec<Usable> {
    methods.iter().map(|method| factor(method).usable()).collect()
}

/// Its number is none that anybody can type.
fn factor(method: Method) -> Factor {
    let phone = matches!(method, Method::MobilePhone | Method::OfficePhone);
    Factor { method, method_id: None, destination: phone.then(|| method.as_str().to_owned()) }
}

fn roles(mimic: Mimic) -> Vec<Role> {
    if mimic.administrator { vec![Role::UserAdministrator] } else { Vec::new() }
}

fn effective(mimic: Mimic, policy: &ResetPolicy, administrators: AdministratorPolicy) -> EffectivePolicy {
    EffectivePolicy::for_person(policy, administrators, &roles(mimic), true)
}

/// The mix as the job last counted it.
pub(crate) async fn mix(tx: &mut dyn Tx) -> Result<Mix> {
    policy::document(tx, SETTINGS).await.map(|(mix, _)| mix)
}

/// Makes a ghost pass for the person that its name stands for.
pub(crate) async fn dress(tx: &mut dyn Tx, ghost: Person, mimic: Mimic) -> Result<Person> {
    let administrators = policy::administrators(tx).await?;
    Ok(Person {
        effective: effective(mimic, &ghost.policy, administrators),
        roles: roles(mimic),
        factors: mimic.methods.iter().map(factor).collect(),
        answers: usize::from(regain_core::questions::NUMBERS.end().to_owned()),
        ..ghost
    })
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
    use regain_core::policy::Scope;

    fn policy() -> ResetPolicy {
        ResetPolicy { scope: Scope::All, ..ResetPolicy::default() }
    }

    fn keys() -> Keys {
        Keys::derive(&[7; 32])
    }

    fn of(methods: &[Method], people: u32) -> (Mimic, u32) {
        (Mimic { methods: MethodSet::of(methods), administrator: false }, people)
    }

    #[test]
    fn t4_a_name_is_always_the_same_decoy() {
        let mix = Mix { people: vec![of(&[Method::Email, Method::MobilePhone], 3)] };
        let one = choose(&keys(), "ghost", &mix, &policy(), AdministratorPolicy::default());
        assert_eq!(one, choose(&keys(), "ghost", &mix, &policy(), AdministratorPolicy::default()));
    }

    #[test]
    fn t4_a_thousand_decoys_are_made_up_like_the_people() {
        let mut policy = policy();
        policy.methods = MethodSet::of(&[Method::AppCode, Method::Email, Method::MobilePhone]);
        let many = of(&[Method::Email, Method::MobilePhone], 700);
        let few = of(&[Method::AppCode, Method::Email], 300);
        // Who could not reset is no model for a decoy.
        let none = of(&[Method::Email], 5_000);
        let mix = Mix { people: vec![many, few, none] };
        let names = (0..1_000).map(|number| format!("ghost{number}"));
        let chosen: Vec<_> =
            names.map(|name| choose(&keys(), &name, &mix, &policy, AdministratorPolicy::default())).collect();
        let share = |mimic: Mimic| chosen.iter().filter(|one| **one == mimic).count();
        assert!((650..=750).contains(&share(many.0)), "{}", share(many.0));
        assert_eq!(share(many.0) + share(few.0), 1_000);
    }

    #[test]
    fn without_people_a_decoy_still_has_two_kinds() {
        let mimic = choose(&keys(), "ghost", &Mix::default(), &policy(), AdministratorPolicy::default());
        assert_eq!(different_kinds(&usable(mimic.methods)), 2);
    }
}
