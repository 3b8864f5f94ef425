CREATE INDEX users_blocked ON users (upn_key) WHERE blocked;
