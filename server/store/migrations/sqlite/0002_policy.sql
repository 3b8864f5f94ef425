CREATE TABLE policies (
    id BLOB PRIMARY KEY,
    -- Lower comes first. There is one policy for now; the column is here so that there can be many.
    priority INTEGER NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    scope_group BLOB REFERENCES groups (id) ON DELETE SET NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
