-- Days of training that a year asks of somebody, by category and year of service (Law 48/2019/QH14,
-- Article 28). An arm without a row of its own follows that of "arm".
CREATE TABLE training_requirement (
    category TEXT NOT NULL,                     -- on_site, mobile, standing, maritime, arm, or one of the arms
    service TEXT NOT NULL,                      -- first_year, later
    days INTEGER NOT NULL CHECK (days >= 0),
    valid_from TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (category, service, valid_from)
) WITHOUT ROWID;

-- A course, staff training, contest, meet, briefing or lesson, with the units that take part.
CREATE TABLE activity (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                         -- course, staff_training, contest, meet, briefing, political_education
    title TEXT NOT NULL,
    category TEXT,                              -- a course's: a category or an arm
    service TEXT,                               -- a course's: first_year, later
    mode TEXT NOT NULL,                         -- headcount, roster
    trainer_unit_id INTEGER REFERENCES unit,    -- who trains; empty: the command
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,                     -- included
    created_at INTEGER NOT NULL,
    cancelled_at INTEGER
);
CREATE INDEX activity_days ON activity (first_day, last_day);

CREATE TABLE activity_unit (
    activity_id INTEGER NOT NULL REFERENCES activity,
    unit_id INTEGER NOT NULL REFERENCES unit,
    liable INTEGER,                             -- people of the unit who are to take part; empty: not told
    PRIMARY KEY (activity_id, unit_id)
) WITHOUT ROWID;
CREATE INDEX activity_unit_unit ON activity_unit (unit_id);

CREATE TABLE activity_session (
    id INTEGER PRIMARY KEY,
    activity_id INTEGER NOT NULL REFERENCES activity,
    day TEXT NOT NULL,
    starts TEXT NOT NULL,                       -- HH:MM in the command's zone
    ends TEXT NOT NULL,
    half_days INTEGER NOT NULL DEFAULT 2 CHECK (half_days IN (1, 2)),
    is_make_up INTEGER NOT NULL DEFAULT 0,      -- for who missed an earlier one
    cancelled_at INTEGER
);
CREATE INDEX activity_session_activity ON activity_session (activity_id, day);
CREATE INDEX activity_session_day ON activity_session (day);

-- People of a unit, by codes; no names.
CREATE TABLE roster_member (
    id INTEGER PRIMARY KEY,
    unit_id INTEGER NOT NULL REFERENCES unit,
    code TEXT NOT NULL,
    category TEXT NOT NULL,
    served_since TEXT NOT NULL,                 -- the day on which service began; its first year is the first
    valid_from TEXT NOT NULL,
    valid_to TEXT                               -- the first day on which the person is no longer on the roster
);
CREATE UNIQUE INDEX roster_member_code ON roster_member (unit_id, code) WHERE valid_to IS NULL;

-- Who of a roster was where, by the newest revision of the session's report.
CREATE TABLE attendance (
    session_id INTEGER NOT NULL REFERENCES activity_session,
    member_id INTEGER NOT NULL REFERENCES roster_member,
    absent_for TEXT,                            -- the reason; empty: present
    PRIMARY KEY (session_id, member_id)
) WITHOUT ROWID;
CREATE INDEX attendance_member ON attendance (member_id);

-- A unit has several forms a day of one type where each is about something else: a session, an activity.
DROP INDEX outbox_about;
ALTER TABLE outbox ADD COLUMN subject TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_about ON outbox (type, period_start, subject, unit_id);
DROP INDEX shown_message_form;
ALTER TABLE shown_message ADD COLUMN subject TEXT NOT NULL DEFAULT '';
CREATE INDEX shown_message_form ON shown_message (type, period_start, subject, unit_id);

ALTER TABLE draft RENAME TO draft_before;
CREATE TABLE draft (
    person_id INTEGER NOT NULL REFERENCES person,
    type TEXT NOT NULL,
    period_start TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    unit_id INTEGER NOT NULL REFERENCES unit,
    seen_revision INTEGER NOT NULL,             -- the revision that the form shows or corrects
    answers TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    typed_at INTEGER,                           -- when its answers were typed as one complete line
    PRIMARY KEY (person_id, type, period_start, subject, unit_id)
) WITHOUT ROWID;
INSERT INTO draft (person_id, type, period_start, unit_id, seen_revision, answers, updated_at, typed_at)
SELECT person_id, type, period_start, unit_id, seen_revision, answers, updated_at, typed_at FROM draft_before;
DROP TABLE draft_before;

INSERT INTO training_requirement (category, service, days, valid_from, source) VALUES
    ('on_site', 'first_year', 15, '2020-07-01', 'Law 48/2019/QH14, Article 28'),
    ('mobile', 'first_year', 15, '2020-07-01', 'Law 48/2019/QH14, Article 28'),
    ('maritime', 'first_year', 15, '2020-07-01', 'Law 48/2019/QH14, Article 28'),
    ('arm', 'first_year', 15, '2020-07-01', 'Law 48/2019/QH14, Article 28'),
    ('on_site', 'later', 7, '2020-07-01', 'Law 48/2019/QH14, Article 28'),
    ('mobile', 'later', 12, '2020-07-01', 'Law 48/2019/QH14, Article 28'),
    ('maritime', 'later', 12, '2020-07-01', 'Law 48/2019/QH14, Article 28'),
    ('arm', 'later', 12, '2020-07-01', 'Law 48/2019/QH14, Article 28'),
    ('standing', 'first_year', 60, '2020-07-01', 'Law 48/2019/QH14, Article 28'),
    ('standing', 'later', 60, '2020-07-01', 'Law 48/2019/QH14, Article 28');
