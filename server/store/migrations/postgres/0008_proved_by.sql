-- The method by which a second factor was last shown in a session: a mailbox opens less than what counts at sign-in.
-- Sessions from before ask again.
ALTER TABLE sessions ADD COLUMN proved_by TEXT;
