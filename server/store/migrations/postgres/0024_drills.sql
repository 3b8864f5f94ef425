-- The last time that a person tried out a reset to its end: then it would have worked.
CREATE TABLE drills (
    user_id UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    proved_at BIGINT NOT NULL
);
