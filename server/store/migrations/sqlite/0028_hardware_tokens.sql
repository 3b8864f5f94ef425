-- Hardware tokens that an administrator uploaded. One is a method only once it was activated; it goes with that method.
CREATE TABLE hardware_tokens (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The method that it became, whose id is its own.
    method_id BLOB UNIQUE REFERENCES methods (id) ON DELETE CASCADE,
    serial TEXT NOT NULL,
    serial_key TEXT NOT NULL UNIQUE,
    manufacturer TEXT NOT NULL,
    model TEXT NOT NULL,
    -- Seconds that a code shows.
    period INTEGER NOT NULL,
    -- The sealed seed, until the method holds it.
    sealed BLOB,
    -- Time steps by which its clock was off when it was last right.
    drift INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX hardware_tokens_user ON hardware_tokens (user_id);
