-- What the resolutions ask. A target that is revised gets a new row from a day on.
CREATE TABLE target (
    key TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,                              -- the first day on which it no longer holds
    position INTEGER NOT NULL,
    phrase_vi TEXT NOT NULL,
    phrase_en TEXT NOT NULL,
    short_vi TEXT NOT NULL,                     -- for a line on a phone
    short_en TEXT NOT NULL,
    measure TEXT NOT NULL,                      -- what gives its value: see bot/domain/targets.py
    operator TEXT NOT NULL,                     -- =, >=, <=, done
    value TEXT,                                 -- a decimal number; empty for what is done or not
    unit_of_measure TEXT NOT NULL,              -- percent_of_units, percent_of_people, units, bodies, sessions, incidents, none
    scope TEXT NOT NULL,                        -- all, wards, or codes of units: tan-thanh,an-son
    source TEXT NOT NULL,
    PRIMARY KEY (key, valid_from)
) WITHOUT ROWID;

-- The state of what has no figures, and a ward's yes or no; rows are only ever added.
CREATE TABLE target_status (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    unit_id INTEGER REFERENCES unit,            -- empty: the whole command
    state TEXT NOT NULL,                        -- not_started, under_way, done
    at INTEGER NOT NULL,
    person_id INTEGER REFERENCES person
);
CREATE INDEX target_status_key ON target_status (key, unit_id, at);

-- Two counts that a unit reports for one target: party members and people; rows are only ever added.
CREATE TABLE target_count (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit,
    part INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person_id INTEGER REFERENCES person
);
CREATE INDEX target_count_key ON target_count (key, unit_id, at);
