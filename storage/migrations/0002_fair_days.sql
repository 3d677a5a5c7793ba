-- Other hours than the settings', or none. Of those that hold on a day a unit's own comes before the
-- command's, and among them the newest.
CREATE TABLE schedule_rule (
    id INTEGER PRIMARY KEY,
    unit_id INTEGER REFERENCES unit,            -- empty: every unit
    weekdays TEXT NOT NULL,                     -- mon,tue,…
    opens TEXT,                                 -- HH:MM; empty with the next two: nothing is asked
    due TEXT,
    locks TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT                               -- the first day on which it no longer holds
);

CREATE TABLE exemption (
    id INTEGER PRIMARY KEY,
    unit_id INTEGER REFERENCES unit,            -- empty: every unit
    first_day TEXT NOT NULL,
    last_day TEXT,                              -- included; empty: until it is ended
    weekdays TEXT NOT NULL,
    reason TEXT NOT NULL,
    ended_on TEXT                               -- the first day on which it no longer holds
);

CREATE TABLE reopening (
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    period_start TEXT NOT NULL,
    unit_id INTEGER REFERENCES unit,            -- empty: every unit
    until_at INTEGER NOT NULL,
    reason TEXT NOT NULL
);

-- When Telegram was last heard of, and when it was not heard of for a while.
CREATE TABLE liveness (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    good_at INTEGER NOT NULL
);
CREATE TABLE outage (
    id INTEGER PRIMARY KEY,
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL
);

-- Who changed what, from what to what. Rows are only ever added.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    person_id INTEGER REFERENCES person,        -- empty: the command line
    role TEXT,
    action TEXT NOT NULL,
    unit_id INTEGER REFERENCES unit,
    before TEXT,
    after TEXT,
    reason TEXT
);

-- What the next text that a person types is the answer to.
CREATE TABLE awaited_text (
    person_id INTEGER PRIMARY KEY REFERENCES person,
    question TEXT NOT NULL,
    asked_at INTEGER NOT NULL
);

CREATE TABLE nudge (
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    period_start TEXT NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit,
    at INTEGER NOT NULL,
    person_id INTEGER REFERENCES person
);
CREATE INDEX nudge_period ON nudge (type, period_start);

-- The pinned message of a day in one group: what it was last told to show.
CREATE TABLE board (
    type TEXT NOT NULL,
    period_start TEXT NOT NULL,
    reader TEXT NOT NULL,                       -- the group, by when it was bound
    slot TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    pinned_message_id INTEGER,                  -- the message that was told to be pinned
    is_unpinned INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (type, period_start, reader)
) WITHOUT ROWID;

ALTER TABLE report ADD COLUMN late_reason TEXT;
ALTER TABLE draft ADD COLUMN typed_at INTEGER;   -- when its answers were typed as one complete line

-- A report drops what waits for its unit; with thousands of units a day has thousands of rows.
DROP INDEX outbox_period;
CREATE INDEX outbox_about ON outbox (type, period_start, unit_id);
-- A message that is drawn anew drops what it was to show before.
CREATE INDEX outbox_slot ON outbox (slot, state);
