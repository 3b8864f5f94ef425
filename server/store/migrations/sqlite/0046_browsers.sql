-- Browsers that keep a cookie of ours, and in which a person signed in: recognised, never trusted for anything alone.
CREATE TABLE browsers (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- SHA-256 of the cookie.
    browser BLOB NOT NULL,
    first_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    -- When a second factor of the person was first shown in it.
    proved_at INTEGER,
    PRIMARY KEY (user_id, browser)
) STRICT;
CREATE INDEX browsers_seen ON browsers (seen_at);

-- The browser in which somebody signed in, began a reset or asks a phone, and in which the phone's key is.
ALTER TABLE sessions ADD COLUMN browser BLOB;
ALTER TABLE flows ADD COLUMN browser BLOB;
ALTER TABLE push_requests ADD COLUMN browser BLOB;
ALTER TABLE devices ADD COLUMN browser BLOB;
-- From where the phone answered.
ALTER TABLE push_requests ADD COLUMN answered_address TEXT;
ALTER TABLE push_requests ADD COLUMN answered_client TEXT;
