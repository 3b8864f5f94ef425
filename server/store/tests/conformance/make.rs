//! Rows to try things with.

use std::sync::atomic::{AtomicU64, Ordering};

use regain_core::time::{Duration, Timestamp};
use regain_store::{
    AuditRecord, Challenge, Flow, Group, HelpCall, OutboxMessage, Password, Proof, Session, SettingsRow,
    TemporaryPass, User,
};
use uuid::Uuid;

use crate::database::Database;

/// A moment to count from.
pub const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);
/// A while.
pub const MINUTE: Duration = Duration::from_mins(1);

static NEXT: AtomicU64 = AtomicU64::new(1);

/// A fresh id.
pub fn id() -> Uuid {
    Uuid::from_u64_pair(7, NEXT.fetch_add(1, Ordering::Relaxed))
}

/// What a token would hash to.
pub fn hash() -> Vec<u8> {
    id().as_bytes().repeat(2)
}

/// A user of this name.
pub fn user(name: &str) -> User {
    let upn = format!("{name}@contoso.example");
    User {
        id: id(),
        upn_key: upn.to_lowercase(),
        upn,
        display_name: name.to_owned(),
        name_key: name.to_lowercase(),
        given_name: "Given".to_owned(),
        surname: format!("of {name}"),
        surname_key: format!("of {name}").to_lowercase(),
        mail: Some(format!("{name}@mail.example")),
        mobile_phone: Some("+1 4255550100".to_owned()),
        office_phone: None,
        alternate_email: None,
        directory: "local".to_owned(),
        locale: Some("en".to_owned()),
        blocked: false,
        created_at: NOW,
        registered_at: None,
        confirmed_at: Some(NOW),
    }
}

/// A password of the user.
pub fn password(user: &User, verifier: &str) -> Password {
    Password {
        user_id: user.id,
        verifier: verifier.to_owned(),
        temporary: false,
        imported: false,
        set_at: NOW,
    }
}

/// A group of this name.
pub fn group(name: &str) -> Group {
    Group {
        id: id(),
        name: name.to_owned(),
        name_key: name.to_lowercase(),
        description: format!("About {name}"),
        created_at: NOW,
    }
}

/// A session of the user.
pub fn session(user: &User) -> Session {
    Session {
        id: id(),
        token_hash: hash(),
        user_id: user.id,
        support_code: "ABCD-EFGH".to_owned(),
        address: "203.0.113.1".to_owned(),
        client: "Browser".to_owned(),
        created_at: NOW,
        seen_at: NOW,
        expires_at: NOW.plus(60 * MINUTE),
        proved_at: None,
        proved_by: None,
        pass_id: None,
        browser: Some(hash()),
        agreed_at: None,
        agreed_by: None,
    }
}

/// A temporary pass for one use, which works for an hour.
pub fn pass(user: &User) -> TemporaryPass {
    TemporaryPass {
        user_id: user.id,
        id: id(),
        verifier: "verifier".to_owned(),
        one_time: true,
        issued_by: id(),
        issuer: "hal@contoso.example".to_owned(),
        issued_at: NOW,
        expires_at: NOW.plus(60 * MINUTE),
        used_at: None,
    }
}

/// An open flow of the user.
pub fn flow(user: Option<&User>) -> Flow {
    Flow {
        id: id(),
        token_hash: hash(),
        support_code: "WXYZ-1234".to_owned(),
        typed: "Typed@contoso.example".to_owned(),
        account: "account".to_owned(),
        user_id: user.map(|user| user.id),
        intent: None,
        method: None,
        body: "{}".to_owned(),
        address: "203.0.113.1".to_owned(),
        client: "Browser".to_owned(),
        browser: Some(hash()),
        locale: "en".to_owned(),
        created_at: NOW,
        expires_at: NOW.plus(15 * MINUTE),
        closed_at: None,
        outcome: None,
    }
}

/// A call to the help desk that goes on.
pub fn help_call(admin: &User, user: &User) -> HelpCall {
    HelpCall {
        id: id(),
        admin_id: admin.id,
        user_id: user.id,
        support_code: "ABCD1234".to_owned(),
        opened_at: NOW,
        expires_at: NOW.plus(10 * MINUTE),
        overridden_by: None,
        ended_at: None,
    }
}

/// An open challenge in the flow.
pub fn challenge(flow: &Flow) -> Challenge {
    Challenge {
        id: id(),
        flow_id: Some(flow.id),
        session_id: None,
        help_call_id: None,
        user_id: flow.user_id,
        purpose: "reset".to_owned(),
        method: "email".to_owned(),
        method_id: None,
        destination: Some("a@mail.example".to_owned()),
        mac: Some(vec![1, 2, 3]),
        attempts: 0,
        created_at: NOW,
        expires_at: NOW.plus(5 * MINUTE),
        consumed_at: None,
        superseded_at: None,
    }
}

/// The proof that the challenge was answered.
pub fn proof(flow: &Flow, challenge: &Challenge) -> Proof {
    Proof {
        id: id(),
        flow_id: flow.id,
        challenge_id: challenge.id,
        method: challenge.method.clone(),
        method_id: None,
        destination: challenge.destination.clone(),
        verified_at: NOW,
    }
}

/// A code's message, due now.
pub fn message() -> OutboxMessage {
    OutboxMessage {
        id: id(),
        channel: "email".to_owned(),
        purpose: "code".to_owned(),
        recipients: r#"["a@mail.example"]"#.to_owned(),
        template: "reset-code".to_owned(),
        params: "{}".to_owned(),
        sealed: Some(vec![9; 40]),
        locale: "en".to_owned(),
        support_code: "WXYZ-1234".to_owned(),
        created_at: NOW,
        dies_at: Some(NOW.plus(5 * MINUTE)),
        challenge_id: Some(id()),
        due_at: NOW,
        tries: 0,
        claimed_until: None,
        sent_at: None,
        parked_at: None,
        error: None,
    }
}

/// A document of settings.
pub fn settings(version: i64, body: &str) -> SettingsRow {
    SettingsRow { name: "organization".to_owned(), version, body: body.to_owned(), changed_at: NOW }
}

/// A record of this activity.
pub fn record(activity: &str) -> AuditRecord {
    AuditRecord {
        at: NOW,
        service: "Self-service Password Management".to_owned(),
        category: "UserManagement".to_owned(),
        activity: activity.to_owned(),
        result: "success".to_owned(),
        reason: "because".to_owned(),
        actor_id: "1".to_owned(),
        actor_name: "Ana".to_owned(),
        actor_upn: "Ana@contoso.example".to_owned(),
        address: "203.0.113.1".to_owned(),
        client: "Browser".to_owned(),
        target_kind: "user".to_owned(),
        target_id: "2".to_owned(),
        target_name: "Bob@contoso.example".to_owned(),
        correlation: "ABCD-EFGH".to_owned(),
        details: r#"{"a":"b"}"#.to_owned(),
    }
}

impl Database {
    /// Keeps a user of this name.
    pub async fn user(&self, name: &str) -> User {
        let user = user(name);
        let mut tx = self.write().await;
        tx.add_user(&user).await.unwrap();
        tx.commit().await.unwrap();
        user
    }

    /// Keeps an open flow of a new user.
    pub async fn flow(&self, name: &str) -> (User, Flow) {
        let user = self.user(name).await;
        let flow = flow(Some(&user));
        let mut tx = self.write().await;
        tx.add_flow(&flow).await.unwrap();
        tx.commit().await.unwrap();
        (user, flow)
    }

    /// Keeps an open challenge in the flow.
    pub async fn challenge(&self, flow: &Flow) -> Challenge {
        let challenge = challenge(flow);
        let mut tx = self.write().await;
        tx.add_challenge(&challenge).await.unwrap();
        tx.commit().await.unwrap();
        challenge
    }
}
