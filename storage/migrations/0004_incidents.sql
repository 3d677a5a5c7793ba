CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    unit_id INTEGER NOT NULL REFERENCES unit,
    person_id INTEGER NOT NULL REFERENCES person,
    role TEXT NOT NULL,
    severity TEXT NOT NULL,
    words TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    slot TEXT NOT NULL,                         -- the reporter's own message, which shows each step
    rung INTEGER NOT NULL DEFAULT 0,            -- the highest rung that was climbed
    acknowledged_at INTEGER,
    acknowledged_by INTEGER REFERENCES person,
    acknowledged_role TEXT,
    closed_at INTEGER,
    closed_by INTEGER REFERENCES person,
    closed_role TEXT,
    note TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX incident_slot ON incident (slot);
CREATE INDEX incident_open ON incident (sent_at) WHERE closed_at IS NULL;
