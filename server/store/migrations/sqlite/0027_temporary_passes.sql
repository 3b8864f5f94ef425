-- The one temporary pass that a person may have. Only a hash of it is kept.
CREATE TABLE temporary_passes (
    user_id BLOB PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    id BLOB NOT NULL UNIQUE,
    verifier TEXT NOT NULL,
    one_time INTEGER NOT NULL,
    -- Who issued it, by the name of that day.
    issued_by BLOB NOT NULL,
    issuer TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- When it last opened a session. A pass for one use is used up by it.
    used_at INTEGER
) STRICT;
CREATE INDEX temporary_passes_expires ON temporary_passes (expires_at);

-- An administrator knows for a while who is calling, and how that was found out.
CREATE TABLE caller_checks (
    id BLOB PRIMARY KEY,
    admin_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    way TEXT NOT NULL,
    checked_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX caller_checks_pair ON caller_checks (admin_id, user_id, checked_at);
CREATE INDEX caller_checks_user ON caller_checks (user_id);
CREATE INDEX caller_checks_expires ON caller_checks (expires_at);

-- The pass that opened the session: such a session reaches the person's own security info and nothing else.
ALTER TABLE sessions ADD COLUMN pass_id BLOB;
