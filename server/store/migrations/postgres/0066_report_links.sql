-- The links of mails by which people say that what was done to their account was not them: one for each mail, used once.
CREATE TABLE report_links (
    -- SHA-256 of what the link ends in.
    token_hash BYTEA PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Which mail it came with, and the support code of what that tells.
    kind TEXT NOT NULL,
    support_code TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX report_links_user ON report_links (user_id);
CREATE INDEX report_links_expires ON report_links (expires_at);
