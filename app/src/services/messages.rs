//! *Messages*, for administrators: the texts of every message, for each language.

use async_trait::async_trait;
use regain_core::form::FormState;
use regain_core::gsm7::Size;
use regain_core::template::{Edited, Kind};
use regain_core::time::Timestamp;

use crate::outcome::{Answer, Failure};
use crate::text::Locale;
use crate::visit::Visit;

/// A message in the list.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Which message.
    pub kind: &'static Kind,
    /// For each language, in the order of [`Locale::ALL`], whether an administrator wrote the text.
    pub edited: Vec<bool>,
}

/// A paragraph of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The code, which stands alone and large.
    Code(String),
    /// Lines of text.
    Text(String),
}

/// A message as people will see or hear it, with sample values.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The organisation's name, which it comes from.
    pub from: String,
    /// The subject of a mail.
    pub subject: String,
    /// A mail's paragraphs.
    pub blocks: Vec<Block>,
    /// The address of the link by which what it tells can be reported; an example.
    pub report: Option<String>,
    /// The whole as plain text.
    pub text: String,
    /// What a text message takes.
    pub size: Option<Size>,
}

/// A message in one language.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// Which message.
    pub kind: &'static Kind,
    /// Which language.
    pub locale: Locale,
    /// The texts that are sent now.
    pub current: Edited,
    /// The catalogue's.
    pub default: Edited,
    /// When an administrator wrote them; `None` for the catalogue's.
    pub edited_at: Option<Timestamp>,
    /// Says which save the page was made from; empty for the catalogue's.
    pub revision: String,
    /// Of what is in the form; `None` while that cannot be sent.
    pub preview: Option<Preview>,
    /// Where a test goes; `None` when there is no such address or channel.
    pub test_to: Option<String>,
}

/// What is done with a typed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It is sent from now on.
    Save,
    /// It is shown.
    Preview,
    /// It is sent once, to the administrator.
    Test,
}

/// A message, as a form names it.
#[derive(Clone, Debug)]
pub struct Named {
    /// Which message.
    pub kind: String,
    /// The language's tag.
    pub lang: String,
}

/// *Messages*, for those who may edit them.
#[async_trait]
pub trait Messages: Send + Sync {
    /// All messages.
    async fn list(&self, visit: &Visit) -> Result<Vec<MessageRow>, Failure>;
    /// One of them.
    async fn message(&self, visit: &Visit, named: &Named) -> Result<MessageView, Failure>;
    /// Does something with a typed text.
    async fn act(&self, visit: &Visit, named: &Named, act: Act, revision: &str, typed: FormState) -> Answer;
    /// Goes back to the catalogue's text.
    async fn restore(&self, visit: &Visit, named: &Named) -> Answer;
}
