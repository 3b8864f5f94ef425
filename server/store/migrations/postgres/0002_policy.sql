CREATE TABLE policies (
    id UUID PRIMARY KEY,
    -- Lower comes first. There is one policy for now; the column is here so that there can be many.
    priority BIGINT NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    scope_group UUID REFERENCES groups (id) ON DELETE SET NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
