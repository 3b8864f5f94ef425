//! *This wasn’t me*: what mails tell can be reported by the link that they have.

mod mails;
mod page;

use regain_core::limits::REPORT_LINK_SLACK;
use regain_store::User;

use crate::reset::walk::{NEW, Walk, alice};
use crate::support::TestApp;

/// Where alice has her mail.
const MAIL: &str = "alice@mail.example";

/// The link of a mail, which stands on a line of its own: its path.
fn link_in(text: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with("http") && line.contains("/report/"))?;
    let (_, token) = line.split_once("/report/")?;
    assert!(!token.contains(char::is_whitespace), "{line}");
    Some(format!("/report/{token}"))
}

/// The link of the newest mail to somebody that has one.
pub async fn link_to(app: &TestApp, to: &str) -> String {
    let mails = app.messages_to(to).await;
    mails.iter().find_map(|mail| link_in(&mail.text)).expect("a mail with a link")
}

/// alice, whose password was reset, and the link of the mail that tells her.
async fn after_reset(app: &TestApp) -> (User, String) {
    let user = alice(app).await;
    // What came right before is taken for the same hand's.
    app.advance(2 * REPORT_LINK_SLACK);
    Walk::to_password(app).await.finish(NEW).await.assert_shows("Your password has been reset");
    let link = link_to(app, MAIL).await;
    (user, link)
}

/// How many reports were written down.
async fn reports(app: &TestApp) -> usize {
    app.audit().await.iter().filter(|row| row.0 == "Suspicious request reported").count()
}
