CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    channel TEXT NOT NULL,
    -- 'code' leaves at most once, 'notice' at least once.
    purpose TEXT NOT NULL,
    recipients TEXT NOT NULL,
    template TEXT NOT NULL,
    params TEXT NOT NULL,
    -- The code, sealed; wiped when the message has left or died.
    sealed BYTEA,
    locale TEXT NOT NULL,
    support_code TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- After this nobody wants it any more.
    dies_at BIGINT,
    -- The challenge whose code it carries: no longer open, no longer sent.
    challenge_id UUID,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    claimed_until BIGINT,
    sent_at BIGINT,
    parked_at BIGINT,
    error TEXT
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL AND parked_at IS NULL;

CREATE TABLE demo_outbox (
    id UUID PRIMARY KEY,
    channel TEXT NOT NULL,
    recipients TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    sent_at BIGINT NOT NULL
);
CREATE INDEX demo_outbox_sent ON demo_outbox (sent_at);

CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    service TEXT NOT NULL,
    category TEXT NOT NULL,
    activity TEXT NOT NULL,
    result TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    actor_upn TEXT NOT NULL,
    address TEXT NOT NULL,
    client TEXT NOT NULL,
    target_kind TEXT NOT NULL,
    target_id TEXT NOT NULL,
    target_name TEXT NOT NULL,
    correlation TEXT NOT NULL,
    details TEXT NOT NULL,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_activity ON audit (activity, seq);
CREATE INDEX audit_correlation ON audit (correlation, seq);
CREATE INDEX audit_target ON audit (target_id, seq);
