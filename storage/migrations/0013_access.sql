-- Of the commands that the person's chat was last told to list; empty: they are to be told anew.
ALTER TABLE person ADD COLUMN menu_hash TEXT;
-- The first day of a role that is given for certain days; empty: it begins when it is accepted.
ALTER TABLE invitation ADD COLUMN first_day TEXT;

-- Until now nobody could say why somebody of a roster was absent.
UPDATE attendance SET absent_for = 'not_stated' WHERE absent_for = 'other';
