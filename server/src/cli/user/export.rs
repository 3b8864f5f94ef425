//! `regain user export`.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use regain_store::{Page, User, UserFilter};

use crate::audit::export::MARK;
use crate::engine::Engine;
use crate::people::harmless_cell;

const PAGE: i64 = 1_000;

/// `regain user export`.
#[derive(Args)]
pub(in crate::cli) struct Export {
    /// Write to this file instead of standard output.
    #[arg(long)]
    output: Option<PathBuf>,
}

const HEADERS: [&str; 10] = [
    "Name [displayName] Required",
    "User name [userPrincipalName] Required",
    "Block sign in (Yes/No) [accountEnabled] Required",
    "First name [givenName]",
    "Last name [surname]",
    "Mail [mail]",
    "Office phone [telephoneNumber]",
    "Mobile phone [mobile]",
    "Alternate email [otherMails]",
    "Object ID [objectId]",
];

impl Export {
    pub(super) async fn run(self, engine: &Engine) -> anyhow::Result<()> {
        let mut out: Box<dyn Write + Send> = match &self.output {
            None => Box::new(std::io::stdout()),
            Some(file) => {
                let made = File::create(file).with_context(|| format!("cannot write {}", file.display()))?;
                Box::new(std::io::BufWriter::new(made))
            }
        };
        out.write_all(MARK)?;
        writeln!(out, "version:v1.0")?;
        let mut csv = csv::WriterBuilder::new().from_writer(out);
        csv.write_record(HEADERS)?;
        let mut after = String::new();
        loop {
            // A reader for each page: an export of any length holds none open.
            let mut tx = engine.store.read().await?;
            let users = tx.users(&UserFilter::default(), &Page { after, limit: PAGE }).await?;
            drop(tx);
            let Some(last) = users.last() else { break };
            after = last.upn_key.clone();
            for user in &users {
                csv.write_record(row(user))?;
            }
        }
        Ok(csv.flush()?)
    }
}

fn row(user: &User) -> [String; 10] {
    let optional = |text: &Option<String>| harmless_cell(text.as_deref().unwrap_or_default());
    [
        harmless_cell(&user.display_name),
        harmless_cell(&user.upn),
        if user.blocked { "Yes" } else { "No" }.to_owned(),
        harmless_cell(&user.given_name),
        harmless_cell(&user.surname),
        optional(&user.mail),
        optional(&user.office_phone),
        optional(&user.mobile_phone),
        optional(&user.alternate_email),
        user.id.to_string(),
    ]
}
