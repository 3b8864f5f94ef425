//! Implements [`Messages`].

mod samples;
mod save;
mod test;

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::pages::admin::messages::message::{SUBJECT, TEXT};
use regain_app::pages::admin::messages::{PATH, path_of, preview};
use regain_app::services::messages::{Act, MessageRow, MessageView, Messages, Named, Preview};
use regain_app::text::Locale;
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::gsm7;
use regain_core::role::Right;
use regain_core::template::{Edited, KINDS, Kind, Surroundings, Way, check};

use super::failure;
use super::settings::SettingsPage;
use crate::audit::activity;
use crate::engine::Engine;
use crate::messages::{Texts, Written, blocks, default_texts, with_report_link};

/// Messages speak to everybody in the organisation's name: like the name itself, they are the Global Administrator's.
const PAGE: SettingsPage = SettingsPage {
    activity: activity::MESSAGE_TEXT,
    ..SettingsPage::new("messages", PATH, Right::EditMessages)
};

/// A message in a language, and its place in the portal.
struct Subject {
    kind: &'static Kind,
    locale: Locale,
}

impl Subject {
    fn of(named: &Named) -> Result<Self, Failure> {
        let kind = Kind::named(&named.kind).ok_or(Failure::NotFound)?;
        let locale = match named.lang.as_str() {
            "" => Locale::default(),
            tag => *Locale::ALL.iter().find(|locale| locale.tag() == tag).ok_or(Failure::NotFound)?,
        };
        Ok(Self { kind, locale })
    }

    fn path(&self) -> String {
        path_of(self.kind.name, self.locale)
    }

    /// The catalogue's texts. It is complete, which a test sees to.
    fn default(&self) -> Result<Edited, Failure> {
        default_texts(self.kind, self.locale).ok_or(Failure::Internal)
    }

    /// What was typed, if it may be sent.
    async fn judge(&self, engine: &Engine, form: &FormState) -> Result<Edited, FormState> {
        let edited = Edited::clean(self.kind, form.value(SUBJECT), form.value(TEXT));
        let organization = engine.organization().await.name;
        let around = Surroundings { organization: &organization, host: engine.config.public_url.host() };
        match check(self.kind, &edited, around) {
            Ok(()) => Ok(edited),
            Err(problems) => Err(FormState { problems, ..form.clone() }),
        }
    }

    /// A text as people would get it.
    async fn written(&self, engine: &Engine, edited: &Edited) -> Option<(Written, Option<String>)> {
        let texts = Texts::of(self.kind, edited)?;
        let values = samples::of(self.kind, self.locale, &engine.organization().await, engine.now());
        let written = texts.fill(self.kind, &values, engine.bound_host());
        Some((written, values.code().map(ToOwned::to_owned)))
    }
}

#[async_trait]
impl Messages for Engine {
    async fn list(&self, visit: &Visit) -> Result<Vec<MessageRow>, Failure> {
        self.admin_gate(visit, PAGE.right)?;
        let saved = self.store.read().await.map_err(failure)?.templates().await.map_err(failure)?;
        let is_edited = |kind: &Kind, locale: &Locale| {
            saved.iter().any(|row| row.kind == kind.name && row.locale == locale.tag())
        };
        let row = |kind: &'static Kind| MessageRow {
            kind,
            edited: Locale::ALL.iter().map(|locale| is_edited(kind, locale)).collect(),
        };
        Ok(KINDS.iter().map(row).collect())
    }

    async fn message(&self, visit: &Visit, named: &Named) -> Result<MessageView, Failure> {
        let session = self.admin_gate(visit, PAGE.right)?;
        let subject = Subject::of(named)?;
        let (kind, locale) = (subject.kind, subject.locale);
        let mut tx = self.store.read().await.map_err(failure)?;
        let row = tx.template(kind.name, locale.tag()).await.map_err(failure)?;
        let test_to = self.test_address(&mut *tx, session, kind.way).await.map_err(failure)?;
        drop(tx);
        let default = subject.default()?;
        let (edited_at, revision) =
            row.as_ref().map(|row| (row.changed_at, row.revision.to_string())).unzip();
        let current =
            row.map_or_else(|| default.clone(), |row| Edited { subject: row.subject, text: row.body });
        let in_form = if visit.form.values.is_empty() {
            Some(current.clone())
        } else {
            subject.judge(self, &visit.form).await.ok()
        };
        let preview = match in_form {
            Some(edited) => self.preview(&subject, &edited).await,
            None => None,
        };
        let revision = revision.unwrap_or_default();
        Ok(MessageView { kind, locale, current, default, edited_at, revision, preview, test_to })
    }

    async fn act(&self, visit: &Visit, named: &Named, act: Act, revision: &str, typed: FormState) -> Answer {
        PAGE.gate(self, visit).await?;
        let subject = Subject::of(named)?;
        let edited = match subject.judge(self, &typed).await {
            Ok(edited) => edited,
            Err(form) if act == Act::Save => {
                let tx = self.store.write().await.map_err(failure)?;
                return PAGE.refuse(self, visit, tx, subject.path(), form).await;
            }
            Err(form) => return Ok(Outcome::refused(subject.path(), form)),
        };
        match act {
            Act::Save => save::save(self, visit, &subject, revision, edited, typed).await,
            Act::Preview => {
                // The page keeps what was typed and draws it.
                let path = format!("{}#{}", subject.path(), preview::ID);
                Ok(Outcome::refused(path, typed))
            }
            Act::Test => test::send(self, visit, &subject, &edited, typed).await,
        }
    }

    async fn restore(&self, visit: &Visit, named: &Named) -> Answer {
        PAGE.gate(self, visit).await?;
        save::restore(self, visit, &Subject::of(named)?).await
    }
}

impl Engine {
    async fn preview(&self, subject: &Subject, edited: &Edited) -> Option<Preview> {
        let (written, code) = subject.written(self, edited).await?;
        let report = subject.kind.reportable().then(|| self.report_address(samples::LINK));
        let size = (subject.kind.way == Way::Text).then(|| gsm7::measure(&written.text));
        Some(Preview {
            from: self.organization().await.name,
            subject: written.subject,
            blocks: blocks(&written.text, code.as_deref()),
            text: with_report_link(subject.locale, written.text, report.as_deref()),
            report,
            size,
        })
    }
}
