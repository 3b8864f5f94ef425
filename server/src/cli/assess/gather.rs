//! Asking a directory for what an assessment needs: everybody, the rules of each policy, the service account's rights in each
//! place. Only searches are sent.

use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use regain_core::time::Clock;
use regain_directory::{Directory, Failure, Refusal, Rights, Rules, Session, Settings};

use crate::assess::{Analysis, Assessment, Seen, Subject};

/// Reads a directory.
pub(super) async fn assessment(settings: Settings, clock: Arc<dyn Clock>) -> anyhow::Result<Assessment> {
    let subject = Subject {
        kind: settings.kind,
        urls: settings.servers.iter().map(ToString::to_string).collect(),
        base: settings.base.clone(),
        account: settings.bind_user.clone(),
        keeps_other_mail: settings.attributes.other_mail.is_some(),
    };
    let mut analysis = Analysis::new(clock.now());
    let directory = Directory::new(settings, clock)?;
    let session = directory.connect().await.map_err(|away| anyhow!("{away}")).context("cannot sign in")?;
    read(&session, &mut analysis).await.map_err(said).context("cannot read the people")?;
    let (rules, rights) = (rules(&session, &analysis).await, rights(&session, &analysis).await);
    Ok(analysis.finish(subject, rules, rights))
}

/// Each page is forgotten before the next one comes.
async fn read(session: &Session, analysis: &mut Analysis) -> Result<(), Failure> {
    let mut people = session.people();
    while let Some(page) = people.next().await? {
        page.found.iter().for_each(|person| analysis.add(person));
        analysis.add_unreadable(page.unreadable);
    }
    Ok(())
}

/// What a policy says of which asking failed is unknown, and the rest is worth reporting all the same.
async fn rules(session: &Session, analysis: &Analysis) -> Vec<Option<Rules>> {
    let mut rules = Vec::new();
    for person in analysis.policies() {
        rules.push(session.rules(person).await.ok());
    }
    rules
}

async fn rights(session: &Session, analysis: &Analysis) -> Vec<Seen> {
    let mut seen = Vec::new();
    for (place, person) in analysis.places() {
        let rights = session.rights(person).await.unwrap_or(Rights::UNKNOWN);
        seen.push(Seen::new(place, &person.dn, &rights));
    }
    seen
}

/// Why people could not be read.
fn said(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Away(away) => anyhow!("{away}"),
        Failure::Unknown => anyhow!("no answer came"),
        Failure::Refused(refusal) => match refusal {
            Refusal::NoRight => anyhow!("the service account may not search there"),
            Refusal::Gone => anyhow!("there is nothing at the base, or the service account may not see it"),
            Refusal::SizeLimit => {
                anyhow!("the server gives the service account only so many entries; raise its limit")
            }
            Refusal::Busy => anyhow!("the server is busy"),
            Refusal::Elsewhere => anyhow!("another server keeps these entries"),
            Refusal::Unsupported => {
                anyhow!("the server does not know what is asked, such as results in pages")
            }
            Refusal::Other(code) => anyhow!("the server refuses with LDAP result {code}"),
            _ => anyhow!("the server refuses the search"),
        },
    }
}
