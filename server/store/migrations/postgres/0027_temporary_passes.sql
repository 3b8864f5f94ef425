-- The one temporary pass that a person may have. Only a hash of it is kept.
CREATE TABLE temporary_passes (
    user_id UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    id UUID NOT NULL UNIQUE,
    verifier TEXT NOT NULL,
    one_time BOOLEAN NOT NULL,
    -- Who issued it, by the name of that day.
    issued_by UUID NOT NULL,
    issuer TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- When it last opened a session. A pass for one use is used up by it.
    used_at BIGINT
);
CREATE INDEX temporary_passes_expires ON temporary_passes (expires_at);

-- An administrator knows for a while who is calling, and how that was found out.
CREATE TABLE caller_checks (
    id UUID PRIMARY KEY,
    admin_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    way TEXT NOT NULL,
    checked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX caller_checks_pair ON caller_checks (admin_id, user_id, checked_at);
CREATE INDEX caller_checks_user ON caller_checks (user_id);
CREATE INDEX caller_checks_expires ON caller_checks (expires_at);

-- The pass that opened the session: such a session reaches the person's own security info and nothing else.
ALTER TABLE sessions ADD COLUMN pass_id UUID;
