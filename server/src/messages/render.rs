//! From an outbox row to what people read. The texts are `message-<template>-subject` and `-body` in the catalogue.

use std::collections::BTreeMap;

use regain_app::services::site::Organization;
use regain_app::text::{Locale, exists, text};
use regain_channels::{LOGO, Message};
use regain_store::OutboxMessage;

use crate::engine::Engine;

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
    /// Renders a message; `code` is the opened code of a code message.
    pub(crate) async fn render(
        &self,
        row: &OutboxMessage,
        code: Option<&str>,
    ) -> Result<Message, Unreadable> {
        let key = |part: &str| format!("message-{}-{part}", row.template);
        let is_mail = row.channel == "email";
        if !exists(&key("body")) || is_mail && !exists(&key("subject")) {
            return Err(Unreadable::Template(row.template.clone()));
        }
        let organization = self.organization().await;
        let locale = Locale::from_tag(&row.locale).unwrap_or_default();
        let mut args: BTreeMap<String, String> = serde_json::from_str(&row.params)?;
        args.insert("organization".to_owned(), organization.name.clone());
        args.insert("support".to_owned(), row.support_code.clone());
        args.insert("time".to_owned(), spoken_time(row.created_at));
        if let (Some(code), Some(dies_at)) = (code, row.dies_at) {
            args.insert("code".to_owned(), code.to_owned());
            args.insert(
                "minutes".to_owned(),
                dies_at.since(row.created_at).as_secs().div_ceil(60).to_string(),
            );
        }
        let args: Vec<(&str, String)> =
            args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let mut body = text(locale, &key("body"), &args);
        let logo = if is_mail { self.logo_of_mail(&organization).await } else { None };
        let html =
            if is_mail { html(locale, &organization, logo.is_some(), &body, code) } else { String::new() };
        if let ("sms", Some(code)) = (row.channel.as_str(), code)
            && self.config.public_url.is_secure()
        {
            // Phones fill the code in on this host alone.
            body = format!("{body}\n\n@{} #{code}", self.config.public_url.host());
        }
        Ok(Message {
            id: row.id.to_string(),
            to: serde_json::from_str(&row.recipients)?,
            subject: if is_mail { text(locale, &key("subject"), &args) } else { String::new() },
            text: body,
            html,
            logo,
            locale: locale.tag().to_owned(),
            sender_name: organization.name,
            at: self.now(),
            receipt_url: None,
            call: None,
        })
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

fn spoken_time(at: regain_core::time::Timestamp) -> String {
    let at = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// One column, no picture but the logo, no links to follow: what a mail program shows without asking (R196).
fn html(
    locale: Locale,
    organization: &Organization,
    with_logo: bool,
    body: &str,
    code: Option<&str>,
) -> String {
    let logo = organization.logo.as_ref().filter(|_| with_logo).map_or_else(String::new, |logo| {
        let height = logo.height.min(LOGO_HEIGHT);
        let width = logo.width * height / logo.height.max(1);
        format!("<p><img src=\"{LOGO}\" width=\"{width}\" height=\"{height}\" alt=\"\"></p>")
    });
    let organization = organization.name.as_str();
    let paragraph = |paragraph: &str| match code {
        Some(code) if paragraph.trim() == code => format!(
            "<p style=\"font-size:28px;letter-spacing:4px;font-weight:600;font-family:monospace\">{}</p>",
            escape(code)
        ),
        _ => format!("<p>{}</p>", escape(paragraph).replace('\n', "<br>")),
    };
    let paragraphs: String =
        body.split("\n\n").filter(|part| !part.trim().is_empty()).map(paragraph).collect();
    format!(
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
         <body style=\"font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:36em;margin:24px auto;\
         padding:0 16px\">{logo}<p style=\"font-weight:600\">{}</p>{paragraphs}</body></html>",
        locale.tag(),
        locale.direction(),
        escape(organization),
        escape(organization),
    )
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
