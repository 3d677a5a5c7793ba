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

-- What a commander tells many; recipients are fixed when it goes out.
CREATE TABLE announcement (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person,
    role TEXT NOT NULL,
    words TEXT NOT NULL,
    unit_ids TEXT NOT NULL DEFAULT '',          -- 3,5; '*': every unit
    roles TEXT NOT NULL DEFAULT '',             -- leader,deputy
    state TEXT NOT NULL,                        -- draft, scheduled, sent
    slot TEXT,                                  -- the author's message
    send_at INTEGER,                            -- empty: at once
    sent_at INTEGER,
    edited_at INTEGER,
    rung INTEGER NOT NULL DEFAULT 0,            -- the highest rung that was climbed
    content_hash TEXT NOT NULL DEFAULT ''       -- of the count that was last shown
);
CREATE TABLE announcement_recipient (
    announcement_id INTEGER NOT NULL REFERENCES announcement,
    person_id INTEGER NOT NULL REFERENCES person,
    role TEXT NOT NULL,
    unit_id INTEGER REFERENCES unit,
    acknowledged_at INTEGER,
    PRIMARY KEY (announcement_id, person_id)
) WITHOUT ROWID;
