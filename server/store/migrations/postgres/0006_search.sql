-- Audit rows of a person are looked up in any case.
CREATE INDEX audit_actor_upn ON audit (LOWER(actor_upn), seq);
CREATE INDEX audit_target_name ON audit (LOWER(target_name), seq);
-- Counters are cleared by the beginning of their key, which is a range only where bytes are compared.
ALTER TABLE counters ALTER COLUMN key TYPE TEXT COLLATE "C";
