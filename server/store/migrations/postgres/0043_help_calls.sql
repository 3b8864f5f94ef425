-- A call to the help desk: one administrator talks to somebody who says to be this person. What is proved for it counts
-- in it alone, and never after it. The table caller_checks of before is not read any more.
CREATE TABLE help_calls (
    id UUID PRIMARY KEY,
    admin_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Of the administrator's session: what is asked and answered stands under it in the audit log.
    support_code TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Less was proved than a reset demands, and others were told: `call_back` or `override`.
    overridden_by TEXT,
    -- When something ended it before its time: a report, a block, a change of what it was proved with.
    ended_at BIGINT
);
CREATE INDEX help_calls_pair ON help_calls (admin_id, user_id, opened_at);
CREATE INDEX help_calls_user ON help_calls (user_id);
CREATE INDEX help_calls_expires ON help_calls (expires_at);

-- A code or a request for a call has the call for its holder, as others have a flow or a session.
ALTER TABLE challenges ADD COLUMN help_call_id UUID REFERENCES help_calls (id) ON DELETE CASCADE;
CREATE INDEX challenges_help_call ON challenges (help_call_id, created_at);

-- What was proved for a call.
CREATE TABLE help_call_proofs (
    challenge_id UUID PRIMARY KEY REFERENCES challenges (id) ON DELETE CASCADE,
    help_call_id UUID NOT NULL REFERENCES help_calls (id) ON DELETE CASCADE,
    method TEXT NOT NULL,
    -- NULL: what an administrator or a directory entered.
    method_id UUID,
    -- The address or line it went to.
    destination TEXT,
    proved_at BIGINT NOT NULL
);
CREATE INDEX help_call_proofs_help_call ON help_call_proofs (help_call_id);
