//! Which methods a person can add.

use regain_app::services::registration::{Offer, Way};
use regain_core::limits;
use regain_core::method::{Kind, Method};
use regain_store::Device;

use super::Inventory;

/// An office phone is added from the list of methods; the wizard asks for one only where nothing else is left.
fn without_office(choices: Vec<Method>) -> Vec<Method> {
    let others: Vec<_> = choices.iter().copied().filter(|method| *method != Method::OfficePhone).collect();
    if others.is_empty() { choices } else { others }
}

impl Inventory {
    /// What can be chosen now, strongest first. The wizard asks only for what is missing (R71); from the list of
    /// methods everything that is allowed can be added (R68).
    pub fn offers(&self, way: Way) -> Vec<Offer> {
        let methods = match way {
            Way::Register => self.missing().choices,
            Way::Add => self.allowed().iter().filter(|method| !self.is_changed_instead(*method)).collect(),
        };
        let now = methods.into_iter().filter(|method| self.may_come_now(*method));
        let possible: Vec<Method> = now.filter(|method| self.has_enough_questions(*method)).collect();
        let possible = if way == Way::Register { without_office(possible) } else { possible };
        possible.into_iter().map(|method| Offer { method, full: self.full(method) }).collect()
    }

    /// Whether `method` can be added now; the error is the most there can be, or nothing when it is not offered.
    pub fn may_add(&self, way: Way, method: Method) -> Result<(), Option<usize>> {
        match self.offers(way).into_iter().find(|offer| offer.method == method) {
            None => Err(None),
            Some(Offer { full: Some(most), .. }) => Err(Some(most)),
            Some(_) => Ok(()),
        }
    }

    /// As many as one person may have, of whichever methods are counted together (R87).
    pub fn full(&self, method: Method) -> Option<usize> {
        let (has, most) = match method {
            Method::AppCode | Method::AppNotification => {
                (authenticators(&self.rows, &self.devices), limits::APPS_PER_USER)
            }
            Method::MobilePhone | Method::OfficePhone => {
                (of_kind(&self.rows, Kind::Phone), limits::PHONES_PER_USER)
            }
            Method::Passkey => (self.count(method), limits::PASSKEYS_PER_USER),
            // A new set of codes takes the place of the old one.
            Method::Email | Method::RecoveryCode | Method::SecurityQuestions => return None,
        };
        (has >= most).then_some(most)
    }

    /// There is one address and one set of answers: the address is changed, the answers are removed first (R52).
    fn is_changed_instead(&self, method: Method) -> bool {
        match method {
            Method::Email => self.count(Method::Email) > 0,
            Method::SecurityQuestions => !self.answers.is_empty(),
            Method::Passkey
            | Method::AppNotification
            | Method::AppCode
            | Method::MobilePhone
            | Method::OfficePhone
            | Method::RecoveryCode => false,
        }
    }

    /// Where sign-in needs a second factor, which it does at least of administrators, a strong one comes first (R72), on
    /// whichever page the person begins.
    pub fn may_come_now(&self, method: Method) -> bool {
        let effective = &self.person.effective;
        let waits = (effective.second_factor || effective.administrator) && !self.has_strong_factor();
        let can_be_first = !effective.sign_in.methods.intersect(self.allowed()).is_empty();
        effective.sign_in.methods.contains(method) || !waits || !can_be_first
    }

    fn has_enough_questions(&self, method: Method) -> bool {
        let questions = &self.person.policy.questions;
        method != Method::SecurityQuestions || questions.chosen.len() >= usize::from(questions.to_register)
    }
}

/// How many authenticators these are, apps and hardware tokens alike. A phone that is asked and shows codes has two
/// methods and is one.
pub(crate) fn authenticators(rows: &[regain_store::Method], devices: &[Device]) -> usize {
    let both = devices.iter().filter(|device| device.method_id.is_some() && device.code_id.is_some()).count();
    of_kind(rows, Kind::App).saturating_sub(both)
}

fn of_kind(rows: &[regain_store::Method], kind: Kind) -> usize {
    let is_one =
        |row: &&regain_store::Method| row.method.parse::<Method>().is_ok_and(|method| method.kind() == kind);
    rows.iter().filter(is_one).count()
}
