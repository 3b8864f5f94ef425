//! The text catalogue (Fluent). Every text a person reads is looked up here, on the server.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use crate::visit::Visit;

pub mod when;
mod zone;

pub use zone::Zone;

/// A language the catalogue is complete in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Locale {
    /// English, the default.
    #[default]
    English,
}

impl Locale {
    /// Every language there is a catalogue of.
    pub const ALL: &[Self] = &[Self::English];

    /// What its speakers call it.
    pub fn native_name(self) -> &'static str {
        match self {
            Self::English => "English",
        }
    }

    /// The BCP 47 tag, for `<html lang>` and `Content-Language`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    /// The text direction, for `<html dir>`.
    pub fn direction(self) -> &'static str {
        "ltr"
    }

    /// The best language for a tag such as `en-GB`; `None` when none fits.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        primary.eq_ignore_ascii_case("en").then_some(Self::English)
    }

    /// The best language for an `Accept-Language` header, in the order the header prefers.
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| part.split(';').next())
            .find_map(|tag| Self::from_tag(tag.trim()))
            .unwrap_or_default()
    }
}

const ENGLISH: &[&str] = &[
    include_str!("../locales/en/admin.ftl"),
    include_str!("../locales/en/audit.ftl"),
    include_str!("../locales/en/authenticator.ftl"),
    include_str!("../locales/en/coverage.ftl"),
    include_str!("../locales/en/demo.ftl"),
    include_str!("../locales/en/errors.ftl"),
    include_str!("../locales/en/groups.ftl"),
    include_str!("../locales/en/hardware_tokens.ftl"),
    include_str!("../locales/en/helpdesk.ftl"),
    include_str!("../locales/en/message_templates.ftl"),
    include_str!("../locales/en/message_values.ftl"),
    include_str!("../locales/en/messages.ftl"),
    include_str!("../locales/en/methods_policy.ftl"),
    include_str!("../locales/en/passes.ftl"),
    include_str!("../locales/en/people.ftl"),
    include_str!("../locales/en/policy.ftl"),
    include_str!("../locales/en/problems.ftl"),
    include_str!("../locales/en/questions.ftl"),
    include_str!("../locales/en/register.ftl"),
    include_str!("../locales/en/report.ftl"),
    include_str!("../locales/en/reset.ftl"),
    include_str!("../locales/en/security_info.ftl"),
    include_str!("../locales/en/signin.ftl"),
    include_str!("../locales/en/ui.ftl"),
    include_str!("../locales/en/usage.ftl"),
];

static ENGLISH_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("en", ENGLISH));

fn bundle(tag: &str, sources: &[&str]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
    // Isolation marks would end up in mails, attributes and what people copy.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, errors)| {
            debug_assert!(false, "the catalogue does not parse: {errors:?}");
            resource
        });
        let added = bundle.add_resource(resource);
        debug_assert!(added.is_ok(), "a text stands twice in the catalogue: {added:?}");
    }
    bundle
}

/// The text `key` in `locale`, with `args` filled in. A missing key shows itself, and fails the catalogue's test.
pub fn text(locale: Locale, key: &str, args: &[(&str, String)]) -> String {
    let bundle = match locale {
        Locale::English => &*ENGLISH_BUNDLE,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        debug_assert!(false, "no text `{key}` in the catalogue");
        return key.to_owned();
    };
    let mut fluent = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        // Up to four digits is a count, which can choose a plural; anything longer may be a code.
        match value.parse::<u16>() {
            Ok(number) if number.to_string() == *value && value.len() <= 4 => fluent.set(*name, number),
            _ => fluent.set(*name, value.as_str()),
        }
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned()
}

/// Whether the catalogue has a text `key`.
pub fn exists(key: &str) -> bool {
    ENGLISH_BUNDLE.has_message(key)
}

/// The text `key` in the language of the visit that is being answered.
pub fn t(key: &str) -> String {
    t_args(key, &[])
}

/// Like [`t`], with arguments; one that is a whole number of at most four digits can choose a plural.
pub fn t_args(key: &str, args: &[(&str, String)]) -> String {
    let locale = leptos::prelude::use_context::<Visit>().map(|visit| visit.locale).unwrap_or_default();
    text(locale, key, args)
}
