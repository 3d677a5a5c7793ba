CREATE TABLE exercise (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    unit_id INTEGER REFERENCES unit,            -- whose exercise; empty: the command's own
    day TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    cancelled_at INTEGER,
    held_at INTEGER
);

CREATE TABLE checklist_item (
    id INTEGER PRIMARY KEY,
    exercise_id INTEGER NOT NULL REFERENCES exercise,
    unit_id INTEGER REFERENCES unit,            -- who has to do it; empty: the command
    key TEXT NOT NULL,                          -- bodies, staff_training, register, past_findings, funding, facilities, own
    title TEXT NOT NULL DEFAULT '',             -- of an own item
    position INTEGER NOT NULL,
    due_day TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',         -- open, under_way, done
    state_at INTEGER,
    state_by INTEGER REFERENCES person,
    removed_at INTEGER
);
CREATE INDEX checklist_item_exercise ON checklist_item (exercise_id, unit_id, position);

-- Staff training that an exercise asks for is an activity of its own.
ALTER TABLE activity ADD COLUMN exercise_id INTEGER REFERENCES exercise;
