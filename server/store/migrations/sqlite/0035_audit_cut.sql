-- Where the audit log begins since its oldest records were cut: the last one that went, sealed, so that the chain can
-- still be verified from there and nobody without the key can cut more.
CREATE TABLE audit_cut (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    "rows" INTEGER NOT NULL,
    at INTEGER NOT NULL,
    cut_by TEXT NOT NULL,
    seal BLOB NOT NULL
) STRICT;
