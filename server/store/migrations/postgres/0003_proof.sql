CREATE TABLE sessions (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    support_code TEXT NOT NULL,
    address TEXT NOT NULL,
    client TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- When a second factor was last shown in this session.
    proved_at BIGINT
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE flows (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    support_code TEXT NOT NULL,
    -- The name as typed, to show it again; and the account that limits count for, known or not.
    typed TEXT NOT NULL,
    account TEXT NOT NULL,
    -- NULL: a decoy.
    user_id UUID REFERENCES users (id) ON DELETE CASCADE,
    intent TEXT,
    -- The method being verified now, and what its page needs.
    method TEXT,
    body TEXT NOT NULL,
    address TEXT NOT NULL,
    client TEXT NOT NULL,
    locale TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    closed_at BIGINT,
    outcome TEXT
);
CREATE INDEX flows_user ON flows (user_id, closed_at);
CREATE INDEX flows_support_code ON flows (support_code);
CREATE INDEX flows_expires ON flows (expires_at);

CREATE TABLE enrolments (
    id UUID PRIMARY KEY,
    session_id UUID NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    method TEXT NOT NULL,
    destination TEXT,
    sealed BYTEA,
    -- What else the wizard's page needs, as JSON.
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX enrolments_session ON enrolments (session_id);

CREATE TABLE challenges (
    id UUID PRIMARY KEY,
    flow_id UUID REFERENCES flows (id) ON DELETE CASCADE,
    session_id UUID REFERENCES sessions (id) ON DELETE CASCADE,
    user_id UUID REFERENCES users (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    method TEXT NOT NULL,
    method_id UUID,
    destination TEXT,
    -- HMAC of the code over purpose, holder and method; NULL where the verifier is elsewhere (an app's seed, answers).
    mac BYTEA,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    consumed_at BIGINT,
    superseded_at BIGINT
);
CREATE INDEX challenges_flow ON challenges (flow_id, created_at);
CREATE INDEX challenges_session ON challenges (session_id, created_at);
CREATE INDEX challenges_user ON challenges (user_id);
CREATE INDEX challenges_expires ON challenges (expires_at);

CREATE TABLE proofs (
    id UUID PRIMARY KEY,
    flow_id UUID NOT NULL REFERENCES flows (id) ON DELETE CASCADE,
    challenge_id UUID NOT NULL UNIQUE REFERENCES challenges (id) ON DELETE CASCADE,
    method TEXT NOT NULL,
    method_id UUID,
    -- The address or line it went to: one line is one kind, by whatever name.
    destination TEXT,
    verified_at BIGINT NOT NULL
);
CREATE INDEX proofs_flow ON proofs (flow_id);

CREATE TABLE counters (
    key TEXT PRIMARY KEY,
    count BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    locked_until BIGINT
);
CREATE INDEX counters_started ON counters (started_at);

CREATE TABLE lockouts (
    account TEXT NOT NULL,
    place TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (account, place)
);

CREATE TABLE spent_tokens (
    id TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX spent_tokens_expires ON spent_tokens (expires_at);
