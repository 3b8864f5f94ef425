-- The last time that a person tried out a reset to its end: then it would have worked.
CREATE TABLE drills (
    user_id BLOB PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    proved_at INTEGER NOT NULL
) STRICT;
