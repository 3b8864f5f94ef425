-- Hardware tokens that an administrator uploaded. One is a method only once it was activated; it goes with that method.
CREATE TABLE hardware_tokens (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The method that it became, whose id is its own.
    method_id UUID UNIQUE REFERENCES methods (id) ON DELETE CASCADE,
    serial TEXT NOT NULL,
    serial_key TEXT COLLATE "C" NOT NULL UNIQUE,
    manufacturer TEXT NOT NULL,
    model TEXT NOT NULL,
    -- Seconds that a code shows.
    period BIGINT NOT NULL,
    -- The sealed seed, until the method holds it.
    sealed BYTEA,
    -- Time steps by which its clock was off when it was last right.
    drift BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX hardware_tokens_user ON hardware_tokens (user_id);
