-- A unit's other names, each from a day on; before the first of them it has those of its own row.
CREATE TABLE unit_name (
    unit_id INTEGER NOT NULL REFERENCES unit,
    valid_from TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    PRIMARY KEY (unit_id, valid_from)
) WITHOUT ROWID;

ALTER TABLE assignment ADD COLUMN first_day TEXT;  -- the first day, where the role is dated
ALTER TABLE invitation ADD COLUMN replaces INTEGER REFERENCES assignment; -- ends when it is accepted
CREATE INDEX assignment_unit ON assignment (unit_id);
CREATE INDEX audit_unit ON audit (unit_id, id);
