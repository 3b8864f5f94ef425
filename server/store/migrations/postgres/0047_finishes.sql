-- The page on the phone that approved, where the new password of a reset is chosen: one for each reset, opened once.
CREATE TABLE finishes (
    flow_id UUID PRIMARY KEY REFERENCES flows (id) ON DELETE CASCADE,
    -- The phone that approved. Without it there is no page.
    device_id UUID NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    -- SHA-256 of what opens the page, and of the cookie of the page that was opened.
    link_hash BYTEA NOT NULL UNIQUE,
    token_hash BYTEA UNIQUE,
    expires_at BIGINT NOT NULL,
    opened_at BIGINT
);
CREATE INDEX finishes_device ON finishes (device_id);
