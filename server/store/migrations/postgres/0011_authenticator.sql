-- Authenticators: phones that answer requests with a key that never leaves them.
CREATE TABLE devices (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Until a test request is approved a device belongs to the session that paired it; from then on to its methods.
    session_id UUID REFERENCES sessions (id) ON DELETE CASCADE,
    method_id UUID REFERENCES methods (id) ON DELETE CASCADE,
    -- The method of the codes that it shows, where there was room for one.
    code_id UUID REFERENCES methods (id) ON DELETE SET NULL,
    -- P-256, uncompressed (SEC 1).
    public_key BYTEA NOT NULL,
    client TEXT NOT NULL,
    -- The sealed seed of its codes, until it is a method.
    seed BYTEA,
    -- Where push messages for it go, and the keys that they are encrypted with.
    endpoint TEXT,
    push_key BYTEA,
    push_auth BYTEA,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    -- When a push service last took a message for it.
    pushed_at BIGINT
);
CREATE INDEX devices_user ON devices (user_id);
CREATE INDEX devices_session ON devices (session_id);
CREATE INDEX devices_method ON devices (method_id);
CREATE INDEX devices_code ON devices (code_id);

CREATE TABLE pairings (
    id UUID PRIMARY KEY,
    session_id UUID NOT NULL UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- SHA-256 of what the QR code carries, and the keyed hash of the code that is typed.
    secret_hash BYTEA NOT NULL UNIQUE,
    code_mac BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX pairings_user ON pairings (user_id);

CREATE TABLE push_requests (
    id UUID PRIMARY KEY,
    challenge_id UUID NOT NULL UNIQUE REFERENCES challenges (id) ON DELETE CASCADE,
    -- The account that limits count for, known or not.
    account TEXT NOT NULL,
    -- NULL: a decoy's, which reaches nobody.
    user_id UUID REFERENCES users (id) ON DELETE CASCADE,
    -- The only device that may answer; NULL: any of the person's.
    device_id UUID REFERENCES devices (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    -- What is asked: `reset`, `unlock`, `sign_in`, `register`.
    asked TEXT NOT NULL,
    address TEXT NOT NULL,
    client TEXT NOT NULL,
    -- The number to carry over, sealed.
    number BYTEA NOT NULL,
    -- `open`, `approved`, `denied`, `reported`, `expired`.
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    answered_at BIGINT,
    answered_by UUID
);
CREATE INDEX push_requests_account ON push_requests (account, expires_at);
CREATE INDEX push_requests_user ON push_requests (user_id, expires_at);
CREATE INDEX push_requests_device ON push_requests (device_id);
CREATE INDEX push_requests_open ON push_requests (expires_at) WHERE state = 'open';
