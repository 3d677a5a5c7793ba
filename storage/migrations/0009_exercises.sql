CREATE TABLE exercise (
    id INTEGER PRIMARY KEY,
    code TEXT UNIQUE,                           -- of a preset's exercise; empty: somebody made it
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
    part TEXT NOT NULL DEFAULT '',              -- which of the bodies: steering, support, frame
    title TEXT NOT NULL DEFAULT '',             -- of an own item
    position INTEGER NOT NULL,
    due_day TEXT NOT NULL,
    due_set_day TEXT NOT NULL,                  -- on which day it was last said until when
    state TEXT NOT NULL DEFAULT 'open',         -- open, under_way, done
    state_at INTEGER,
    state_by INTEGER REFERENCES person,
    removed_at INTEGER
);
CREATE INDEX checklist_item_exercise ON checklist_item (exercise_id, unit_id, position);

-- Who was reminded of what. An item that is due on another day is reminded of anew.
CREATE TABLE checklist_reminder (
    item_id INTEGER NOT NULL REFERENCES checklist_item,
    person_id INTEGER NOT NULL REFERENCES person,
    due_day TEXT NOT NULL,
    rung INTEGER NOT NULL,                      -- see bot/domain/exercise_reminders.py
    day TEXT NOT NULL,                          -- on which it was sent
    PRIMARY KEY (item_id, person_id, due_day, rung)
) WITHOUT ROWID;
CREATE INDEX checklist_reminder_day ON checklist_reminder (day);

-- Staff training that an exercise asks for is an activity of its own.
ALTER TABLE activity ADD COLUMN exercise_id INTEGER REFERENCES exercise;
