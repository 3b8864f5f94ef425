-- How an answer was evened out before it was hashed (regain_core::questions::FOLDING).
ALTER TABLE answers ADD COLUMN folding INTEGER NOT NULL DEFAULT 1;
