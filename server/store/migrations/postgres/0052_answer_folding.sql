-- How an answer was evened out before it was hashed (regain_core::questions::FOLDING).
ALTER TABLE answers ADD COLUMN folding BIGINT NOT NULL DEFAULT 1;
