//! Every change of methods is told to every address that the person has (T106).

use regain_app::visit::Visit;
use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::method::Method;
use regain_store::{Result, Tx};

use crate::engine::Engine;
use crate::messages::{Channel, Notice};
use crate::person::Person;

/// What happened to a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Happened {
    Added,
    Removed,
}

impl Happened {
    const fn template(self) -> &'static str {
        match self {
            Self::Added => "notice-method-added",
            Self::Removed => "notice-method-removed",
        }
    }
}

impl Engine {
    /// Tells it. `also` is an address that the person has from now on.
    pub(super) async fn tell_of_method(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        person: &Person,
        what: (Happened, Method, Option<&str>),
        also: Option<&str>,
    ) -> Result<()> {
        let (happened, method, destination) = what;
        let mut to = person.notice_addresses();
        to.extend(
            also.filter(|address| {
                !to.iter().any(|known| EmailAddress::key_of(known) == EmailAddress::key_of(address))
            })
            .map(str::to_owned),
        );
        let params = [
            ("name", person.user.display_name.clone()),
            ("method", method.as_str().to_owned()),
            ("destination", destination.map(|text| masked(method, text)).unwrap_or_default()),
        ];
        let notice = Notice {
            to: &to,
            template: happened.template(),
            params: &params,
            locale: person.user.locale.as_deref().unwrap_or(visit.locale.tag()),
            support_code: &visit.support_code,
        };
        self.enqueue_own_notice(tx, person.user.id, &notice).await
    }
}

impl Engine {
    /// A number that is given up hears of it itself: whoever holds it may be the person (T65). An old address is among
    /// those that hear of every change anyway.
    pub(super) async fn tell_old_number(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        person: &Person,
        method: Method,
        old: &str,
    ) -> Result<()> {
        if method != Method::MobilePhone || !self.channel_works(Channel::Sms) {
            return Ok(());
        }
        let locale = person.user.locale.as_deref().unwrap_or(visit.locale.tag());
        self.enqueue_text(tx, old, "notice-number-replaced", locale, &visit.support_code).await
    }
}

/// Enough to recognise it by: a mailbox is not a safe place for the whole.
fn masked(method: Method, destination: &str) -> String {
    match method {
        Method::Email => EmailAddress::parse(destination).map(|address| address.masked()).unwrap_or_default(),
        Method::MobilePhone | Method::OfficePhone => {
            PhoneNumber::parse(destination, None).map(|number| number.masked()).unwrap_or_default()
        }
        Method::Passkey
        | Method::AppNotification
        | Method::AppCode
        | Method::RecoveryCode
        | Method::SecurityQuestions => String::new(),
    }
}
