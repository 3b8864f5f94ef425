//! From an outbox row to what people read.

use regain_app::services::messages::Block;
use regain_app::services::site::Organization;
use regain_app::text::{Locale, text};
use regain_channels::{LOGO, Message};
use regain_core::template::Kind;
use regain_store::OutboxMessage;

use super::texts::{self, Written};
use super::trial;
use super::values::{Values, reply_to};
use crate::engine::Engine;
use crate::gateways::calls;

/// In pixels; a higher logo is made smaller, as on pages.
const LOGO_HEIGHT: u32 = 36;

/// A row from which no message can be made: of a newer version, or damaged.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    /// The catalogue has no such texts.
    #[error("there is no message `{0}`")]
    Template(String),
    /// Its arguments or addresses are damaged.
    #[error("the row is damaged: {0}")]
    Row(#[from] serde_json::Error),
}

impl Engine {
    /// Renders a message; `opened` is what was sealed in its row: the code of a code message, the end of the link of a
    /// notice that can be reported.
    pub(crate) async fn render(
        &self,
        row: &OutboxMessage,
        opened: Option<&str>,
    ) -> Result<Message, Unreadable> {
        let (code, link) = if row.purpose == "code" { (opened, None) } else { (None, opened) };
        let organization = self.organization().await;
        let locale = Locale::from_tag(&row.locale).unwrap_or_default();
        let written = self.write(row, &organization, locale, code).await?;
        let sample = trial::sample_code(row);
        let code = code.or(sample.as_deref());
        let is_mail = row.channel == "email";
        let logo = if is_mail { self.logo_of_mail(&organization).await } else { None };
        let report = link.filter(|_| is_mail).map(|link| self.report_address(link));
        let html = if is_mail {
            let frame = Frame { locale, organization: &organization, with_logo: logo.is_some() };
            html(&frame, &written.text, code, report.as_deref())
        } else {
            String::new()
        };
        Ok(Message {
            id: row.id.to_string(),
            to: serde_json::from_str(&row.recipients)?,
            subject: written.subject,
            text: with_report_link(locale, written.text, report.as_deref()),
            html,
            logo,
            locale: locale.tag().to_owned(),
            reply_to: if is_mail { reply_to(&organization) } else { None },
            sender_name: organization.name,
            at: self.now(),
            receipt_url: None,
            call: None,
        })
    }

    /// The words of a row's message.
    async fn write(
        &self,
        row: &OutboxMessage,
        organization: &Organization,
        locale: Locale,
        code: Option<&str>,
    ) -> Result<Written, Unreadable> {
        if row.template == trial::TEMPLATE {
            return Ok(trial::written(row)?);
        }
        let kind = Kind::named(&row.template).ok_or_else(|| texts::unknown(&row.template))?;
        let values = Values::of_row(row, organization, locale, code)?;
        Ok(self.texts(kind, locale).await?.fill(kind, &values, self.bound_host()))
    }

    /// What a call begins with.
    pub(crate) async fn greeting(&self, row: &OutboxMessage) -> Result<String, Unreadable> {
        let organization = self.organization().await;
        let locale = Locale::from_tag(&row.locale).unwrap_or_default();
        if row.template == calls::TEST {
            let named = [("organization", organization.name)];
            return Ok(text(locale, &format!("message-{}-greeting", calls::TEST), &named));
        }
        Ok(self.write(row, &organization, locale, None).await?.greeting)
    }
}

impl Engine {
    /// The picture, if there is one that can be read: a mail without it is better than none.
    async fn logo_of_mail(&self, organization: &Organization) -> Option<Vec<u8>> {
        organization.logo.as_ref()?;
        match self.logo_picture().await {
            Ok(picture) => picture,
            Err(error) => {
                tracing::warn!(%error, "a mail leaves without the logo");
                None
            }
        }
    }
}

/// A text as mails without HTML have it: the link that reports what it tells stands on a line of its own.
pub(crate) fn with_report_link(locale: Locale, text: String, address: Option<&str>) -> String {
    match address {
        Some(address) => format!("{text}\n\n{}\n{address}\n", say(locale, "message-report-why")),
        None => text,
    }
}

fn say(locale: Locale, key: &str) -> String {
    text(locale, key, &[])
}

/// What is around a mail's text.
struct Frame<'a> {
    locale: Locale,
    organization: &'a Organization,
    with_logo: bool,
}

/// One column, no picture but the logo, no link but the one that reports what was done, which changes nothing when it is
/// opened: what a mail program shows without asking (R196). It names no colour, and says that it can be shown light and
/// dark: programs then choose both colours, and the pair is readable.
fn html(frame: &Frame<'_>, body: &str, code: Option<&str>, report: Option<&str>) -> String {
    let Frame { locale, organization, with_logo } = *frame;
    let logo = organization.logo.as_ref().filter(|_| with_logo).map_or_else(String::new, |logo| {
        let height = logo.height.min(LOGO_HEIGHT);
        let width = logo.width * height / logo.height.max(1);
        format!("<p><img src=\"{LOGO}\" width=\"{width}\" height=\"{height}\" alt=\"\"></p>")
    });
    let organization = organization.name.as_str();
    let block = |block: Block| match block {
        Block::Code(code) => format!(
            "<p style=\"font-size:28px;letter-spacing:4px;font-weight:600;font-family:monospace\">{}</p>",
            escape(&code)
        ),
        Block::Text(lines) => format!("<p>{}</p>", escape(&lines).replace('\n', "<br>")),
    };
    let paragraphs: String = blocks(body, code).into_iter().map(block).collect();
    let report = report.map(|address| report_button(locale, address)).unwrap_or_default();
    format!(
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"supported-color-schemes\" content=\"light dark\"><title>{}</title></head>\
         <body style=\"color-scheme:light dark;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:36em;margin:24px auto;\
         padding:0 16px\">{logo}<p style=\"font-weight:600\">{}</p>{paragraphs}{report}</body></html>",
        locale.tag(),
        locale.direction(),
        escape(organization),
        escape(organization),
    )
}

/// A link that looks like a button, in whatever colours its reader has.
fn report_button(locale: Locale, address: &str) -> String {
    format!(
        "<p>{}</p><p><a href=\"{}\" rel=\"noreferrer\" style=\"display:inline-block;padding:10px 18px;border:2px solid;\
         border-radius:6px;font-weight:600;text-decoration:none\">{}</a></p>",
        escape(&say(locale, "message-report-why")),
        escape(address),
        escape(&say(locale, "message-report-button")),
    )
}

/// A mail's text, cut where lines are blank. A code that stands alone is shown large.
pub(crate) fn blocks(body: &str, code: Option<&str>) -> Vec<Block> {
    let parts = body.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| match code {
            Some(code) if part == code => Block::Code(code.to_owned()),
            _ => Block::Text(part.to_owned()),
        })
        .collect()
}

/// Text as HTML shows it.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
