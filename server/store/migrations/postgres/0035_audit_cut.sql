-- Where the audit log begins since its oldest records were cut: the last one that went, sealed, so that the chain can
-- still be verified from there and nobody without the key can cut more.
CREATE TABLE audit_cut (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    "rows" BIGINT NOT NULL,
    at BIGINT NOT NULL,
    cut_by TEXT NOT NULL,
    seal BYTEA NOT NULL
);
