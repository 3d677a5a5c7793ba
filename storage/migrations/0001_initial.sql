-- Times (…_at) are milliseconds since 1970 in UTC; days are ISO dates in the command's zone.

CREATE TABLE command (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    first_day TEXT NOT NULL,                    -- from this reporting day on, reports are expected
    bot_username TEXT,
    group_chat_id INTEGER,
    group_thread_id INTEGER,
    group_since_at INTEGER
);

CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    position INTEGER NOT NULL,                  -- the order in every list
    parent_id INTEGER REFERENCES unit,
    merged_into INTEGER REFERENCES unit,
    valid_from TEXT NOT NULL,
    valid_to TEXT                               -- the first day on which it no longer is
);

CREATE TABLE unit_alias (
    unit_id INTEGER NOT NULL REFERENCES unit,
    alias TEXT NOT NULL,
    PRIMARY KEY (unit_id, alias)
) WITHOUT ROWID;

CREATE TABLE unit_strength (
    unit_id INTEGER NOT NULL REFERENCES unit,
    valid_from TEXT NOT NULL,
    establishment INTEGER NOT NULL CHECK (establishment >= 0),
    is_sample INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (unit_id, valid_from)
) WITHOUT ROWID;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    telegram_id INTEGER NOT NULL UNIQUE,
    language TEXT NOT NULL,
    unreachable_since_at INTEGER                -- blocked the bot, or left Telegram
);

CREATE TABLE assignment (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person,
    role TEXT NOT NULL,
    unit_id INTEGER REFERENCES unit,
    since_at INTEGER NOT NULL,
    until_day TEXT,                             -- the last day, included
    is_from_settings INTEGER NOT NULL DEFAULT 0, -- held for as long as ADMIN_IDS names the person
    ended_at INTEGER
);
CREATE INDEX assignment_person ON assignment (person_id);

CREATE TABLE invitation (
    token_hash TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    unit_id INTEGER REFERENCES unit,
    until_day TEXT,
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by INTEGER REFERENCES person,       -- empty: the command line
    used_at INTEGER,
    used_by INTEGER REFERENCES person
) WITHOUT ROWID;

CREATE TABLE report (
    type TEXT NOT NULL,
    period_start TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',           -- what it is about, where a unit has several a period
    unit_id INTEGER NOT NULL REFERENCES unit,
    first_submitted_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    establishment INTEGER,
    absent INTEGER NOT NULL,
    PRIMARY KEY (type, period_start, subject, unit_id)
) WITHOUT ROWID;
CREATE INDEX report_unit ON report (unit_id, type, period_start);

CREATE TABLE report_revision (
    type TEXT NOT NULL,
    period_start TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    unit_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    submitted_at INTEGER NOT NULL,
    person_id INTEGER REFERENCES person,        -- empty: the command line
    role TEXT,
    answers TEXT NOT NULL,
    PRIMARY KEY (type, period_start, subject, unit_id, revision)
) WITHOUT ROWID;

CREATE TABLE draft (
    person_id INTEGER NOT NULL REFERENCES person,
    type TEXT NOT NULL,
    period_start TEXT NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit,
    seen_revision INTEGER NOT NULL,             -- the revision that the form shows or corrects
    answers TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, type, period_start, unit_id)
) WITHOUT ROWID;

CREATE TABLE closed_day (
    type TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (type, day)
) WITHOUT ROWID;

-- What Telegram delivered and we committed. Ids restart at random, so the body's hash is part of the key.
CREATE TABLE handled_update (
    update_id INTEGER NOT NULL,
    body_hash TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    error_id TEXT,                              -- set where it could not be handled or parsed
    body TEXT NOT NULL,
    PRIMARY KEY (update_id, body_hash)
) WITHOUT ROWID;
CREATE INDEX handled_update_received ON handled_update (received_at);

-- A message on somebody's phone that may be edited later; message_id is empty until Telegram told it.
CREATE TABLE shown_message (
    slot TEXT PRIMARY KEY,
    chat_id INTEGER NOT NULL,
    message_id INTEGER,
    type TEXT,
    period_start TEXT,
    unit_id INTEGER,
    person_id INTEGER,
    has_buttons INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX shown_message_place ON shown_message (chat_id, message_id);
CREATE INDEX shown_message_form ON shown_message (type, period_start, unit_id);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    lane INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER,
    slot TEXT,
    payload TEXT,
    type TEXT,
    period_start TEXT,
    unit_id INTEGER,
    state TEXT NOT NULL,                        -- see storage/outbox.py
    created_at INTEGER NOT NULL,
    scheduled_at INTEGER NOT NULL,
    not_after_at INTEGER,
    finished_at INTEGER,
    error TEXT
);
CREATE INDEX outbox_waiting ON outbox (chat_id, lane, id) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_period ON outbox (type, period_start);
CREATE INDEX outbox_finished ON outbox (finished_at);
