CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    channel TEXT NOT NULL,
    -- 'code' leaves at most once, 'notice' at least once.
    purpose TEXT NOT NULL,
    recipients TEXT NOT NULL,
    template TEXT NOT NULL,
    params TEXT NOT NULL,
    -- The code, sealed; wiped when the message has left or died.
    sealed BLOB,
    locale TEXT NOT NULL,
    support_code TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- After this nobody wants it any more.
    dies_at INTEGER,
    -- The challenge whose code it carries: no longer open, no longer sent.
    challenge_id BLOB,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    claimed_until INTEGER,
    sent_at INTEGER,
    parked_at INTEGER,
    error TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL AND parked_at IS NULL;

CREATE TABLE demo_outbox (
    id BLOB PRIMARY KEY,
    channel TEXT NOT NULL,
    recipients TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    sent_at INTEGER NOT NULL
) STRICT;
CREATE INDEX demo_outbox_sent ON demo_outbox (sent_at);

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
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
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_activity ON audit (activity, seq);
CREATE INDEX audit_correlation ON audit (correlation, seq);
CREATE INDEX audit_target ON audit (target_id, seq);
