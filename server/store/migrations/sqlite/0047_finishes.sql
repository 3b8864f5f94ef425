-- The page on the phone that approved, where the new password of a reset is chosen: one for each reset, opened once.
CREATE TABLE finishes (
    flow_id BLOB PRIMARY KEY REFERENCES flows (id) ON DELETE CASCADE,
    -- The phone that approved. Without it there is no page.
    device_id BLOB NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    -- SHA-256 of what opens the page, and of the cookie of the page that was opened.
    link_hash BLOB NOT NULL UNIQUE,
    token_hash BLOB UNIQUE,
    expires_at INTEGER NOT NULL,
    opened_at INTEGER
) STRICT;
CREATE INDEX finishes_device ON finishes (device_id);
