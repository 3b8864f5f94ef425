-- Recovery codes: a set is one method; its verifiers share one salt, so that a typed code is hashed once.
CREATE TABLE recovery_codes (
    method_id UUID NOT NULL REFERENCES methods (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    -- PHC string of argon2id.
    verifier TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (method_id, position)
);

-- How many codes of a set are unused; NULL for every other method.
ALTER TABLE methods ADD COLUMN codes_left BIGINT;

CREATE TABLE passkeys (
    method_id UUID PRIMARY KEY REFERENCES methods (id) ON DELETE CASCADE,
    -- The authenticator's name for the key.
    credential_id BYTEA NOT NULL UNIQUE,
    -- The public key and what goes with it, as JSON.
    credential TEXT NOT NULL
);

-- What the server remembers between the two requests of a WebAuthn ceremony; it never goes to the browser.
CREATE TABLE passkey_ceremonies (
    challenge_id UUID PRIMARY KEY REFERENCES challenges (id) ON DELETE CASCADE,
    -- What the browser is asked, as JSON.
    options TEXT NOT NULL,
    -- What its answer is judged by, as JSON.
    state TEXT NOT NULL
);
