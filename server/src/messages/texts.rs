//! The texts of a message: an administrator's, or the catalogue's.

use regain_app::text::{Locale, exists, text};
use regain_core::template::{
    CODE, Edited, Kind, Template, Way, domain_line, fit_text_message, spread_digits,
};

use super::render::Unreadable;
use super::values::Values;
use crate::engine::Engine;

/// A message's texts, ready to be filled.
pub(crate) struct Texts {
    subject: Template,
    text: Template,
}

/// A message as it is read or heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The subject of a mail; empty otherwise.
    pub(crate) subject: String,
    /// The text. Of a call: everything that can be heard, as one text.
    pub(crate) text: String,
    /// What a call begins with; empty otherwise.
    pub(crate) greeting: String,
}

/// The catalogue's texts, with their placeholders in braces.
pub(crate) fn default_texts(kind: &Kind, locale: Locale) -> Option<Edited> {
    let body = match kind.way {
        Way::Call => "greeting",
        Way::Mail | Way::Text | Way::Push => "body",
    };
    let named: Vec<(&str, String)> =
        kind.placeholders.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
    let read = |part: &str| {
        let key = format!("message-{}-{part}", kind.name);
        exists(&key).then(|| text(locale, &key, &named))
    };
    let subject = if kind.way == Way::Mail { read("subject")? } else { String::new() };
    Some(Edited::clean(kind, &subject, &read(body)?))
}

impl Texts {
    /// Reads texts; what is missing or cannot be filled is none.
    pub(crate) fn of(kind: &Kind, edited: &Edited) -> Option<Self> {
        let (subject, text) = edited.parse(kind).ok()?;
        let complete = !kind.holds_code() || text.count(CODE) == 1;
        complete.then_some(Self { subject, text })
    }

    /// Fills them. Text messages with a code end in the line that binds it to `host`.
    pub(crate) fn fill(&self, kind: &Kind, values: &Values, host: Option<&str>) -> Written {
        // What stands beside a code must not look like one.
        let value = |name: &str| match values.get(name) {
            value if kind.guards_code() && name != CODE => spread_digits(&value),
            value => value,
        };
        // A subject is one line, whatever a name holds.
        let in_line = |name: &str| value(name).replace(char::is_control, " ");
        let subject = self.subject.fill(in_line);
        let (text, greeting) = match kind.way {
            Way::Mail | Way::Push => (self.text.fill(value), String::new()),
            Way::Text => {
                let host = host.filter(|_| kind.binds_code());
                let bound = host.zip(values.code()).map(|(host, code)| domain_line(host, code));
                (fit_text_message(&self.text, value, &bound.unwrap_or_default()), String::new())
            }
            Way::Call => {
                let greeting = self.text.fill(value);
                (as_one_text(&greeting, values), greeting)
            }
        };
        Written { subject, text, greeting }
    }
}

/// A call as one text: what is said first, and what after the key.
fn as_one_text(greeting: &str, values: &Values) -> String {
    let Some(code) = values.code() else { return greeting.to_owned() };
    let args =
        [("greeting", greeting.to_owned()), ("code", code.to_owned()), ("minutes", values.get("minutes"))];
    text(values.locale(), "message-voice-text", &args)
}

impl Engine {
    /// The texts of a message in a language. An administrator's that cannot be read loses no message: it is logged, and
    /// the catalogue's is sent (F47).
    pub(crate) async fn texts(&self, kind: &Kind, locale: Locale) -> Result<Texts, Unreadable> {
        if let Some(texts) = self.edited_texts(kind, locale).await {
            return Ok(texts);
        }
        let default = default_texts(kind, locale);
        default.and_then(|edited| Texts::of(kind, &edited)).ok_or_else(|| unknown(kind.name))
    }

    async fn edited_texts(&self, kind: &Kind, locale: Locale) -> Option<Texts> {
        let saved = async { self.store.read().await?.template(kind.name, locale.tag()).await };
        let row = match saved.await {
            Ok(row) => row?,
            Err(error) => {
                tracing::warn!(%error, kind = kind.name, "a message's text cannot be looked up");
                return None;
            }
        };
        let texts = Texts::of(kind, &Edited { subject: row.subject, text: row.body });
        if texts.is_none() {
            tracing::warn!(kind = kind.name, locale = locale.tag(), "a message's text cannot be used");
        }
        texts
    }

    /// The host that codes are bound to: phones ask for one that is reached encrypted.
    pub(crate) fn bound_host(&self) -> Option<&str> {
        self.config.public_url.is_secure().then(|| self.config.public_url.host())
    }
}

/// The error of a message that nobody knows.
pub(super) fn unknown(name: &str) -> Unreadable {
    Unreadable::Template(name.to_owned())
}

#[cfg(test)]
mod tests {
    use regain_core::template::{KINDS, Surroundings, check};

    use super::*;

    const AROUND: Surroundings<'_> = Surroundings { organization: "Contoso", host: "id.contoso.example" };

    #[test]
    fn every_default_is_a_template_that_could_be_saved() {
        for locale in Locale::ALL {
            for kind in KINDS {
                let edited = default_texts(kind, *locale).unwrap_or_else(|| panic!("{}", kind.name));
                assert_eq!(check(kind, &edited, AROUND), Ok(()), "{} in {}", kind.name, locale.tag());
                assert!(Texts::of(kind, &edited).is_some(), "{}", kind.name);
            }
        }
    }

    #[test]
    fn every_message_of_the_catalogue_can_be_sent() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/locales/en");
        let mut found = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let catalogue = std::fs::read_to_string(file.unwrap().path()).unwrap();
            for line in catalogue.lines() {
                let key = line.split(" =").next().and_then(|key| key.strip_prefix("message-"));
                let name = key.and_then(|key| key.strip_suffix("-body").or(key.strip_suffix("-greeting")));
                let Some(name) = name.filter(|name| *name != crate::gateways::calls::TEST) else { continue };
                assert!(Kind::named(name).is_some(), "`{name}` is missing among the kinds of messages");
                found += 1;
            }
        }
        assert_eq!(found, KINDS.len(), "each has one text");
    }

    #[test]
    fn a_message_with_a_code_says_how_long_it_lasts() {
        for kind in KINDS.iter().filter(|kind| kind.holds_code()) {
            let edited = default_texts(kind, Locale::English).unwrap();
            assert!(edited.text.contains("{minutes}"), "{}", kind.name);
        }
    }

    #[test]
    fn a_mail_with_a_code_says_who_asked_from_where_and_when() {
        // The code for the help desk is asked for by the help desk.
        for name in ["reset-code", "register-code", "step-up-code"] {
            let kind = Kind::named(name).unwrap();
            let edited = default_texts(kind, Locale::English).unwrap();
            for told in ["{time}", "{address}", "{device}"] {
                assert!(edited.text.contains(told), "{} lacks {told}", kind.name);
            }
            assert_eq!(edited.subject, "{organization} account email verification code", "R198");
        }
    }

    #[test]
    fn texts_without_the_code_are_none() {
        let kind = Kind::named("reset-code").unwrap();
        let edited = |text: &str| Edited { subject: "S".to_owned(), text: text.to_owned() };
        assert!(Texts::of(kind, &edited("{code}")).is_some());
        for bad in ["", "none", "{code} {code}", "{code", "{cod}"] {
            assert!(Texts::of(kind, &edited(bad)).is_none(), "{bad}");
        }
    }
}
