//! What a person holds, and what of it counts at this moment.
//!
//! Two questions must never be taken for each other. What could this person be **asked**? That is answered from
//! everything that they registered, whether it works now or not. What can be **shown**? That is answered from what
//! works now. Where the first is something and the second is nothing, the gate is shut: a factor that does not work is
//! not a factor that was never there.

use super::{Kind, Method, MethodSet, Usable};
use crate::time::Timestamp;

/// How much a method tells about who shows it within a session, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// What opens a person's own security info where there is nothing better: a mailbox, a saved code.
    Mailbox,
    /// A method that counts at sign-in, but not for this person.
    Device,
    /// A method that may be the second factor of this person's sign-in.
    Strong,
}

impl Method {
    /// How much the method tells about somebody whose sign-in may be completed by `second_factors`; nothing for
    /// questions, which no session ever asks (R53).
    pub const fn strength(self, second_factors: MethodSet) -> Option<Strength> {
        match self {
            Method::SecurityQuestions => None,
            _ if second_factors.contains(self) => Some(Strength::Strong),
            Method::Passkey
            | Method::AppNotification
            | Method::AppCode
            | Method::MobilePhone
            | Method::OfficePhone => Some(Strength::Device),
            Method::Email | Method::RecoveryCode => Some(Strength::Mailbox),
        }
    }
}

text_enum! {
    /// Why a method that somebody has is of no use at the moment.
    pub enum Obstacle {
        /// Nothing carries it here: its gateway or mail server is gone, or this version does not know it.
        NotWorking = "not_working",
        /// A number at which each call costs extra: none is ever sent there (T62).
        Unreachable = "unreachable",
        /// The number's SIM card was changed since it was registered (T66).
        Suspended = "suspended",
        /// Every code of the set is used up.
        Spent = "spent",
        /// The policies do not offer it to this person for a reset.
        NotAllowed = "not_allowed",
        /// Too few of the answered questions can still be asked.
        FewAnswers = "few_answers",
    }
}

impl Obstacle {
    /// Whether it also keeps the method from being shown in a session. What the policies offer for a reset does not: it
    /// still tells who it is.
    const fn stops_showing(self) -> bool {
        match self {
            Self::NotWorking | Self::Unreachable | Self::Suspended | Self::Spent => true,
            Self::NotAllowed | Self::FewAnswers => false,
        }
    }
}

/// Whether a method has been there long enough to count towards a reset (T65).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Age {
    /// It has.
    #[default]
    Settled,
    /// Until then it counts beside another one only: it was added to others, or took the place of one.
    Young(Timestamp),
    /// Until then it does not count at all: somebody else changed it.
    Waiting(Timestamp),
}

impl Age {
    /// Until when it does not count fully.
    pub const fn until(self) -> Option<Timestamp> {
        match self {
            Self::Settled => None,
            Self::Young(until) | Self::Waiting(until) => Some(until),
        }
    }
}

/// One method of a person: registered by them, or entered by an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which method and line, as the rules count kinds.
    pub usable: Usable,
    /// Whether the person registered it. What somebody else entered is asked at a reset, never within a session: it may
    /// be out of date, and then it would keep its owner from correcting it.
    pub registered: bool,
    /// How much it tells within a session.
    pub strength: Option<Strength>,
    /// Whether it has been there long enough.
    pub age: Age,
    /// Everything that stands in its way.
    pub obstacles: Vec<Obstacle>,
}

impl Held {
    /// Whether it can be shown in a session at this moment.
    fn can_be_shown(&self) -> bool {
        !self.obstacles.iter().any(|obstacle| obstacle.stops_showing())
    }
}

/// What a session asks a person for before it lets them at their methods, or into the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Nothing: the person has registered nothing of the kind.
    Nothing,
    /// One of these, by their places in the list.
    Show(Vec<usize>),
    /// Something that the person has and that does not work now. Nothing else stands in for it: a temporary pass helps.
    Unavailable,
}

/// The strength of the best that the person registered, whatever stands in its way.
pub fn strongest(held: &[Held]) -> Option<Strength> {
    held.iter().filter(|one| one.registered).filter_map(|one| one.strength).max()
}

/// What a person is asked for to reach their own security info: the best that they registered, nothing less.
pub fn demand(held: &[Held]) -> Demand {
    strongest(held).map_or(Demand::Nothing, |best| demand_of(held, best))
}

/// What a person is asked for where methods of one strength alone count.
pub fn demand_of(held: &[Held], strength: Strength) -> Demand {
    let asked = |one: &Held| one.registered && one.strength == Some(strength);
    if !held.iter().any(asked) {
        return Demand::Nothing;
    }
    let places = held.iter().enumerate().filter(|(_, one)| asked(one) && one.can_be_shown());
    let places: Vec<usize> = places.map(|(place, _)| place).collect();
    if places.is_empty() { Demand::Unavailable } else { Demand::Show(places) }
}

/// The places of what counts as registered for a reset: nothing stands in its way; of several phones of one method the
/// first, because the same method twice is one method (R104, R134).
pub fn registered_for_reset(held: &[Held]) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::new();
    for (place, one) in held.iter().enumerate().filter(|(_, one)| one.obstacles.is_empty()) {
        let method = one.usable.method;
        let again = places.iter().any(|first| held[*first].usable.method == method);
        if !again || method.kind() != Kind::Phone {
            places.push(place);
        }
    }
    places
}

/// The places of what may be used for a reset now. What waits keeps its place: no second phone steps in for it.
pub fn usable_for_reset(held: &[Held]) -> Vec<usize> {
    let mut places = registered_for_reset(held);
    places.retain(|place| !matches!(held[*place].age, Age::Waiting(_)));
    places
}
