-- Browsers that keep a cookie of ours, and in which a person signed in: recognised, never trusted for anything alone.
CREATE TABLE browsers (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- SHA-256 of the cookie.
    browser BYTEA NOT NULL,
    first_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    -- When a second factor of the person was first shown in it.
    proved_at BIGINT,
    PRIMARY KEY (user_id, browser)
);
CREATE INDEX browsers_seen ON browsers (seen_at);

-- The browser in which somebody signed in, began a reset or asks a phone, and in which the phone's key is.
ALTER TABLE sessions ADD COLUMN browser BYTEA;
ALTER TABLE flows ADD COLUMN browser BYTEA;
ALTER TABLE push_requests ADD COLUMN browser BYTEA;
ALTER TABLE devices ADD COLUMN browser BYTEA;
-- From where the phone answered.
ALTER TABLE push_requests ADD COLUMN answered_address TEXT;
ALTER TABLE push_requests ADD COLUMN answered_client TEXT;
