-- Texts of messages that an administrator wrote in place of the catalogue's, for each language.
CREATE TABLE message_templates (
    kind TEXT NOT NULL,
    locale TEXT NOT NULL,
    -- Another one with each save, so that two administrators do not overwrite each other.
    revision BLOB NOT NULL,
    -- Empty where the message has none.
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, locale)
) STRICT;
