-- A report for a target that was asked for by the event, besides its own calendar; by the day of asking.
CREATE TABLE target_asking (
    type TEXT NOT NULL,
    day TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    person_id INTEGER REFERENCES person,
    PRIMARY KEY (type, day)
) WITHOUT ROWID;
