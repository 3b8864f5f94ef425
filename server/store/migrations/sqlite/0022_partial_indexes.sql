-- SQLite takes an index only for the very condition of the query.
DROP INDEX passwords_imported;
CREATE INDEX passwords_imported ON passwords (user_id) WHERE imported;
CREATE INDEX users_blocked ON users (upn_key) WHERE blocked;
