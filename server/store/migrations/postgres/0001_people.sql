-- Times are microseconds since the Unix epoch, UTC. Keys (`…_key`) are canonical spellings that searches use.
CREATE TABLE users (
    id UUID PRIMARY KEY,
    upn TEXT NOT NULL,
    upn_key TEXT COLLATE "C" NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    given_name TEXT NOT NULL,
    surname TEXT NOT NULL,
    surname_key TEXT COLLATE "C" NOT NULL,
    -- The primary address: where notices go. Contact data below is what an administrator entered.
    mail TEXT,
    mobile_phone TEXT,
    office_phone TEXT,
    alternate_email TEXT,
    directory TEXT NOT NULL,
    locale TEXT,
    blocked BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    -- When the person first had all required methods, and when they last said they still look good.
    registered_at BIGINT,
    confirmed_at BIGINT
);
CREATE INDEX users_name_key ON users (name_key, id);
CREATE INDEX users_surname_key ON users (surname_key, id);

CREATE TABLE passwords (
    user_id UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    verifier TEXT NOT NULL,
    -- Set by somebody else: must be changed at the next sign-in.
    temporary BOOLEAN NOT NULL,
    -- Still the fast keyed hash of a bulk import; a job lays argon2id over it.
    imported BOOLEAN NOT NULL,
    set_at BIGINT NOT NULL
);
CREATE INDEX passwords_imported ON passwords (user_id) WHERE imported;

CREATE TABLE roles (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, role)
);
CREATE INDEX roles_role ON roles (role, user_id);

CREATE TABLE groups (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL UNIQUE,
    description TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE group_users (
    group_id UUID NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id)
);
CREATE INDEX group_users_user ON group_users (user_id, group_id);

CREATE TABLE group_groups (
    group_id UUID NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    member_id UUID NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, member_id)
);
CREATE INDEX group_groups_member ON group_groups (member_id, group_id);

CREATE TABLE methods (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    method TEXT NOT NULL,
    label TEXT NOT NULL,
    -- An address or a number in E.164.
    destination TEXT,
    -- A sealed seed.
    sealed BYTEA,
    -- The last time step of an authenticator code that was accepted.
    last_step BIGINT,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX methods_user ON methods (user_id, created_at);

CREATE TABLE answers (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    verifier TEXT NOT NULL,
    PRIMARY KEY (user_id, question)
);

CREATE TABLE known_places (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, place)
);
