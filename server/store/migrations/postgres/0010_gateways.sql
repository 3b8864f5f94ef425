-- Who carries text messages and calls, in the order in which they are tried.
CREATE TABLE gateways (
    id UUID PRIMARY KEY,
    channel TEXT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    account TEXT NOT NULL,
    sender TEXT NOT NULL,
    -- Its secret, sealed to the row.
    sealed BYTEA NOT NULL,
    -- What a message costs, in thousandths of the currency.
    cost BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- Failures since the last success; after a few it is left alone until `broken_until`.
    failures BIGINT NOT NULL,
    broken_until BIGINT,
    last_error TEXT,
    last_error_at BIGINT,
    last_sent_at BIGINT
);
CREATE INDEX gateways_channel ON gateways (channel, position);

-- What was handed to a gateway, for caps and receipts. A number is kept as a keyed hash alone.
CREATE TABLE deliveries (
    message_id UUID PRIMARY KEY,
    channel TEXT NOT NULL,
    gateway_id UUID,
    number_key TEXT NOT NULL,
    prefix TEXT NOT NULL,
    cost BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX deliveries_created ON deliveries (created_at);

-- A call that waits for a key; its code is sealed to the row and wiped when it was heard.
CREATE TABLE calls (
    message_id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    gateway_id UUID NOT NULL,
    challenge_id UUID NOT NULL,
    sealed BYTEA,
    template TEXT NOT NULL,
    locale TEXT NOT NULL,
    support_code TEXT NOT NULL,
    -- `calling`, then `heard` or `denied`.
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX calls_expires ON calls (expires_at);

-- What became known of an address or number, whosever it is: `bounced`, `sim_changed`.
CREATE TABLE destination_marks (
    destination TEXT NOT NULL,
    mark TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (destination, mark)
);

-- Addresses and numbers that took the place of another one: for a day they do not count towards a reset.
CREATE TABLE changed_destinations (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    destination TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (user_id, destination)
);

-- What is dialled behind a registered office number; no part of the line's identity.
CREATE TABLE phone_extensions (
    method_id UUID PRIMARY KEY REFERENCES methods (id) ON DELETE CASCADE,
    extension TEXT NOT NULL
);
