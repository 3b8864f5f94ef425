-- What is deleted by age once an hour.
CREATE INDEX lockouts_changed ON lockouts (changed_at);
CREATE INDEX known_places_seen ON known_places (seen_at);
