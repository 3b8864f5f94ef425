-- Pictures of the organisation's own, by the hash of their content, which is their address.
CREATE TABLE images (
    hash TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

-- Set for one person: the organisation's expiry does not hold. It outlives the password it stands beside.
ALTER TABLE passwords ADD COLUMN never_expires INTEGER NOT NULL DEFAULT 0;
