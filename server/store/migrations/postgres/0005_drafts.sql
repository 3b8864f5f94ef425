-- What a refused form held that is too long for a cookie, until its session ends or it is saved.
CREATE TABLE drafts (
    session_id UUID NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (session_id, name)
);
