-- The cookies that got a new token by a form, by name and separated by blanks.
ALTER TABLE answered_forms RENAME COLUMN cookie TO cookies;
UPDATE answered_forms SET cookies = '' WHERE cookies IS NULL;

-- Accounts are trimmed by how they begin: in the order of bytes, whatever the database sorts by.
ALTER TABLE lockouts ALTER COLUMN account TYPE TEXT COLLATE "C";
