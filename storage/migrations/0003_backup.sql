-- Backups: asked for and not yet made (finished_at is empty), made, and failed.
CREATE TABLE backup (
    id INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,                       -- nightly, asked, console
    asked_at INTEGER NOT NULL,
    person_id INTEGER REFERENCES person,        -- who waits for the answer
    finished_at INTEGER,
    path TEXT,                                  -- of one that was made
    size INTEGER,
    is_encrypted INTEGER,
    problem TEXT                                -- why there is none
);
CREATE INDEX backup_waiting ON backup (asked_at) WHERE finished_at IS NULL;
