-- Forms that were answered: the same form again leads where the first one led, and changes nothing.
CREATE TABLE answered_forms (
    -- A keyed hash of the address and of all that was sent.
    digest BLOB PRIMARY KEY,
    -- The row of the flow or session that it acted on; empty where it acted on none.
    holder TEXT NOT NULL,
    led_to TEXT NOT NULL,
    -- What that page shows, sealed, as it is set in the browser.
    shows TEXT,
    -- The cookie that got a new token by it.
    cookie TEXT,
    -- The hash of the token that it came with.
    token_hash BLOB NOT NULL,
    -- Whether it made something new: then nothing that is sent later takes its place.
    made INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX answered_forms_holder ON answered_forms (holder);
CREATE INDEX answered_forms_expires ON answered_forms (expires_at);
