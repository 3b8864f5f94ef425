-- The last reset of a person: for a time nothing changes about how the person proves who they are.
CREATE TABLE holds (
    user_id UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    reset_at BIGINT NOT NULL,
    -- What took part in it, as JSON.
    proofs TEXT NOT NULL,
    -- The browser of the phone that approved it, as its cookie tells.
    approver BYTEA,
    -- When a sign-in took one of its proofs for the second factor.
    carried_at BIGINT
);
-- When an older method agreed to changes in this session.
ALTER TABLE sessions ADD COLUMN agreed_at BIGINT;
