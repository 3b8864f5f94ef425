//! Audit records, built where things happen.

pub mod export;
pub mod retention;
pub mod verify;

use regain_app::visit::Visit;
use regain_core::time::Timestamp;
use regain_store::{AuditRecord, User};

use crate::engine::Engine;

/// The names that reports search for; they are the model's own.
pub mod service {
    /// Reset, unlock, change, policy.
    pub const PASSWORD: &str = "Self-service Password Management";
    /// Registration and security info.
    pub const METHODS: &str = "Authentication Methods";
    /// Users, groups, roles.
    pub const DIRECTORY: &str = "Core Directory";
    /// Sign-in.
    pub const SIGN_IN: &str = "Sign-in";

    /// All of them.
    pub const ALL: &[&str] = &[PASSWORD, METHODS, DIRECTORY, SIGN_IN];
}

/// Activities of the audit log, under the model's names where it has one.
pub mod activity {
    /// A settings tab was saved, or its save refused.
    pub const POLICY: &str = "Self-service password reset policy changes";
    /// The authentication methods policy was saved, or its save refused.
    pub const METHODS_POLICY: &str = "Authentication methods policy changes";
    /// The organisation was renamed.
    pub const ORGANIZATION: &str = "Set company information";
    /// A person said of a request: it wasn't me.
    pub const REPORTED: &str = "Suspicious request reported";
    /// A recovery lock began.
    pub const BLOCKED: &str = "Blocked from self-service password reset";
    /// A signed-in person changed the password.
    pub const CHANGE_PASSWORD: &str = "Change password (self-service)";
    /// An administrator set a password.
    pub const RESET_BY_ADMIN: &str = "Reset password (by admin)";
    /// A person reset the password.
    pub const RESET: &str = "Reset password (self-service)";
    /// One step of a flow.
    pub const PROGRESS: &str = "Self-service password reset flow activity progress";
    /// Somebody tried out a reset; each step of it, too.
    pub const DRILL: &str = "Self-service password reset drill";
    /// A person unlocked the account.
    pub const UNLOCK: &str = "Unlock user account (self-service)";
    /// All required methods are there; failure: cancelled.
    pub const REGISTERED_ALL: &str = "User registered all required security info";
    /// One method was added.
    pub const REGISTERED: &str = "User registered security info";
    /// *Looks good*.
    pub const REVIEWED: &str = "User reviewed security info";
    /// One method was removed.
    pub const DELETED: &str = "User deleted security info";
    /// One method was changed.
    pub const UPDATED: &str = "User updated security info";
    /// An administrator entered contact data or removed a method.
    pub const ADMIN_UPDATED: &str = "Admin updated security info";
    /// Somebody signed in, or tried.
    pub const SIGN_IN: &str = "Sign-in activity";
    /// A signed-in person showed a second factor, or tried.
    pub const STEP_UP: &str = "Second factor verification";
    /// Somebody signed out.
    pub const SIGN_OUT: &str = "Sign-out activity";
    /// A user was made.
    pub const ADD_USER: &str = "Add user";
    /// A user was changed.
    pub const UPDATE_USER: &str = "Update user";
    /// A user was deleted.
    pub const DELETE_USER: &str = "Delete user";
    /// A group was made.
    pub const ADD_GROUP: &str = "Add group";
    /// A group was changed.
    pub const UPDATE_GROUP: &str = "Update group";
    /// A group was deleted.
    pub const DELETE_GROUP: &str = "Delete group";
    /// A member came.
    pub const ADD_MEMBER: &str = "Add member to group";
    /// A member went.
    pub const REMOVE_MEMBER: &str = "Remove member from group";
    /// A role was given.
    pub const ADD_ROLE: &str = "Add member to role";
    /// A role was taken.
    pub const REMOVE_ROLE: &str = "Remove member from role";
    /// A message was given up.
    pub const MESSAGE: &str = "Message could not be delivered";
    /// A cap on what may be sent was reached.
    pub const SENDING_STOPPED: &str = "Sending stopped by a cap";
    /// Wrong proofs over all accounts opened the breaker.
    pub const ATTACK: &str = "Verification under attack";
    /// Somebody was called and said that it was not them.
    pub const CALL_DENIED: &str = "Verification call denied";
    /// A method proves nothing for now.
    pub const SUSPENDED: &str = "Verification method suspended";
    /// A gateway was added, changed, moved or removed.
    pub const GATEWAY: &str = "Update message gateway";
    /// A message's text was edited or restored, or that was refused.
    pub const MESSAGE_TEXT: &str = "Update message text";
    /// A test message was sent.
    pub const TEST_MESSAGE: &str = "Send test message";
    /// A message that was given up is tried again.
    pub const RETRY_MESSAGE: &str = "Retry message";
    /// An administrator found out who is calling, or tried.
    pub const VERIFY_CALLER: &str = "Verify caller";
    /// A temporary pass was issued.
    pub const ISSUE_PASS: &str = "Admin issued temporary pass";
    /// A temporary pass was deleted.
    pub const DELETE_PASS: &str = "Admin deleted temporary pass";
    /// A lock was released.
    pub const RELEASE_LOCK: &str = "Release lock (by admin)";

    /// The master key was replaced.
    pub const ROTATE_KEY: &str = "Rotate master key";
    /// Records that are older than they are kept were cut.
    pub const CUT_AUDIT: &str = "Cut audit log";
    /// Time had run ahead, and was put right.
    pub const CLOCK: &str = "Put clock right";
    /// A backup took the database's place: what came after it is missing.
    pub const RESTORE: &str = "Restore from backup";

    /// All of them, by name.
    pub const ALL: &[&str] = &[
        ADD_GROUP,
        ADD_MEMBER,
        ADD_ROLE,
        ADD_USER,
        ADMIN_UPDATED,
        DELETE_PASS,
        ISSUE_PASS,
        ATTACK,
        METHODS_POLICY,
        BLOCKED,
        CALL_DENIED,
        CHANGE_PASSWORD,
        CUT_AUDIT,
        DELETE_GROUP,
        DELETE_USER,
        GATEWAY,
        MESSAGE,
        MESSAGE_TEXT,
        CLOCK,
        RELEASE_LOCK,
        REPORTED,
        REMOVE_MEMBER,
        REMOVE_ROLE,
        RESET_BY_ADMIN,
        RESET,
        RESTORE,
        RETRY_MESSAGE,
        ROTATE_KEY,
        SENDING_STOPPED,
        SUSPENDED,
        TEST_MESSAGE,
        STEP_UP,
        PROGRESS,
        DRILL,
        POLICY,
        ORGANIZATION,
        SIGN_IN,
        SIGN_OUT,
        UNLOCK,
        UPDATE_GROUP,
        UPDATE_USER,
        DELETED,
        REGISTERED_ALL,
        REGISTERED,
        REVIEWED,
        UPDATED,
        VERIFY_CALLER,
    ];
}

/// An instant as programs read it: RFC 3339, UTC.
pub(crate) fn written(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default().to_string()
}

/// Begins a record of something that worked. Fill in the rest with the methods of [`Build`].
pub fn success(service: &str, activity: &str) -> AuditRecord {
    record(service, activity, "success")
}

/// Begins a record of something that did not.
pub fn failure(service: &str, activity: &str, reason: &str) -> AuditRecord {
    AuditRecord { reason: reason.to_owned(), ..record(service, activity, "failure") }
}

fn record(service: &str, activity: &str, result: &str) -> AuditRecord {
    let category = match service {
        service::DIRECTORY if activity.contains("role") => "RoleManagement",
        service::DIRECTORY if activity == self::activity::ORGANIZATION => "DirectoryManagement",
        service::DIRECTORY if activity.contains("group") => "GroupManagement",
        service::SIGN_IN => "SignIn",
        _ if [self::activity::POLICY, self::activity::METHODS_POLICY].contains(&activity) => "Policy",
        _ => "UserManagement",
    };
    AuditRecord {
        service: service.to_owned(),
        category: category.to_owned(),
        activity: activity.to_owned(),
        result: result.to_owned(),
        details: "{}".to_owned(),
        ..AuditRecord::default()
    }
}

/// The rest of a record.
pub trait Build: Sized {
    /// When and from where: the visit's address, client and support code, and its signed-in person as the actor.
    #[must_use]
    fn seen(self, engine: &Engine, visit: &Visit) -> Self;
    /// Who did it, where that is not the visit's signed-in person.
    #[must_use]
    fn by(self, user: &User) -> Self;
    /// Which user it was done to.
    #[must_use]
    fn to(self, user: &User) -> Self;
    /// What else it was done to.
    #[must_use]
    fn on(self, kind: &str, id: &str, name: &str) -> Self;
    /// Why, or which step.
    #[must_use]
    fn because(self, reason: &str) -> Self;
    /// The support code of the flow, where it is not the visit's.
    #[must_use]
    fn in_flow(self, support_code: &str) -> Self;
    /// More about it. Never a secret.
    #[must_use]
    fn detail(self, name: &str, value: impl Into<serde_json::Value>) -> Self;
}

impl Build for AuditRecord {
    fn seen(mut self, engine: &Engine, visit: &Visit) -> Self {
        self.at = engine.now();
        self.address = visit.address.to_string();
        self.client.clone_from(&visit.client);
        self.correlation.clone_from(&visit.support_code);
        if let Some(session) = &visit.session {
            self.actor_id.clone_from(&session.user_id);
            self.actor_name.clone_from(&session.display_name);
            self.actor_upn.clone_from(&session.upn);
        }
        self
    }

    fn by(mut self, user: &User) -> Self {
        self.actor_id = user.id.to_string();
        self.actor_name.clone_from(&user.display_name);
        self.actor_upn.clone_from(&user.upn);
        self
    }

    fn to(self, user: &User) -> Self {
        self.on("user", &user.id.to_string(), &user.upn)
    }

    fn on(mut self, kind: &str, id: &str, name: &str) -> Self {
        kind.clone_into(&mut self.target_kind);
        id.clone_into(&mut self.target_id);
        name.clone_into(&mut self.target_name);
        self
    }

    fn because(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.reason);
        self
    }

    fn in_flow(mut self, support_code: &str) -> Self {
        support_code.clone_into(&mut self.correlation);
        self
    }

    fn detail(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        let mut details: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&self.details).unwrap_or_default();
        details.insert(name.to_owned(), value.into());
        self.details = serde_json::Value::Object(details).to_string();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_offers_every_service_and_activity() {
        let source = include_str!("audit.rs").split("/// Begins a record").next().unwrap();
        let names: Vec<_> =
            source.lines().filter_map(|line| line.split_once(": &str = \"")?.1.strip_suffix("\";")).collect();
        assert!(names.len() > 20, "the constants are found");
        for name in names {
            assert!(service::ALL.contains(&name) || activity::ALL.contains(&name), "{name} is not offered");
        }
    }
}
