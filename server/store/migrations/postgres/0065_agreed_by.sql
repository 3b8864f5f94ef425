-- Which method agreed to changes: it agreed no more once it is gone.
ALTER TABLE sessions ADD COLUMN agreed_by TEXT;
