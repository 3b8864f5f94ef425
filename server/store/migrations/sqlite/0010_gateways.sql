-- Who carries text messages and calls, in the order in which they are tried.
CREATE TABLE gateways (
    id BLOB PRIMARY KEY,
    channel TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    account TEXT NOT NULL,
    sender TEXT NOT NULL,
    -- Its secret, sealed to the row.
    sealed BLOB NOT NULL,
    -- What a message costs, in thousandths of the currency.
    cost INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    -- Failures since the last success; after a few it is left alone until `broken_until`.
    failures INTEGER NOT NULL,
    broken_until INTEGER,
    last_error TEXT,
    last_error_at INTEGER,
    last_sent_at INTEGER
) STRICT;
CREATE INDEX gateways_channel ON gateways (channel, position);

-- What was handed to a gateway, for caps and receipts. A number is kept as a keyed hash alone.
CREATE TABLE deliveries (
    message_id BLOB PRIMARY KEY,
    channel TEXT NOT NULL,
    gateway_id BLOB,
    number_key TEXT NOT NULL,
    prefix TEXT NOT NULL,
    cost INTEGER NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX deliveries_created ON deliveries (created_at);

-- A call that waits for a key; its code is sealed to the row and wiped when it was heard.
CREATE TABLE calls (
    message_id BLOB PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    gateway_id BLOB NOT NULL,
    challenge_id BLOB NOT NULL,
    sealed BLOB,
    template TEXT NOT NULL,
    locale TEXT NOT NULL,
    support_code TEXT NOT NULL,
    -- `calling`, then `heard` or `denied`.
    state TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX calls_expires ON calls (expires_at);

-- What became known of an address or number, whosever it is: `bounced`, `sim_changed`.
CREATE TABLE destination_marks (
    destination TEXT NOT NULL,
    mark TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (destination, mark)
) STRICT;

-- Addresses and numbers that took the place of another one: for a day they do not count towards a reset.
CREATE TABLE changed_destinations (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    destination TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user_id, destination)
) STRICT;

-- What is dialled behind a registered office number; no part of the line's identity.
CREATE TABLE phone_extensions (
    method_id BLOB PRIMARY KEY REFERENCES methods (id) ON DELETE CASCADE,
    extension TEXT NOT NULL
) STRICT;
