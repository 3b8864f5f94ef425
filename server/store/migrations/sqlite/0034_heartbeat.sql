-- A sign of life: the latest instant that any server saw, so that no clock runs backwards, and room that a job takes and
-- gives back.
CREATE TABLE heartbeat (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    room BLOB
) STRICT;
