-- What lists are searched by: folded by us (regain_core::text), the same on every engine and whatever its locale. The
-- keys of rows that are there already are written right after the migrations (store/src/search.rs).
ALTER TABLE groups ADD COLUMN search_key TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE hardware_tokens ADD COLUMN search_key TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN actor_key TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN target_key TEXT COLLATE "C" NOT NULL DEFAULT '';
-- Most are what they will be: only the others are written once more.
UPDATE audit SET actor_key = LOWER(actor_upn), target_key = LOWER(target_name);
DROP INDEX audit_actor_upn;
DROP INDEX audit_target_name;
CREATE INDEX audit_actor_key ON audit (actor_key, seq);
CREATE INDEX audit_target_key ON audit (target_key, seq);

-- The way in which all keys are folded; no row: in an older one.
CREATE TABLE search_folding (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    folding BIGINT NOT NULL
);
